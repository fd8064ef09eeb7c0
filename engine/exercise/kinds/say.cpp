// A free text, which the student compares with a model.
#include "exercise/kinds/kind.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::say;

Json judge_text(const Json& question, const Json& answer, Bench&) {
  constexpr std::size_t longest = 20'000;
  if (!answer.is_string() || answer.get_ref<const std::string&>().size() > longest) {
    return unreadable(question, say({"found {0}; allowed: a text of at most {1} bytes",
                                     "发现 {0}；允许：最多 {1} 字节的文本"},
                                    {format::show(answer), std::to_string(longest)}));
  }
  Json verdict = blank_verdict(question);
  verdict["correct"] = true;  // nothing is judged
  return verdict;
}

}  // namespace

const Kind& say_kind() {
  static const Kind kind{
      .name = "say",
      .doc = "A free text: compared by the student with a model, never scored",
      .fields =
          [] {
            return std::vector<format::Field>{
                optional_pause_field("Where the run stops and asks; default: after its end"),
                required("model", bilingual(), "The model answer")};
          },
      .is_part = true,
      .points = [](const Json&) { return std::uint64_t{0}; },
      .show = [](const Json& q, const Setting&, Json& shown) { shown["model"] = q.at("model"); },
      .judge = judge_text,
      .right_answer = [](const Json& q, Bench&) { return q.at("model"); },
      .guess = [](const Json&, Bench&) { return Chance{}; },
      .is_scored = false,
      .draws_the_run = [](const Json& q) { return !q.contains("pause"); },
      .notations = {"ladder", "dump", "list"},
  };
  return kind;
}

}  // namespace tcplab::exercise
