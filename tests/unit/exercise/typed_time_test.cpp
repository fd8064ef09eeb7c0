// Times as students type them.
#include <chrono>

#include "catch.hpp"
#include "exercise/formula.hpp"
#include "exercise/typed_time.hpp"

using namespace std::chrono_literals;
using tcplab::exercise::evaluate;
using tcplab::exercise::in_unit_of;
using tcplab::exercise::times_in;
using tcplab::exercise::typed_time;

TEST_CASE("a time is read in the unit in which it was typed") {
  const struct {
    const char* typed;
    const char* read;
  } rows[] = {
      {"60 ms", "60ms"},
      {"1.06 s", "1.06s"},
      {"1060MS", "1060ms"},
      {" 250 us ", "250us"},
      {"250 µs", "250us"},
      {"2 min", "2min"},
      {"90 minutes", "90min"},
      {"1.5 h", "1.5h"},
      // Full-width digits, as a Chinese keyboard writes them, and Chinese units.
      {"\uff16\uff10 \uff4d\uff53", "60ms"},
      {"60 毫秒", "60ms"},
      {"1.06秒", "1.06s"},
      {"4 分钟", "4min"},
      {"3 小时", "3h"},
      // Groups of three.
      {"7,200.11 s", "7200.11s"},
      {"7 200 s", "7200s"},
      // 4 * 60 + 0.7; 3 * 3600 + 0.05; 60 + 30.
      {"4 min 0.7 s", "240.7s"},
      {"3h 0.05s", "10800.05s"},
      {"1分30秒", "90s"},
      {"0", "0"},
      {"0 ms", "0ms"},
      {"never", "never"},
      {" Never ", "never"},
      {"从不", "never"},
      {"永远不会", "never"},
      {"1000 h", "1000h"},
  };
  for (const auto& row : rows) {
    const auto read = typed_time(row.typed);
    INFO(row.typed);
    REQUIRE(read);
    CHECK(*read == row.read);
  }
}

TEST_CASE("what could be two times, or none, is refused") {
  for (const char* typed : {"",
                            " ",
                            "60",
                            "1060",
                            "ms",
                            "1,06 s",
                            "-5 ms",
                            "+5 ms",
                            "30 s 1 min",
                            "1 s 1 s",
                            "1 s 2",
                            "1e3 s",
                            "1.0000001 s",
                            "1001 h",
                            "999 h 61 min",
                            "99999999999999999999 s",
                            "5 parsecs",
                            "1.2.3 s",
                            "never 5 s",
                            "∞",
                            "0x10 ms",
                            "1 ms; drop",
                            ". s",
                            "1. s"}) {
    INFO(typed);
    CHECK(!typed_time(typed));
  }
  CHECK(!typed_time(std::string(101, '1') + " s"));
  CHECK(!typed_time("1 s" + std::string(200, ' ')));
  CHECK(!typed_time(std::string("1\0 s", 4)));
  CHECK(!typed_time("\xff\xfe"));
  const auto refused = typed_time("60");
  REQUIRE(!refused);
  CHECK(refused.error().en ==
        "found \"60\"; allowed: a time with its unit, such as 60 ms, 1.06 s, 4 min or 3 h, or "
        "“never”; the unit is missing");
}

TEST_CASE("a time is told in the unit of another, or in seconds where that is not exact") {
  CHECK(in_unit_of("60ms", "1.06s") == "1060ms");
  CHECK(in_unit_of("0.06s", "1060ms") == "1.06s");
  CHECK(in_unit_of("3min", "90s") == "1.5min");
  CHECK(in_unit_of("1h", "1.06s") == "1.06s");  // 0.0002944... h
  CHECK(in_unit_of("0", "60ms") == "60ms");
  CHECK(in_unit_of("never", "60ms") == "60ms");
  CHECK(in_unit_of("60ms", "never") == "never");
}

TEST_CASE("the times that a text tells are the numbers with a unit behind them") {
  const std::vector<tcplab::exercise::Time> expected{60ms, 1500ms, 4min, 3h};
  CHECK(
      times_in("Wait 60 ms, then 1.5 s; RFC 9293 §3.5 says of M20 in 7 segments: 4 min or 3小时") ==
      expected);
  CHECK(times_in("").empty());
  CHECK(times_in("20 segments, seq 1001, 2MSL").empty());
}

TEST_CASE("a formula of durations may be without end") {
  CHECK(*evaluate("1s + 1 * never") == "never");
  CHECK(*evaluate("1s + 0 * never") == "1s");
  CHECK(*evaluate("never + 1s") == "never");
  CHECK(!evaluate("5 + never"));
  CHECK(!evaluate("never + 5"));
  CHECK(!evaluate("1s - never"));
}
