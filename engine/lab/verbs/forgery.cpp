// What a host without a stack sends: inject. The world does it (world_inject.cpp).
#include "lab/read_injection.hpp"
#include "lab/verbs/row.hpp"

namespace tcplab::lab {

using format::Field;
using format::Reader;

namespace {

struct Inject {
  using What = verb::Inject;
  static constexpr const char* kDoc =
      "A host without a stack sends any segment that it likes, or an ICMP error";

  static std::vector<Field> fields() {
    auto fields = injection_fields();
    fields.push_back(host_field());
    return fields;
  }
  static What read(const Reader& reader, const Referents& referents) {
    return {std::make_shared<const Injection>(
        read_injection(reader, referents.hosts, referents.models))};
  }
};

}  // namespace

std::vector<Verb> verbs_of_forgery() { return {row_of<Inject>("inject")}; }

}  // namespace tcplab::lab
