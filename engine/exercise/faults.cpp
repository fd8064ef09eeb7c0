#include "exercise/faults.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "exercise/kinds/kind.hpp"
#include "format/quantity.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;
using format::Text;

Text joined(const Text& before, const Text& more) {
  return before.empty() ? more : say({"{0}; {1}", "{0}；{1}"}, {before, more});
}

// "event 12 ("state" of "client" at 1.2s)"
Text event_text(const Json& event) {
  const std::string n = std::to_string(event.at("n").get<std::uint64_t>());
  const std::string when =
      format::to_text(std::chrono::microseconds(event.at("t").get<std::int64_t>()));
  const Text kind = format::show(event.at("kind"));
  const auto host = event.find("host");
  if (host == event.end()) {
    return say({"event {0} ({1} at {2})", "事件 {0}（{2} 的 {1}）"}, {n, kind, when});
  }
  return say({"event {0} ({1} of {2} at {3})", "事件 {0}（{3} 时 {2} 的 {1}）"},
             {n, kind, format::show(*host), when});
}

namespace {

void tell_field(const Json& field, const Json& question, const Reader& answer) {
  const auto& name = field.at("name").get_ref<const std::string&>();
  const Reader at = answer.json().is_object() && answer.has(name) ? answer[name] : answer;
  if (const auto problem = field.find("problem"); problem != field.end()) {
    return at.problem(say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
  }
  const Json& expected = field.at("expected");
  const Text found = format::show(field.at("answer"));
  if (question.at("kind") == "order" && expected.is_number()) {
    return at.problem(say({"{0} stands at place {1}; the run puts it at place {2}",
                           "{0} 排在第 {1} 位；按运行应排在第 {2} 位"},
                          {format::quote(name), found, format::dump(expected)}));
  }
  at.problem(expected.is_null()
                 ? say({"{0} is {1}, which is wrong; no option holds in the run",
                        "{0} 是 {1}，不对；运行中没有一个选项成立"},
                       {format::quote(name), found})
                 : say({"{0} is {1}; the run says {2}", "{0} 是 {1}；运行给出的是 {2}"},
                       {format::quote(name), found,
                        expected.is_string() ? format::show(expected) : format::dump(expected)}));
}

const Json& part_of(const Json& question, const Json& id) {
  const Json& parts = question.at("parts");
  return *std::find_if(parts.begin(), parts.end(),
                       [&](const Json& part) { return part.at("id") == id; });
}

}  // namespace

void tell_faults(const Json& verdict, const Json& question, const Reader& answer, const Run& run) {
  if (verdict.at("correct").get<bool>()) return;
  if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
    return answer.problem(
        say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
  }
  if (const auto parts = verdict.find("parts"); parts != verdict.end()) {
    for (const Json& part : *parts) {
      const Json& id = part.at("id");
      tell_faults(part, part_of(question, id), answer[id.get_ref<const std::string&>()], run);
    }
    return;
  }
  if (const auto tell = kind_of(question).tell_faults) return tell(verdict, question, answer, run);
  for (const Json& field : verdict.value("fields", Json::array())) {
    if (!field.at("correct").get<bool>()) tell_field(field, question, answer);
  }
}

}  // namespace tcplab::exercise
