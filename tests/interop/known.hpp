// The table of what may differ (known.json): kinds, each with why, its source, and the signatures
// of the differences that it covers.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/problem.hpp"
#include "scene.hpp"

namespace tcplab::interop {

struct Kind {
  std::string name;
  std::string why;
  std::string source;
  std::vector<std::string> signatures;  // "*" stands for anything
};

struct Known {
  std::string kernel;  // the series of kernels that it is about: "6.18"
  std::vector<Kind> kinds;

  // The first kind that covers the signature, or nullptr.
  const Kind* kind_of(std::string_view signature) const;
  bool has(std::string_view kind) const;
};

tl::expected<Known, format::Problems> parse_known(std::string_view text);

// What does not fit together: a scene that shows a kind which is not in the table, a kind that no
// scene shows.
std::vector<std::string> contradictions(const Known& known, const std::vector<Scene>& scenes);

// Whether a pattern with "*" covers a text.
bool covers(std::string_view pattern, std::string_view text);

}  // namespace tcplab::interop
