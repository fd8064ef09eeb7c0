// The rows of behaviour_fields.def, for those who tell of every field. Its doc has who asks for it.
#pragma once
#include <span>
#include <string_view>

#include "tcp/allowed.hpp"

namespace tcplab::tcp {

struct BehaviourField {
  std::string_view name;  // in Behaviour
  Allowed allowed;
  std::string_view source;  // of the value that it has by default

  constexpr std::string_view setting() const {
    return allowed.setting.empty() ? name : allowed.setting;
  }
};

// All but `wrong`, in their order.
std::span<const BehaviourField> behaviour_fields();

}  // namespace tcplab::tcp
