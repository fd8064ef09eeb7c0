// The rows of behaviour_fields.def, for code that lists every field. The docs are left out: code
// that needs them expands the .def itself.
#pragma once
#include <span>
#include <string_view>

#include "tcp/allowed.hpp"

namespace tcplab::tcp {

struct BehaviourField {
  std::string_view name;  // in Behaviour
  Allowed allowed;
  std::string_view source;  // of its default value

  constexpr std::string_view setting() const {
    return allowed.setting.empty() ? name : allowed.setting;
  }
};

// All but `wrong`, in their order.
std::span<const BehaviourField> behaviour_fields();

}  // namespace tcplab::tcp
