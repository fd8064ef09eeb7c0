#include "tcp/behaviour_fields.hpp"

#include "tcp/tcb.hpp"

namespace tcplab::tcp {

namespace {

using namespace allowed;
using namespace std::chrono_literals;

constexpr BehaviourField kFields[] = {
#define TCPLAB_FIELD(type, name, value, allowed, doc, source) {#name, allowed, source},
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD
};

}  // namespace

std::span<const BehaviourField> behaviour_fields() { return kFields; }

}  // namespace tcplab::tcp
