// Lists in JSON.
#pragma once
#include <algorithm>
#include <string_view>

#include "format/json.hpp"

namespace tcplab::exercise {

inline bool contains(const format::Json& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace tcplab::exercise
