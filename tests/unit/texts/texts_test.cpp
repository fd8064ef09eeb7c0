// The texts of exercises/rules.json and exercises/misconceptions.json and the engine's ids belong
// together: none is missing, none is left over, and each is there in both languages.
#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

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

// A refutation: the idea, that it is not so, what is, and the event of the run that shows it.
constexpr const char* kParts[] = {"name", "idea", "not_so", "fact", "event"};

Json misconceptions() {
  std::vector<tcplab::format::Field> parts;
  for (const char* part : kParts)
    parts.push_back(shapes::required(part, shapes::string(5, 300), ""));
  const auto text = shapes::object({"text", "文本"}, parts);
  const auto both = shapes::object({"misconception", "误解"}, {shapes::required("en", text, ""),
                                                               shapes::required("zh", text, "")});
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
                                   "RFC 6191", "RFC 6528", "RFC 4987", "RFC 5681",
                                   "RFC 6582", "RFC 1122", "RFC 5682", "RFC 6069"};
  // A page of Linux's documentation, or a function of net/ipv4.
  const std::regex linux_section(
      R"(ip-sysctl: tcp_\w+|tcp\(7\): TCP_\w+|(tcp|inet|reqsk|reuseport|syn_ack)_\w+\(\))");
  // A function of netinet.
  const std::regex freebsd_section(R"((tcp|syncache|_in)_\w+\(\))");
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
    for (const char* part : kParts) {
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

TEST_CASE("the event of a refutation is a frame with its places") {
  const std::regex place(R"(\{(\w*)\})");
  const Json texts = misconceptions();
  for (const auto& [id, both] : texts.items()) {
    for (const char* language : {"en", "zh"}) {
      for (const char* part : kParts) {
        const auto text = both[language][part].get<std::string>();
        std::multiset<std::string> places;
        for (std::sregex_iterator it(text.begin(), text.end(), place), end; it != end; ++it) {
          places.insert((*it)[1]);
        }
        INFO("the misconception " << id << ", " << language << " " << part << ": " << text);
        if (std::string(part) == "event") {
          CHECK(places.count("event") == 1);
          CHECK(places.count("time") == 1);
          CHECK(places.size() - places.count("host") == 2);
        } else {
          CHECK(places.empty());
        }
      }
    }
  }
}

TEST_CASE("refutations are short and keep to the terms") {
  const std::regex citation(R"( \([^()]*§[^()]*\)|（[^（）]*§[^（）]*）)");
  const std::regex english("\\b(really|always believe|our|own ACK|packet|octets?|text)\\b|'|n’t\\b",
                           std::regex::icase);
  const char* const chinese[] = {"数据包", "序列号",   "头部",   "计时器",   "半打开",     "重发",
                                 "监听者", "接受队列", "终止",   "坚持",     "沉默",       "一切",
                                 "发送者", "发送方",   "接收方", "悄无声息", "SYN cookie", "回答"};
  const Json texts = misconceptions();
  for (const auto& [id, both] : texts.items()) {
    for (const char* part : kParts) {
      const auto en = std::regex_replace(both["en"][part].get<std::string>(), citation, "");
      const auto zh = both["zh"][part].get<std::string>();
      INFO("the misconception " << id << ", " << part << ": " << en << " " << zh);
      const std::regex sentence(R"([^.:]+[.:])");
      for (std::sregex_iterator it(en.begin(), en.end(), sentence), end; it != end; ++it) {
        const auto words = it->str();
        CHECK(std::count(words.begin(), words.end(), ' ') <= 21);
      }
      CHECK(!std::regex_search(en, english));
      for (const char* word : chinese) CHECK(zh.find(word) == std::string::npos);
    }
  }
}

TEST_CASE("no refutation names a host by its part in the handshake when either could close") {
  // The end that closes first may be client or server: M21 to M39 are about the close.
  const Json texts = misconceptions();
  for (int number = 21; number <= 39; ++number) {
    const auto id = "M" + std::to_string(number);
    INFO(id);
    const auto en = texts[id]["en"]["name"].get<std::string>();
    const auto zh = texts[id]["zh"]["name"].get<std::string>();
    for (const char* word : {"server", "client"}) CHECK(en.find(word) == std::string::npos);
    for (const char* word : {"服务器", "客户端"}) CHECK(zh.find(word) == std::string::npos);
  }
}

TEST_CASE("each mutant has a misconception that tells of it") {
  const Json texts = misconceptions();
  for (const auto& mutant : tcplab::tcp::mutants()) {
    INFO("the mutant " << mutant.id << ", misconception " << mutant.misconception);
    CHECK(texts.contains(std::string(mutant.misconception)));
    if (!mutant.also.empty()) CHECK(texts.contains(std::string(mutant.also)));
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
