// What comes with the page, by name: taken from exercises/ when this command was built, so that it
// knows wherever it runs.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "format/text.hpp"

namespace tcplab::cli {

const std::set<std::string>& page_terms();
const std::set<std::string>& page_exercises();

struct Misconception {
  std::string id;
  format::Text name;
};
const std::vector<Misconception>& misconceptions();

}  // namespace tcplab::cli
