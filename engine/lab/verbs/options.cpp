// A socket's options: setsockopt, getsockopt.
#include <algorithm>

#include "lab/verbs/row.hpp"

namespace tcplab::lab {

using namespace format::shapes;
using format::Field;
using format::Reader;
using format::Sentence;
using host::Call;

namespace {

Field option_field() {
  const auto& names = host::kOptionNames;
  return required("option", enumeration({names.begin(), names.end()}), "The option's name");
}

host::Option option(const Reader& reader) {
  const auto name =
      std::find(host::kOptionNames.begin(), host::kOptionNames.end(), reader["option"].text());
  return static_cast<host::Option>(name - host::kOptionNames.begin());
}

// Reads any kind of value: if it does not suit the option, the call returns an error.
host::OptionValue value(const Reader& reader) {
  if (reader.json().is_boolean()) return reader.boolean();
  if (reader.json().is_string()) return reader.duration();
  return reader.integer<std::int64_t>();
}

struct Setsockopt {
  using What = verb::Setsockopt;
  static constexpr Call kCall = Call::kSetsockopt;
  static constexpr const char* kDoc = "Sets an option of a socket";
  static constexpr Sentence kTitle{"set an option", "设置选项"};

  static std::vector<Field> fields() {
    return {host_field(), socket_field(), option_field(),
            required("value", alternatives({boolean(), integer(0, 0x7fffffff), duration()}),
                     "The new value: a flag, a number or a duration, as the option requires")};
  }
  static What read(const Reader& reader, const Referents&) {
    return {known_socket(reader), option(reader), value(reader["value"])};
  }
  static void make(const What& what, const CallSite& site) {
    site.host.setsockopt(site.context, site.socket, what.option, what.value);
  }
};

struct Getsockopt {
  using What = verb::Getsockopt;
  static constexpr Call kCall = Call::kGetsockopt;
  static constexpr const char* kDoc = "Reads an option of a socket";
  static constexpr Sentence kTitle{"read an option", "读取选项"};

  static std::vector<Field> fields() { return {host_field(), socket_field(), option_field()}; }
  static What read(const Reader& reader, const Referents&) {
    return {known_socket(reader), option(reader)};
  }
  static void make(const What& what, const CallSite& site) {
    site.host.getsockopt(site.context, site.socket, what.option);
  }
};

}  // namespace

std::vector<Verb> verbs_of_options() { return {call_row<Setsockopt>(), call_row<Getsockopt>()}; }

}  // namespace tcplab::lab
