// Exercises that are wrong in one way each, with everything that their author is told. A file's
// expectation lies beside it: NAME.json, NAME.expected.
#include <algorithm>
#include <filesystem>

#include "exercise/check.hpp"
#include "format/bilingual.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace malformed_test {
namespace {

const std::string kFolder = "tests/unit/exercise/malformed";

// Errors, then warnings.
format::Problems problems_of(const std::string& text) {
  const auto exercise = exercise::parse_exercise(text);
  if (!exercise) return exercise.error();
  auto [problems, warnings] = exercise::check(*exercise, 3);
  for (auto& warning : warnings) {
    warning.message = format::say({"warning: {0}", "警告：{0}"}, {warning.message});
    problems.push_back(warning);
  }
  return problems;
}

std::string told(const std::string& name, const std::string& text) {
  return format::to_text(name, problems_of(text));
}

std::vector<std::string> names_of_malformed() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(TCPLAB_SOURCE_DIR) + "/" + kFolder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("malformed exercises are refused with the place and the reason") {
  const auto names = names_of_malformed();
  CHECK(names.size() >= 40);
  for (const auto& name : names) {
    const auto expected = read_file(kFolder + "/" + name + ".expected");
    CHECK(!expected.empty());
    CHECK(told(name + ".json", read_file(kFolder + "/" + name + ".json")) == expected);
  }
}

TEST_CASE("malformed exercises are told so in Chinese too, with the same names and values") {
  for (const auto& name : names_of_malformed()) {
    for (const auto& problem : problems_of(read_file(kFolder + "/" + name + ".json"))) {
      INFO(name << "\n  " << problem.message.en << "\n  " << problem.message.zh);
      CHECK(is_bilingual(problem.message));
    }
  }
}

TEST_CASE("any part of a good exercise cut off is refused, not crashed on") {
  const auto text = read_file("exercises/06-explain-time-wait.json");
  for (std::size_t length = 0; length + 2 < text.size(); length += 97) {
    INFO(length);
    CHECK(!exercise::parse_exercise(text.substr(0, length)));
  }
}

TEST_CASE("any value of a good exercise replaced by another kind is told or harmless") {
  const auto document = format::parse(read_file("exercises/05-both-in-closing.json"));
  REQUIRE(document);
  const auto flat = nlohmann::json::parse(format::dump(document->value())).flatten();
  std::size_t refused = 0;
  std::size_t replaced = 0;
  for (const auto& [pointer, value] : flat.items()) {
    ++replaced;
    for (const Json& other :
         {Json(nullptr), Json(-1), Json("${nobody}"), Json::array(), Json{{"a", 1}}}) {
      Json changed = document->value();
      changed[Json::json_pointer(pointer)] = other;
      INFO(pointer << " = " << format::dump(other));
      const auto text = format::dump(changed);
      refused += told("x", text).empty() ? 0 : 1;
    }
  }
  CHECK(refused > replaced * 4);
}

}  // namespace malformed_test
