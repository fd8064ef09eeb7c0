// Any text as an answer in one's own words, as the rules by which ideas are found in one, or as
// answers that people have labelled. What is found lies within the text, and each idea has one
// outcome; the same way every time.
#include <string>
#include <string_view>

#include "format/document.hpp"
#include "fuzz.hpp"
#include "json_mutator.hpp"
#include "repository.hpp"
#include "rubric/match.hpp"
#include "rubric/measure.hpp"
#include "rubric/rubric.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;

namespace {

const rubric::Rubric& known() {
  static const auto rules = rubric::parse_rubric(
      read_file(repository() / "exercises" / "rubrics" / "06-explain-time-wait.json"));
  require(rules.has_value(), "the repository's rubric is right");
  return *rules;
}

// UTF-16 code units of a text in UTF-8; bytes that are not UTF-8 count at least one each.
std::size_t units(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80)
      count += byte >= 0xF0 ? 2 : 1;
    else
      ++count;
  }
  return count;
}

void try_text(const rubric::Rubric& rules, std::string_view text) {
  const auto findings = rubric::match(rules, text);
  if (!findings) return require(!findings.error().empty(), "who refuses says why");
  require(findings->size() == rules.ideas.size(), "each idea has one outcome");
  const auto end = units(text);
  for (const auto& finding : *findings) {
    require((finding.outcome != rubric::Outcome::kNotFound) == !finding.spans.empty(),
            "what is found stands somewhere, and nothing else does");
    for (const auto& span : finding.spans) {
      require(span.from < span.to && span.to <= end, "what is found lies within the text");
    }
  }
  const auto again = rubric::match(rules, text);
  require(again && rubric::to_json(*again) == rubric::to_json(*findings),
          "the same text has the same findings");
}

constexpr std::string_view kAnswers[] = {
    "The last ACK may be lost; then the peer retransmits its FIN, and it is answered.",
    "It is not so that old segments of an earlier connection can't come: they are dropped.",
    "最后一个 ACK 可能丢失，于是对方重传 FIN。旧的报文段不会被新的连接收下。", "perhaps", ""};

void try_rules(std::string_view text) {
  const auto rules = rubric::parse_rubric(text);
  if (!rules) return require(!rules.error().empty(), "who refuses says why");
  for (const auto answer : kAnswers) try_text(*rules, answer);
}

void try_labelled(std::string_view text) {
  const auto answers = rubric::parse_labelled(known(), text);
  if (!answers) return require(!answers.error().empty(), "who refuses says why");
  const auto measured = rubric::measure(known(), *answers, "", "", "");
  require(measured.whole <= measured.answers && measured.alike <= measured.pairs,
          "no part is more than the whole");
  require(!rubric::report(known(), *answers).empty(), "there is a report of any answers");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.substr(0, 1) != "{") {
    try_text(known(), text);
  } else if (text.find("tcplab-labelled/1") != text.npos) {
    try_labelled(text);
  } else {
    try_rules(text);
  }
  return 0;
}
