// The texts of exercises/rules.json and exercises/misconceptions.json and the engine's ids belong
// together: none is missing, none is left over, and each is there in both languages.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "base/rule.hpp"
#include "catch.hpp"
#include "format/document.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"
#include "tcp/behaviour.hpp"

namespace {

using tcplab::format::Json;
namespace shapes = tcplab::format::shapes;

Json read(const std::string& name, const tcplab::format::Shape& shape) {
  const std::string path = std::string(TCPLAB_SOURCE_DIR) + "/exercises/" + name;
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  const auto document = tcplab::format::parse(text.str());
  if (!document) FAIL(to_text(path, document.error()));
  const auto problems = check(shape, *document);
  INFO(to_text(path, problems));
  REQUIRE(problems.empty());
  return document->value();
}

Json rules() {
  const auto rule =
      shapes::object({"rule", "规则"}, {shapes::required("spec", shapes::string(1, 40), ""),
                                        shapes::required("section", shapes::string(1, 40), ""),
                                        shapes::optional("requirement", shapes::string(1, 20), ""),
                                        shapes::required("en", shapes::string(20, 400), ""),
                                        shapes::required("zh", shapes::string(10, 200), "")});
  return read("rules.json",
              shapes::object({"rule catalogue", "规则目录"},
                             {shapes::required("rules", shapes::map(shapes::identifier(), rule),
                                               "")}))["rules"];
}

Json misconceptions() {
  const auto text = [](std::size_t least) {
    return shapes::object({"text", "文本"},
                          {shapes::required("name", shapes::string(least, 80), ""),
                           shapes::required("wrong", shapes::string(least, 300), ""),
                           shapes::required("right", shapes::string(least, 400), "")});
  };
  const auto both =
      shapes::object({"misconception", "误解"},
                     {shapes::required("en", text(10), ""), shapes::required("zh", text(5), "")});
  return read(
      "misconceptions.json",
      shapes::object({"list of misconceptions", "误解列表"},
                     {shapes::required("misconceptions", shapes::map(shapes::identifier(), both),
                                       "")}))["misconceptions"];
}

// At least one character from the CJK block U+4E00 to U+9FFF, that is a lead byte 0xE4 to 0xE9.
bool has_chinese(const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xe4 && byte <= 0xe9) return true;
  }
  return false;
}

// Sentences end as sentences of their language do.
bool ends_as_sentence(const std::string& text, const std::string& stop) {
  return text.size() > stop.size() &&
         text.compare(text.size() - stop.size(), stop.size(), stop) == 0;
}

}  // namespace

TEST_CASE("each rule of the engine has its text, and each text its rule") {
  const Json texts = rules();
  std::set<std::string> ids;
  for (const auto id : tcplab::kRuleIds) {
    ids.insert(std::string(id));
    INFO("the rule " << id);
    CHECK(texts.contains(std::string(id)));
  }
  for (const auto& [id, text] : texts.items()) {
    INFO("the text of " << id);
    CHECK(ids.count(id) == 1);
  }
}

TEST_CASE("rules cite a place that can be looked up") {
  const std::regex rfc_section("[1-9][0-9]*(\\.[1-9][0-9]*){0,4}");
  const std::regex requirement("(MUST|SHLD|MAY|REC)-[1-9][0-9]?");
  const std::set<std::string> lab_sections{"host", "network", "run", "mutant"};
  const std::set<std::string> posix_sections{"accept()",  "bind()",       "close()",  "connect()",
                                             "listen()",  "recv()",       "send()",   "shutdown()",
                                             "SO_LINGER", "setsockopt()", "SO_ERROR", "sockets"};
  const std::set<std::string> rfcs{"RFC 9293", "RFC 6298", "RFC 5961", "RFC 7323",
                                   "RFC 1337", "RFC 1191", "RFC 5461", "RFC 5927",
                                   "RFC 6191", "RFC 6528", "RFC 4987"};
  // A page of Linux's documentation, or a function of net/ipv4.
  const std::regex linux_section(R"(ip-sysctl: tcp_\w+|tcp\(7\): TCP_\w+|tcp_\w+\(\))");
  // A function of netinet.
  const std::regex freebsd_section(R"(tcp_\w+\(\))");
  const std::regex both_sections(R"(tcp_\w+, TCPTV_\w+)");
  const Json texts = rules();
  for (const auto& [id, rule] : texts.items()) {
    const auto spec = rule["spec"].get<std::string>();
    const auto section = rule["section"].get<std::string>();
    INFO(id << ": " << spec << ", " << section);
    if (spec == "lab") {
      CHECK(lab_sections.count(section) == 1);
    } else if (spec == "POSIX.1-2017") {
      CHECK(posix_sections.count(section) == 1);
    } else if (spec == "Linux") {
      CHECK(std::regex_match(section, linux_section));
    } else if (spec == "FreeBSD") {
      CHECK(std::regex_match(section, freebsd_section));
    } else if (spec == "Linux, BSD") {
      CHECK(std::regex_match(section, both_sections));
    } else {
      CHECK(rfcs.count(spec) == 1);
      CHECK(std::regex_match(section, rfc_section));
    }
    if (rule.contains("requirement")) {
      CHECK(spec == "RFC 9293");
      CHECK(std::regex_match(rule["requirement"].get<std::string>(), requirement));
    }
    CHECK((id.rfind("mutant_", 0) == 0) == (section == "mutant"));
  }
}

TEST_CASE("each mutant has a rule of its own, and no other rule is a mutant's") {
  std::set<std::string> expected;
  for (const auto& mutant : tcplab::tcp::mutants()) {
    expected.insert("mutant_" + std::string(mutant.id));
  }
  std::set<std::string> found;
  for (const auto id : tcplab::kRuleIds) {
    if (id.rfind("mutant_", 0) == 0) found.insert(std::string(id));
  }
  CHECK(found == expected);
}

TEST_CASE("rules and misconceptions are told in both languages") {
  const Json rule_texts = rules();
  for (const auto& [id, rule] : rule_texts.items()) {
    INFO("the rule " << id);
    CHECK(!has_chinese(rule["en"].get<std::string>()));
    CHECK(ends_as_sentence(rule["en"].get<std::string>(), "."));
    CHECK(has_chinese(rule["zh"].get<std::string>()));
    CHECK(ends_as_sentence(rule["zh"].get<std::string>(), "。"));
  }
  const Json misconception_texts = misconceptions();
  for (const auto& [id, both] : misconception_texts.items()) {
    for (const char* part : {"name", "wrong", "right"}) {
      INFO("the misconception " << id << ", " << part);
      const auto en = both["en"][part].get<std::string>();
      const auto zh = both["zh"][part].get<std::string>();
      CHECK(!has_chinese(en));
      CHECK(has_chinese(zh));
      if (std::string(part) == "name") continue;
      CHECK(ends_as_sentence(en, "."));
      CHECK(ends_as_sentence(zh, "。"));
    }
  }
}

TEST_CASE("each mutant has a misconception that tells of it") {
  const Json texts = misconceptions();
  for (const auto& mutant : tcplab::tcp::mutants()) {
    INFO("the mutant " << mutant.id << ", misconception " << mutant.misconception);
    CHECK(texts.contains(std::string(mutant.misconception)));
  }
}

TEST_CASE("misconceptions are numbered without gaps") {
  const Json texts = misconceptions();
  int number = 0;
  for (const auto& [id, text] : texts.items()) {
    ++number;
    CHECK(id == (number < 10 ? "M0" : "M") + std::to_string(number));
  }
}
