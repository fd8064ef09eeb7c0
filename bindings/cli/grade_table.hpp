// The verdicts on a class's answers as a table, with a row for each question or part in each file.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exercise/exercise.hpp"
#include "format/json.hpp"
#include "format/problem.hpp"

namespace tcplab::cli {

// Misconceptions by "question" or "question/part".
using EarlierIdeas = std::map<std::string, std::set<std::string>>;

// Adds the misconceptions that the verdict names for this step.
void add_ideas(std::set<std::string>& ideas, const format::Json& verdict, const std::string& step);

class GradeTable {
 public:
  explicit GradeTable(const exercise::Exercise& exercise) : exercise_(exercise) {}

  // `earlier` are the misconceptions that fit the answers handed in before.
  void add(const std::string& file, const format::Json& verdict, const EarlierIdeas& earlier);
  // A file that cannot be graded has one row, which says why.
  void add(const std::string& file, const format::Problems& problems);
  std::string text() const;

 private:
  const exercise::Exercise& exercise_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tcplab::cli
