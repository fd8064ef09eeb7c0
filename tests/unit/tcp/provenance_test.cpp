// No value of a profile without its source: the page and the command show the table.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "catch.hpp"
#include "lab/profile_values.hpp"
#include "tcp/behaviour_fields.hpp"
#include "tcp/provenance.hpp"

using namespace tcplab;
using tcp::Provenance;

namespace provenance_test {
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
#define TCPLAB_FIELD(type, name, value, allowed, doc, source) #name,
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD
  };
  return names;
}

}  // namespace

TEST_CASE("provenance: Behaviour has no field beside the rows of its table but `wrong`") {
  const std::set<std::string> names(field_names().begin(), field_names().end());
  CHECK(names.size() == field_names().size());
  STATIC_REQUIRE(count_fields<tcp::KeepAlive>() == 3);
  CHECK(names.size() + 1 == count_fields<tcp::Behaviour>());
}

namespace {

struct Row {
  std::string name;
  std::string doc;
  bool is_named;   // a flag, or an enumeration, whose values are names
  bool is_number;  // or a time
};

template <typename Field>
Row row(const char* name, const char* doc) {
  const bool is_named = std::is_same_v<Field, bool> || std::is_enum_v<Field>;
  return {name, doc, is_named, !is_named};
}

}  // namespace

TEST_CASE("provenance: no row of Behaviour's table is without doc, source, unit or range") {
  using namespace tcplab::tcp;
  const std::vector<Row> rows{
#define TCPLAB_FIELD(type, name, value, allowed, doc, source) row<type>(#name, doc),
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD
  };
  const auto fields = tcp::behaviour_fields();
  REQUIRE(rows.size() == fields.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const tcp::Allowed& allowed = fields[i].allowed;
    CAPTURE(rows[i].name);
    CHECK(fields[i].name == rows[i].name);
    CHECK_FALSE(rows[i].doc.empty());
    CHECK(rows[i].doc.back() != '.');
    CHECK_FALSE(fields[i].source.empty());
    CHECK(allowed.unit.empty() == rows[i].is_named);
    CHECK((allowed.least < allowed.most) == (rows[i].is_number && allowed.by_scenarios));
  }
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
    REQUIRE(fields.size() == field_names().size());
    for (std::size_t i = 0; i < fields.size(); ++i) CHECK(fields[i]["field"] == field_names()[i]);
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
  // What the profile's table does not tell is as the field's row has it.
  CHECK(told("windows", "r1")["provenance"] == "assumed");
  CHECK(told("windows", "r1")["source"] == "RFC 9293 section 3.8.3, SHLD-10");
  CHECK(told("rfc9293", "msl")["provenance"] == "read");
  CHECK(told("rfc9293", "msl")["source"] == "RFC 9293 section 3.4.2");
}

}  // namespace provenance_test
