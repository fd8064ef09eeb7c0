// A file that `tcplab check` has checked, and the findings about it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "exercise/check.hpp"
#include "exercise/exercise.hpp"
#include "format/document.hpp"

namespace tcplab::cli {

struct Checked {
  std::string file;
  std::unique_ptr<exercise::Exercise> exercise;  // if it is one and can be run
  exercise::Findings findings;
  exercise::Guess guess;  // averaged over all variants
  std::uint64_t variants = 0;
  bool has_more_to_check = false;              // after these errors are fixed
  std::string format;                          // the file's "format"; "" if it has none
  std::unique_ptr<format::Document> document;  // of a lesson file whose shape is right
};

}  // namespace tcplab::cli
