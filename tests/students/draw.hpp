// What is drawn from a list.
#pragma once
#include "format/json.hpp"
#include "net/random.hpp"

namespace tcplab::students {

inline const format::Json& any_of(const format::Json& list, net::Random& random) {
  return list.at(random.below(list.size()));
}

}  // namespace tcplab::students
