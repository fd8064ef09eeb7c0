// Durations, sizes and addresses as text.
#include "format/quantity.hpp"

#include "catch.hpp"

using namespace tcplab::format;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

std::string duration_error(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? "accepted as " + to_text(*duration) : duration.error().en;
}

}  // namespace

TEST_CASE("durations are read exactly") {
  struct Row {
    const char* text;
    microseconds value;
  };
  const Row rows[] = {{"0", 0us},
                      {"0s", 0us},
                      {"10us", 10us},
                      {"10µs", 10us},
                      {"10μs", 10us},
                      {"50ms", 50ms},
                      {"0.001ms", 1us},
                      {"007ms", 7ms},
                      {"2s", 2s},
                      {"1.5s", 1500ms},
                      {"0.1s", 100ms},
                      {"0.000001s", 1us},
                      {"2min", 2min},
                      {"0.000001min", 60us},
                      {"1h", 1h},
                      {"0.333333h", 1199998800us},
                      {"1000h", 1000h},
                      {"3600000s", 1000h},
                      {"0000000000000001s", 1s}};
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(parse_duration(row.text).value() == row.value);
  }
}

TEST_CASE("texts that are no durations are refused with the reason") {
  const auto message = [](const std::string& found, const std::string& why) {
    return "found \"" + found + "\"; allowed: a duration such as \"50ms\", \"1.5s\" or \"2min\"" +
           why;
  };
  for (const char* text :
       {"", " ", "ms", "-1s", "+1s", " 1s", "1.s", ".5s", "1,5s", "1e3s", "s1", "inf", "."}) {
    INFO(text);
    const std::string error = duration_error(text);
    CHECK(error.substr(0, message(text, "").size()) == message(text, ""));
  }
  CHECK(duration_error("50") == message("50", "; the unit is missing (us, ms, s, min, h)"));
  CHECK(duration_error("00") == message("00", "; the unit is missing (us, ms, s, min, h)"));
  CHECK(duration_error("5 ms") == message("5 ms", "; units are us, ms, s, min, h"));
  CHECK(duration_error("5d") == message("5d", "; units are us, ms, s, min, h"));
  CHECK(duration_error("1s2ms") == message("1s2ms", "; units are us, ms, s, min, h"));
  const std::string decimals = "; at most 3 decimals of ms, 6 of s, min and h, none of us";
  CHECK(duration_error("1.5us") == message("1.5us", decimals));
  CHECK(duration_error("0.0001ms") == message("0.0001ms", decimals));
  CHECK(duration_error("0.0000001s") == message("0.0000001s", decimals));
  CHECK(duration_error("1001h") == message("1001h", "; at most 1000h"));
  CHECK(duration_error("1000.000001h") == message("1000.000001h", "; at most 1000h"));
  CHECK(duration_error("3600000000001us") == message("3600000000001us", "; at most 1000h"));
  CHECK(duration_error("9999999999999999h") == message("9999999999999999h", "; at most 1000h"));
  CHECK(duration_error("99999999999999999999999999s") ==
        message("99999999999999999999999999s", "; at most 1000h"));
  CHECK(duration_error(std::string(1'000'000, '9')).size() < 200);
  CHECK(duration_error("1\x1b[0m") == message("1\\u001B[0m", "; units are us, ms, s, min, h"));
}

TEST_CASE("durations are written in their shortest form") {
  struct Row {
    microseconds value;
    const char* text;
  };
  const Row rows[] = {{0us, "0"},         {1us, "1us"},         {999us, "999us"},
                      {1500us, "1.5ms"},  {50ms, "50ms"},       {500ms, "500ms"},
                      {1500ms, "1.5s"},   {1s, "1s"},           {90s, "90s"},
                      {1min, "1min"},     {2min, "2min"},       {10min, "10min"},
                      {1h, "1h"},         {90min, "90min"},     {1000h, "1000h"},
                      {1001ms, "1001ms"}, {61s, "61s"},         {1000001us, "1000001us"},
                      {1250ms, "1250ms"}, {100500ms, "100.5s"}, {-50ms, "-50ms"}};
  for (const Row& row : rows) CHECK(to_text(row.value) == row.text);
}

TEST_CASE("durations survive writing and reading") {
  std::uint64_t random = 1;
  for (int i = 0; i < 20'000; ++i) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    const microseconds value{static_cast<std::int64_t>((random >> 20) % 3'600'000'000'001u) >>
                             (i % 40)};
    INFO(to_text(value));
    REQUIRE(parse_duration(to_text(value)).value() == value);
  }
}

TEST_CASE("sizes") {
  CHECK(parse_size("0").value() == 0);
  CHECK(parse_size("1460").value() == 1460);
  CHECK(parse_size("100B").value() == 100);
  CHECK(parse_size("64KiB").value() == 65536);
  CHECK(parse_size("1MiB").value() == 1048576);
  CHECK(parse_size("1099511627776").value() == max_size);
  for (const char* text :
       {"", "B", "-1", "1.5KiB", "64 KiB", "64KB", "64kib", "1GiB", "0x10", "1e3"}) {
    INFO(text);
    CHECK(parse_size(text).error().en ==
          "found \"" + std::string(text) +
              "\"; allowed: a number of bytes such as 1460, \"100B\" or \"64KiB\"");
  }
  for (const char* text :
       {"1099511627777", "1048577MiB", "9999999999999999MiB", "99999999999999999999"}) {
    INFO(text);
    CHECK(parse_size(text).error().en.find("at most 1048576MiB") != std::string::npos);
  }
  CHECK(size_to_text(0) == "0B");
  CHECK(size_to_text(1460) == "1460B");
  CHECK(size_to_text(65536) == "64KiB");
  CHECK(size_to_text(3 * 1048576) == "3MiB");
}

TEST_CASE("addresses") {
  CHECK(parse_address("10.0.0.1").value() == 0x0A000001);
  CHECK(parse_address("0.0.0.0").value() == 0);
  CHECK(parse_address("255.255.255.255").value() == 0xFFFFFFFF);
  for (const char* text : {"", "10", "10.0.0", "10.0.0.", "10.0.0.1.", "10.0.0.1.2", "256.0.0.1",
                           "10.0.0.01", "1.2.3.a", "-1.2.3.4", "1..2.3", " 1.2.3.4", "1.2.3.4 ",
                           "1.2.3.4:80", "::1", "1.2.3.99999999999999999999"}) {
    INFO(text);
    REQUIRE_FALSE(parse_address(text));
    CHECK(parse_address(text).error().en == "found \"" + std::string(text) +
                                                "\"; allowed: an IPv4 address such as \"10.0.0.1\" "
                                                "(four numbers from 0 to 255, no leading zeros)");
  }
  for (const std::uint32_t address : {0u, 0x0A000001u, 0x7F000001u, 0xC0A8FF10u, 0xFFFFFFFFu}) {
    CHECK(parse_address(address_to_text(address)).value() == address);
  }
}
