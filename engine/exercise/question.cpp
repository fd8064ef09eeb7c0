#include "exercise/question.hpp"

#include <algorithm>

#include "exercise/diagnosis.hpp"
#include "exercise/fields.hpp"
#include "exercise/slip.hpp"
#include "format/problem.hpp"
#include "lab/match.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

namespace {

using format::say;

const std::string& kind_of(const Json& question) {
  return question.at("kind").get_ref<const std::string&>();
}

std::uint64_t field_count(const Json& question) {
  const std::string& kind = kind_of(question);
  if (kind == "role") return 1;
  if (kind == "say") return 0;
  const char* key = kind == "state"     ? "hosts"
                    : kind == "segment" ? "fields"
                    : kind == "pick"    ? "need"
                    : kind == "build"   ? "goals"
                                        : "slots";
  return question.at(key).size();
}

// What is wrong with a place, or nothing.
format::Text cannot_be_meant(const Json& where, const Json& question, const Run& run) {
  const auto& host = where.at("host").get_ref<const std::string&>();
  if (run.host_index(host) < 0) {
    return say({"no host is called {0}", "没有叫 {0} 的主机"}, {format::quote(host)});
  }
  if (where.contains("socket") && lab::connections_of(where, run.events).empty()) {
    return say({"no socket of {0} is ever called {1}", "{0} 上从来没有叫 {1} 的套接字"},
               {format::quote(host), format::show(where.at("socket"))});
  }
  if (kind_of(question) != "state") return {};
  const Json* event = pause_event(question, run);
  if (event == nullptr) return {};
  return ambiguity(where, lab::state_of(where, run.events, run.events_after(*event)));
}

}  // namespace

format::Text ambiguity(const Json& where, const lab::SocketState& state) {
  if (!state.is_ambiguous) return {};
  return say(
      {"more than one socket of {0} could be meant at this moment; name one with \"socket\": {1}",
       "此刻 {0} 上可能指的套接字不止一个；请用 \"socket\" 写明是哪一个：{1}"},
      {format::show(where.at("host")), format::list(state.names)});
}

std::uint64_t points(const Json& question) {
  if (kind_of(question) != "explain") {
    return field_count(question) * question.value("weight", std::uint64_t{1});
  }
  std::uint64_t sum = 0;
  for (const Json& part : question.at("parts")) sum += points(part);
  return sum;
}

const Json* pause_event(const Json& question, const Run& run) {
  const auto pause = question.find("pause");
  if (pause == question.end()) return nullptr;
  return run.find(pause->at("before"), pause->value("nth", std::uint64_t{1}));
}

std::optional<std::pair<std::string, format::Text>> cannot_be_asked(const Json& question,
                                                                    const Run& run) {
  if (question.contains("pause") && pause_event(question, run) == nullptr) {
    const Json& pause = question.at("pause");
    const auto found = std::count_if(run.events.begin(), run.events.end(), [&](const Json& event) {
      return lab::matches(pause.at("before"), event);
    });
    if (found > 0) {
      return std::pair("/pause/nth",
                       say({"events of the run that match: {0}; \"nth\" is {1}, so the question is "
                            "never asked",
                            "运行中匹配的事件有 {0} 个，而 \"nth\" 是 {1}，所以永远问不到这个问题"},
                           {std::to_string(found), format::show(pause.at("nth"))}));
    }
    return std::pair("/pause", say({"no event of the run matches, so the question is never asked",
                                    "运行中没有匹配的事件，所以永远问不到这个问题"}));
  }
  if (question.contains("hosts")) {
    const auto places = places_of(question, run);
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto why = cannot_be_meant(places[i].where, question, run);
      if (!why.empty()) return std::pair(format::child("/hosts", i), std::move(why));
    }
  }
  if (kind_of(question) != "segment") return std::nullopt;
  if (!question.at("of").contains("host")) {
    return std::pair("/of", say({"a segment question names the host that sends",
                                 "问报文段的问题要写明发送的主机"}));
  }
  if (!fields_of(question, run)) {
    return std::pair("/of", say({"no segment that is sent after the pause matches",
                                 "暂停之后发送的报文段没有一个匹配"}));
  }
  return std::nullopt;
}

std::vector<Place> places_of(const Json& question, const Run& run) {
  std::vector<Place> places;
  const Json hosts = question.value("hosts", Json(run.hosts));
  const auto host_of = [](const Json& item) {
    return (item.is_string() ? item : item.at("host")).get<std::string>();
  };
  for (const Json& item : hosts) {
    const std::string host = host_of(item);
    const auto times = std::count_if(hosts.begin(), hosts.end(),
                                     [&](const Json& other) { return host_of(other) == host; });
    Place place{host, Json{{"host", host}}};
    if (item.is_object()) place.where = item;
    if (item.is_object() && times > 1) {
      place.name += "/" + item.at("socket").get_ref<const std::string&>();
    }
    places.push_back(std::move(place));
  }
  return places;
}

Json build_scenario(const Json& question, const Json& scenario) {
  const auto own = question.find("scenario");
  const auto change = question.find("change");
  return changed(own == question.end() ? scenario : *own,
                 change == question.end() ? Json() : *change);
}

