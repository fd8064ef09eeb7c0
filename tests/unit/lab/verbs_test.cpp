#include "lab/verbs/verb.hpp"

#include <set>
#include <string>
#include <variant>

#include "catch.hpp"
#include "host/call.hpp"

using namespace tcplab;

TEST_CASE("verbs: every struct has one row, in its place") {
  REQUIRE(lab::verbs().size() == std::variant_size_v<lab::verb::Any>);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < lab::verbs().size(); ++i) {
    const auto& verb = lab::verbs()[i];
    INFO(verb.name);
    CHECK(verb.index == i);
    CHECK(names.insert(verb.name).second);
    CHECK(&lab::verb_named(verb.name) == &verb);
    CHECK_FALSE(verb.fields().empty());
  }
}

TEST_CASE("verbs: a row does one thing: a call, a change of a flight, or what the world does") {
  std::set<std::string_view> of_the_world;
  for (const auto& verb : lab::verbs()) {
    INFO(verb.name);
    CHECK(verb.call.has_value() == (verb.make != nullptr));
    CHECK_FALSE((verb.make != nullptr && verb.change != nullptr));
    if (verb.make == nullptr && verb.change == nullptr) of_the_world.insert(verb.name);
  }
  CHECK(of_the_world == std::set<std::string_view>{"inject", "reject"});
}

TEST_CASE("verbs: every call of a program or to its host can be made, under its name") {
  for (const auto name : host::kCallNames) {
    INFO(name);
    const auto& verb = lab::verb_named(name);
    REQUIRE(verb.call);
    CHECK(host::to_text(*verb.call) == name);
    CHECK(verb.title != nullptr);
  }
}
