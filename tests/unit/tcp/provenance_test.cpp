// No value of a profile without its source: the page and the command show the table.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include "catch.hpp"
#include "lab/profile_values.hpp"
#include "tcp/provenance.hpp"

using namespace tcplab;
using tcp::Provenance;

namespace {

// Converts to whatever a field is made of, so that an aggregate tells how many fields it has.
struct Anything {
  template <typename T>
  [[noreturn]] operator T() const {
    std::abort();
  }
};
template <typename Aggregate, typename... Fields>
constexpr std::size_t count_fields() {
  if constexpr (requires { Aggregate{Fields{}..., Anything{}}; }) {
    return count_fields<Aggregate, Fields..., Anything>();
  } else {
    return sizeof...(Fields);
  }
}

const std::vector<std::string>& field_names() {
  static const std::vector<std::string> names{
#define TCPLAB_FIELD(name) #name,
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD
  };
  return names;
}

}  // namespace

TEST_CASE("provenance: behaviour_fields.def names every field of Behaviour but `wrong`") {
  const std::set<std::string> names(field_names().begin(), field_names().end());
  CHECK(names.size() == field_names().size());
  STATIC_REQUIRE(count_fields<tcp::KeepAlive>() == 3);
  CHECK(names.size() + 1 == count_fields<tcp::Behaviour>());
}

TEST_CASE("provenance: each value of a profile has its source") {
  for (const auto& profile : tcp::profiles()) {
    for (const auto& group : profile.values) {
      std::set<std::string_view> seen;
      for (const auto& value : group) {
        CAPTURE(profile.id, value.field);
        CHECK_FALSE(value.source.empty());
        CHECK(seen.insert(value.field).second);
        CHECK(std::count(field_names().begin(), field_names().end(), value.field) == 1);
      }
    }
  }
}

TEST_CASE("provenance: only Linux was measured, and what no table tells is assumed") {
  const auto values = lab::profile_values();
  CHECK(values.size() == tcp::profiles().size());
  for (const auto& [profile, fields] : values.items()) {
    CHECK(fields.size() == field_names().size());
    for (const auto& field : fields) {
      CAPTURE(profile, field.dump());
      CHECK_FALSE(field["value"].get<std::string>().empty());
      CHECK_FALSE(field["source"].get<std::string>().empty());
      CHECK((profile == "linux" || field["provenance"] != "measured"));
    }
  }
  const auto told = [&](const char* profile, const char* field) {
    for (const auto& each : values[profile]) {
      if (each["field"] == field) return each;
    }
    return format::Json();
  };
  CHECK(told("linux", "msl") == format::Json{{"field", "msl"},
                                             {"value", "30s"},
                                             {"provenance", "measured"},
                                             {"source", "TCP_TIMEWAIT_LEN is 60 s, fixed"}});
  CHECK(told("linux", "rst_check")["value"] == "exact_else_challenge");
  CHECK(told("rfc9293", "crossing_syn_ack")["value"] == "figure_7");
  CHECK(told("linux", "user_timeout")["value"] == "none");
  CHECK(told("freebsd", "keep_alive")["value"] == "2h + 8 x 75s");
  CHECK(told("windows", "r1")["provenance"] == "assumed");
}