Json blank_verdict(const Json& question) {
  return {{"id", question.at("id")},
          {"kind", question.at("kind")},
          {"score", 0},
          {"max", points(question)},
          {"correct", false}};
}

Json unreadable(const Json& question, const format::Text& problem) {
  Json verdict = blank_verdict(question);
  verdict["problem"] = format::to_json(problem);
  return verdict;
}

Json judge_fields(const Json& question, const Json& answer, Bench& bench) {
  const auto right = fields_of(question, *bench.plain);
  if (!right) {
    return unreadable(question, say({"the run of this seed does not come to this question",
                                     "这个种子的运行到不了这个问题"}));
  }
  const auto given = read_answer(question, answer, *bench.plain);
  if (!given) return unreadable(question, given.error());

  Json fields = Json::array();
  std::uint64_t correct = 0;
  for (const auto& [name, expected] : right->values.get_ref<const Json::object_t&>()) {
    const bool same = given->at(name) == expected;
    correct += same ? 1 : 0;
    fields.push_back(
        {{"name", name}, {"answer", given->at(name)}, {"expected", expected}, {"correct", same}});
    if (const auto why = right->evidence.find(name); !same && why != right->evidence.end()) {
      fields.back()["evidence"] = why->second;
    }
  }
  Json verdict = blank_verdict(question);
  verdict["score"] = correct * question.value("weight", std::uint64_t{1});
  verdict["correct"] = correct == fields.size();
  verdict["fields"] = std::move(fields);
  verdict["evidence"] = right->shown;

  const auto run_under = [&bench](const Json& mutants) {
    return bench.runs.with_mutants(mutants).value_or(nullptr);
  };
  const auto under = [&question, run_under, plain = bench.plain,
                      right = right->values](const Json& mutants) -> std::optional<Json> {
    const RunPtr run = run_under(mutants);
    if (run == plain) return right;
    const auto there = run ? fields_of(question, *run) : std::nullopt;
    return there ? std::optional(there->values) : std::nullopt;
  };
  bench.attempt.push_back({&question, *given, right->values, under, bench.plain, run_under});
  return verdict;
}

namespace {

Json judge_explain(const Json& question, const Json& answer, Bench& bench) {
  if (!answer.is_object()) {
    return unreadable(question, say({"found {0}; allowed: an object by part",
                                     "发现 {0}；允许：一个对象，按部分列出"},
                                    {format::show(answer)}));
  }
  Json parts = Json::array();
  std::uint64_t score = 0;
  for (const Json& part : question.at("parts")) {
    const auto& id = part.at("id").get_ref<const std::string&>();
    if (!answer.contains(id)) continue;
    parts.push_back(judge(part, answer.at(id), bench));
    score += parts.back().at("score").get<std::uint64_t>();
  }
  for (const auto& [key, value] : answer.get_ref<const Json::object_t&>()) {
    const auto named = [&id = key](const Json& part) { return part.at("id") == id; };
    const auto& all = question.at("parts");
    if (std::none_of(all.begin(), all.end(), named)) {
      return unreadable(question,
                        say({"no part is called {0}", "没有叫 {0} 的部分"}, {format::quote(key)}));
    }
  }
  Json verdict = blank_verdict(question);
  verdict["score"] = score;
  verdict["correct"] = score == points(question);
  verdict["parts"] = std::move(parts);
  return verdict;
}

Json judge_say(const Json& question, const Json& answer) {
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

Json judge(const Json& question, const Json& answer, Bench& bench) {
  const std::string& kind = kind_of(question);
  if (kind == "pick") return judge_pick(question, answer, bench);
  if (kind == "build") return judge_build(question, answer, bench);
  if (kind == "claim") return judge_claim(question, answer, bench);
  if (kind == "explain") return judge_explain(question, answer, bench);
  if (kind == "say") return judge_say(question, answer);
  return judge_fields(question, answer, bench);
}

namespace {

void explain(Json& verdicts, const Json& questions, const Attempt& attempt, Diagnosis& diagnosis) {
  for (Json& verdict : verdicts) {
    const auto question = std::find_if(questions.begin(), questions.end(), [&](const Json& each) {
      return each.at("id") == verdict.at("id");
    });
    if (const auto parts = verdict.find("parts"); parts != verdict.end()) {
      explain(*parts, question->at("parts"), attempt, diagnosis);
    }
    const auto statement = std::find_if(attempt.begin(), attempt.end(), [&](const Statement& each) {
      return each.question == &*question;
    });
    if (statement == attempt.end()) continue;
    verdict["diagnoses"] = Json::array();
    verdict["slips"] = Json::array();
    if (verdict.at("correct").get<bool>()) continue;
    verdict["diagnoses"] = diagnosis.of(*statement);
    if (verdict["diagnoses"].empty()) verdict["slips"] = slips(*statement);
  }
}

}  // namespace

void explain_verdicts(Json& verdicts, const Json& questions, Bench& bench) {
  Diagnosis diagnosis(bench.attempt, bench.teaches);
  explain(verdicts, questions, bench.attempt, diagnosis);
}

}  // namespace tcplab::exercise
