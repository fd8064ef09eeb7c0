// A file that `tcplab check` was given, and what was found in it.
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
  std::unique_ptr<exercise::Exercise> exercise;  // when it is one, and can be run
  exercise::Findings findings;
  exercise::Guess guess;  // over all variants, on average
  std::uint64_t variants = 0;
  bool has_more_to_check = false;              // once these errors are mended
  std::string format;                          // as the file says; "": it says none
  std::unique_ptr<format::Document> document;  // of a lesson, terms or a path whose shape is right
};

}  // namespace tcplab::cli
