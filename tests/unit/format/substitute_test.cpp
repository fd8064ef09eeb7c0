// Placeholders and their parameters.
#include "format/substitute.hpp"

#include "catch.hpp"

using namespace tcplab::format;

namespace {

const char* const parameters_text =
    R"({"isn": 1000, "delay": "50ms", "open": true, "isns": [1, 2], "half": 0.5, "trap": "${isn}", "_x1": "x"})";

std::string result(std::string_view text) {
  const Document document = parse(text).value();
  const auto value =
      substitute(document.value(), parse(parameters_text)->value(), Source{&document, ""});
  return value ? dump(*value) : to_text("f", value.error());
}

}  // namespace

TEST_CASE("a text that is one placeholder becomes the parameter's value") {
  CHECK(result(R"({"a": "${isn}", "b": ["${isns}", "${open}", "${half}", "${delay}", 7, null]})") ==
        R"({"a":1000,"b":[[1,2],true,0.5,"50ms",7,null]})");
  CHECK(result(R"("${_x1}")") == R"("x")");
}

TEST_CASE("a placeholder within a text becomes the parameter's text") {
  CHECK(result(R"(["isn=${isn}, ${delay}${open}", "${isn}${isn}", " ${isn}", "${half}s"])") ==
        R"(["isn=1000, 50mstrue","10001000"," 1000","0.5s"])");
}

TEST_CASE("keys, plain texts and the parameters' own texts are left alone") {
  CHECK(result(R"({"${isn}": "$isn {isn} $", "t": "${trap}", "u": "_${trap}"})") ==
        R"({"${isn}":"$isn {isn} $","t":"${isn}","u":"_${isn}"})");
}

TEST_CASE("what cannot be substituted is a problem at its place") {
  CHECK(result(R"({"a": "${ins}"})") ==
        "f:1:7: /a: unknown parameter \"ins\" (did you mean \"isn\" or \"isns\"?); allowed: "
        "\"isn\", \"delay\", "
        "\"open\", \"isns\", "
        "\"half\", \"trap\", \"_x1\"\n");
  CHECK(result(R"(["x${isns}"])") ==
        "f:1:2: /0: the parameter \"isns\" is a list and cannot stand within a text\n");
  for (const char* text : {"${", "${}", "${isn", "a ${is n}", "${1x}", "${isn} ${"}) {
    INFO(text);
    const std::string message = result("[\"" + std::string(text) + "\"]");
    CHECK(message.find("a placeholder is written ${name}") != std::string::npos);
  }
  CHECK(result(R"(["${a1}", "${a2}"])").find("f:1:11: /1: unknown parameter \"a2\"") !=
        std::string::npos);
  const Json text = "${a}";
  CHECK(substitute(text, Json::object(), {}).error()[0].message.en ==
        "unknown parameter \"a\"; there are no parameters");
  CHECK(substitute(text, nullptr, {}).error()[0].message.en ==
        "unknown parameter \"a\"; there are no parameters");
}

TEST_CASE("parameters cannot blow a document up") {
  Json parameters = Json::object();
  parameters["big"] = std::string(10'000, 'x');
  parameters["list"] = Json::array({std::string(10'000, 'x')});
  for (const char* text : {"${big}", "_${big}", "${list}"}) {
    Json places = Json::array();
    for (int i = 0; i < 100'000; ++i) places.push_back(text);
    const auto value = substitute(places, parameters, {});
    REQUIRE_FALSE(value);
    CHECK(value.error().size() == 1);
    CHECK(value.error()[0].message.en == "the parameters make the text too long");
  }
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "${big}";
  CHECK_FALSE(substitute(Json(many), parameters, {}));
}

TEST_CASE("placeholders can be listed") {
  CHECK(has_placeholder("a ${b}"));
  CHECK_FALSE(has_placeholder("a ${b"));
  CHECK_FALSE(has_placeholder("$ {b} ${}"));
  for (const char* stray : {"a ${b", "${a} ${}", "${a} ${1}"}) CHECK(has_stray_opening(stray));
  CHECK_FALSE(has_stray_opening("$ {b} ${a}${b_2}"));
  CHECK(placeholder_names("${a} and ${b_2}, ${a} ${") == std::vector<std::string>{"a", "b_2", "a"});
}

TEST_CASE("what can be a parameter's name can stand in a placeholder, and nothing else can") {
  for (const char* name : {"a", "_", "isn_2", "A9"}) {
    CHECK(is_parameter_name(name));
    CHECK(has_placeholder("${" + std::string(name) + "}"));
  }
  for (const char* name : {"", "2a", "my-isn", "a.b", "a b", "é"}) {
    CHECK(!is_parameter_name(name));
    CHECK(!has_placeholder("${" + std::string(name) + "}"));
  }
}
