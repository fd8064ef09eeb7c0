// The names of what comes with the page, taken from exercises/ when this command was built, so that
// it does not need that folder to run.
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
