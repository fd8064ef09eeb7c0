// Which misconception a wrong answer is given the name of, and when it is given none.
#include "exercise/diagnosis.hpp"

#include <map>
#include <set>

#include "exercise/about.hpp"
#include "exercise/slip.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace diagnosis_test {
namespace {

using exercise::Attempt;
using exercise::Statement;
using Answers = std::map<std::string, Json>;  // by mutants
using Names = std::vector<std::string>;

exercise::RunPtr no_run() {
  static const auto run = std::make_shared<const exercise::Run>();
  return run;
}

// An answer to a question of a kind that only mutants speak to.
Statement says(const Json& given, const Json& right, const Answers& mutants) {
  static const Json question{{"kind", "segment"}};
  const auto under = [mutants](const Json& names) -> std::optional<Json> {
    const auto it =
        mutants.find(names.is_string() ? names.get<std::string>() : format::dump(names));
    return it == mutants.end() ? std::nullopt : std::optional(it->second);
  };
  return {&question, given, right, under, no_run(), [](const Json&) { return no_run(); }};
}

Names named(const Attempt& attempt, const Json& teaches = Json::array(), std::size_t which = 0) {
  Names names;
  exercise::Diagnosis diagnosis(attempt, teaches);
  for (const Json& each : diagnosis.of(attempt.at(which))) {
    names.push_back(each.at("misconception").get<std::string>() + format::dump(each.at("fields")));
  }
  return names;
}

const Json right{{"seq", 11}, {"ack", 21}};

}  // namespace

TEST_CASE("a mutant that answers as the student did is named") {
  const Answers mutants{{"syn_takes_no_number", {{"seq", 10}, {"ack", 20}}},
                        {"pure_ack_takes_a_number", {{"seq", 12}, {"ack", 21}}}};
  CHECK(named({says({{"seq", 10}, {"ack", 20}}, right, mutants)}) == Names{"M01[\"seq\",\"ack\"]"});
  CHECK(named({says({{"seq", 12}, {"ack", 21}}, right, mutants)}) == Names{"M02[\"seq\"]"});
  CHECK(named({says({{"seq", 99}, {"ack", 21}}, right, mutants)}).empty());
  CHECK(named({says(right, right, mutants)}).empty());
}

TEST_CASE("a mutant that gets wrong what the student got right is not named") {
  const Answers mutants{{"syn_takes_no_number", {{"seq", 10}, {"ack", 20}}}};
  CHECK(named({says({{"seq", 10}, {"ack", 21}}, right, mutants)}).empty());
  // What was not answered speaks neither for nor against it.
  CHECK(named({says({{"seq", 10}, {"ack", nullptr}}, right, mutants)}) == Names{"M01[\"seq\"]"});
}

TEST_CASE("another question of the attempt can refute it") {
  const Answers here{{"fin_takes_no_number", {{"ack", 20}}},
                     {"syn_takes_no_number", {{"ack", 20}}}};
  const Statement wrong = says({{"ack", 20}}, {{"ack", 21}}, here);
  const Statement earlier =
      says({{"seq", 5}}, {{"seq", 5}},
           {{"syn_takes_no_number", {{"seq", 4}}}, {"fin_takes_no_number", {{"seq", 5}}}});
  CHECK(named({wrong}) == Names{"M01[\"ack\"]", "M24[\"ack\"]"});
  CHECK(named({wrong, earlier}) == Names{"M24[\"ack\"]"});
}

TEST_CASE("a mutant that explains only some of a question's wrong fields is not named") {
  const Answers mutants{{"syn_takes_no_number", {{"seq", 10}, {"ack", 0}}},
                        {"segments_take_one_number", {{"seq", 10}, {"ack", 20}}}};
  CHECK(named({says({{"seq", 10}, {"ack", 20}}, right, mutants)}) == Names{"M04[\"seq\",\"ack\"]"});
}

TEST_CASE("what the exercise teaches is named and nothing beside it; at most two are") {
  Answers mutants;
  for (const char* id : {"syn_takes_no_number", "pure_ack_takes_a_number", "isn_is_zero",
                         "segments_take_one_number", "fin_takes_no_number"}) {
    mutants[id] = {{"seq", 10}, {"ack", 21}};
  }
  const Attempt attempt{says({{"seq", 10}, {"ack", 21}}, right, mutants)};
  CHECK(named(attempt).size() == 2);
  CHECK(named(attempt, {"M04"}) == Names{"M04[\"seq\"]"});
}

TEST_CASE("what explains the whole attempt comes before what explains a part of it") {
  const Statement one =
      says({{"seq", 10}}, {{"seq", 11}},
           {{"syn_takes_no_number", {{"seq", 10}}}, {"segments_take_one_number", {{"seq", 10}}}});
  const Statement other =
      says({{"ack", 20}}, {{"ack", 21}},
           {{"syn_takes_no_number", {{"ack", 20}}}, {"segments_take_one_number", {{"ack", 21}}}});
  CHECK(named({one, other}, {"M04"}) == Names{"M01[\"seq\"]"});
}

TEST_CASE("two mutants together explain what neither does, from two wrong fields on") {
  const Answers mutants{
      {"syn_takes_no_number", {{"seq", 10}, {"ack", 20}}},
      {"fin_takes_no_number", {{"seq", 11}, {"ack", 20}}},
      {R"(["fin_takes_no_number","syn_takes_no_number"])", {{"seq", 10}, {"ack", 19}}}};
  CHECK(named({says({{"seq", 10}, {"ack", 19}}, right, mutants)}, {"M24"}) ==
        Names{"M24[\"ack\"]", "M01[\"seq\",\"ack\"]"});
  CHECK(named({says({{"seq", nullptr}, {"ack", 19}}, right, mutants)}, {"M24"}).empty());
}

TEST_CASE("a mutant that two misconceptions share has the name that the exercise teaches") {
  const Attempt attempt{says({{"seq", 10}, {"ack", 21}}, right,
                             {{"pure_ack_takes_a_number", {{"seq", 10}, {"ack", 21}}}})};
  CHECK(named(attempt) == Names{"M02[\"seq\"]"});
  CHECK(named(attempt, {"M29"}) == Names{"M29[\"seq\"]"});
  CHECK(named(attempt, {"M02", "M29"}) == Names{"M02[\"seq\"]", "M29[\"seq\"]"});
}

namespace {

// Data and a close, from numbers that wrap.
Exercise numbers_of_a_connection(const std::string& teaches) {
  return parse(R"({
    "format": "tcplab-exercise/1", "id": "fin", "rev": 1, "chapter": "4.3", "teaches": )" +
               teaches + R"(,
    "scenario": {"format": "tcplab-scenario/1",
      "hosts": [{"name": "client", "address": "10.0.0.1", "tcp": {"isn": 4294967290}},
                {"name": "server", "address": "10.0.0.2", "tcp": {"isn": 300}}],
      "script": [{"at": "0", "host": "server", "do": "listen", "port": 80},
                 {"at": "10ms", "host": "client", "do": "connect", "to": "server:80"},
                 {"at": "500ms", "host": "client", "do": "send", "socket": "socket", "bytes": 100},
                 {"at": "1s", "host": "client", "do": "close", "socket": "socket"}]},
    "questions": [
      {"id": "data", "kind": "segment",
       "pause": {"before": {"kind": "call", "host": "client", "call": "send"}},
       "of": {"host": "client", "len_min": 1}, "fields": ["seq", "ack"], "text": {"en": "?", "zh": "？"}},
      {"id": "ack", "kind": "segment",
       "pause": {"before": {"kind": "segment.received", "host": "server", "flags": "FIN ACK"}},
       "of": {"host": "server"}, "fields": ["seq", "ack"], "text": {"en": "?", "zh": "？"}}],
    "text": {"en": {"title": "t", "task": "t"}, "zh": {"title": "t", "task": "t"}},
    "hints": {"en": [], "zh": []}, "witness": {"data": {"seq": 4294967291, "ack": 301}, "ack": {"seq": 301, "ack": 96}},
    "chaffs": [{"answers": {"ack": {"seq": 301, "ack": 95}}, "diagnosed_as": "M24"}]})");
}

Names kinds_of(const Json& slips) {
  Names kinds;
  for (const Json& slip : slips) {
    kinds.push_back(slip.at("kind").get<std::string>() + format::dump(slip.at("fields")));
  }
  return kinds;
}

}  // namespace

TEST_CASE("only the FIN uncounted: the right answers about the SYN refute that SYNs take none") {
  const auto exercise = numbers_of_a_connection(R"(["M01", "M24"])");
  const auto verdict =
      graded(exercise, 1,
             {{"data", {{"seq", 4294967291}, {"ack", 301}}}, {"ack", {{"seq", 301}, {"ack", 95}}}});
  const Json& diagnoses = verdict.at("questions").at(1).at("diagnoses");
  REQUIRE(diagnoses.size() == 1);
  CHECK(diagnoses.at(0).at("misconception") == "M24");
  CHECK(diagnoses.at(0).at("mutants") == Json::array({"fin_takes_no_number"}));
  CHECK(verdict.at("questions").at(1).at("slips").empty());
}

TEST_CASE("the diagnosis says where the real run and the other part") {
  const auto exercise = numbers_of_a_connection(R"(["M24"])");
  const auto verdict = judged(exercise, 1, "ack", {{"seq", 301}, {"ack", 95}});
  const auto n = verdict.at("diagnoses").at(0).at("parts").at("n").get<std::size_t>();
  const auto instance = copy_of(exercise, 1);
  std::uint64_t budget = exercise::max_events_of_all;
  const auto run = exercise::run_scenario(instance.exercise.at("scenario"), 1, {}, budget);
  REQUIRE(run);
  // Up to the FIN nothing differs; the ACK of it is the first that does.
  const Json& event = (*run)->events[n];
  CHECK(event.at("kind") == "segment.sent");
  CHECK(event.at("host") == "server");
  CHECK(event.at("segment").at("ack") == 96);
}

TEST_CASE("both ideas at once: the pair is named, each where it has a hand in it") {
  const auto exercise = numbers_of_a_connection(R"(["M01", "M24"])");
  const auto verdict =
      graded(exercise, 1,
             {{"data", {{"seq", 4294967290}, {"ack", 300}}}, {"ack", {{"seq", 300}, {"ack", 94}}}});
  const Json both = Json::array({"syn_takes_no_number", "fin_takes_no_number"});
  const Json& first = verdict.at("questions").at(0).at("diagnoses");
  REQUIRE(first.size() == 1);
  CHECK(first.at(0).at("misconception") == "M01");
  CHECK(first.at(0).at("mutants") == both);
  const Json& second = verdict.at("questions").at(1).at("diagnoses");
  REQUIRE(second.size() == 2);
  CHECK(second.at(1).at("misconception") == "M24");
  CHECK(second.at(1).at("fields") == Json::array({"ack"}));
}

TEST_CASE("slips are told as what they are, and misconceptions are not read into them") {
  const auto exercise = numbers_of_a_connection(R"(["M01", "M24"])");
  const auto told = [&](const Json& data) {
    const auto verdict =
        graded(exercise, 1, {{"data", data}, {"ack", {{"seq", 301}, {"ack", 96}}}});
    CHECK(verdict.at("questions").at(0).at("diagnoses").empty());
    return kinds_of(verdict.at("questions").at(0).at("slips"));
  };
  CHECK(told({{"seq", 301}, {"ack", 4294967291}}) == Names{"swapped[\"ack\",\"seq\"]"});
  CHECK(told({{"seq", 1}, {"ack", 1}}) == Names{"relative[\"seq\",\"ack\"]"});
  CHECK(told({{"seq", 4294967292}, {"ack", 301}}) ==
        Names{"off_by_one[\"seq\"]", "one_field[\"seq\"]"});
  CHECK(told({{"seq", 77}, {"ack", 301}}) == Names{"one_field[\"seq\"]"});
  CHECK(told({{"seq", 77}, {"ack", 78}}).empty());
  CHECK(told({{"seq", 4294967291}, {"ack", 301}}).empty());
}

TEST_CASE("both ends ESTABLISHED at one moment is its own idea, not that two segments suffice") {
  const auto exercise = shipped("01-handshake-states");
  const Json syn{{"client", "SYN_SENT"}, {"server", "SYN_RCVD"}};
  const Json together{{"client", "ESTABLISHED"}, {"server", "ESTABLISHED"}};
  const auto verdict = graded(exercise, 1, {{"syn", syn}, {"syn-ack", together}});
  const Json& diagnoses = verdict.at("questions").at(1).at("diagnoses");
  REQUIRE(diagnoses.size() == 1);
  CHECK(diagnoses.at(0).at("misconception") == "M08");
  CHECK(!diagnoses.at(0).contains("mutants"));
  // Who has the server ESTABLISHED by the SYN alone does not hold that.
  const Json alone{{"client", "SYN_SENT"}, {"server", "ESTABLISHED"}};
  const auto two_way = graded(exercise, 1, {{"syn", alone}, {"syn-ack", together}});
  for (const Json& question : two_way.at("questions")) {
    CHECK(question.at("diagnoses").at(0).at("misconception") == "M13");
    CHECK(question.at("diagnoses").size() == 1);
  }
}

namespace {

Names names_for(const Exercise& exercise, std::uint64_t seed, const Json& answers,
                std::size_t which) {
  Names names;
  const Json verdict = graded(exercise, seed, answers);
  for (const Json& each : verdict.at("questions").at(which).at("diagnoses")) {
    names.push_back(each.at("misconception").get<std::string>());
  }
  return names;
}

}  // namespace

TEST_CASE("a call that is thought to have its effect at once is an idea of its own") {
  const auto opening = shipped("01-handshake-states");
  const auto after_connect = [&](const char* client, const char* server) {
    return names_for(opening, 1, {{"connect", {{"client", client}, {"server", server}}}}, 0);
  };
  CHECK(after_connect("ESTABLISHED", "LISTEN") == Names{"M56"});
  CHECK(after_connect("SYN_SENT", "SYN_RCVD") == Names{"M58"});
  CHECK(after_connect("SYN_RCVD", "LISTEN").empty());
  // Nobody holds it who has the client in SYN_SENT when the SYN arrives.
  const Json at_once{{"client", "ESTABLISHED"}, {"server", "LISTEN"}};
  const Json real{{"client", "SYN_SENT"}, {"server", "SYN_RCVD"}};
  CHECK(names_for(opening, 1, {{"connect", at_once}, {"syn", real}}, 0).empty());

  const auto closing = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const std::string first = copy_of(closing, seed).params.at("first");
    const std::string other = first == "client" ? "server" : "client";
    const auto after_close = [&](const char* closer, const char* peer) {
      return names_for(closing, seed, {{"first-close", {{first, closer}, {other, peer}}}}, 0);
    };
    CHECK(after_close("CLOSED", "ESTABLISHED") == Names{"M57"});
    CHECK(after_close("CLOSE_WAIT", "ESTABLISHED") == Names{"M22"});
    CHECK(after_close("FIN_WAIT_1", "CLOSE_WAIT") == Names{"M58"});
    CHECK(after_close("TIME_WAIT", "ESTABLISHED").empty());
  }
}

TEST_CASE("of two mistakes at once, each has the name of the idea that it alone shows") {
  using Shown = std::map<std::string, std::string>;  // by the host whose state shows it
  const auto shown = [](const Exercise& exercise, std::uint64_t seed, const Json& answers) {
    Shown found;
    const Json verdict = graded(exercise, seed, answers);
    for (const Json& each : verdict.at("questions").at(0).at("diagnoses")) {
      CHECK(each.at("fields").size() == 1);
      found[each.at("fields").at(0)] = each.at("misconception");
    }
    return found;
  };
  const auto opening = shipped("01-handshake-states");
  const auto after_connect = [&](const char* client, const char* server) {
    return shown(opening, 1, {{"connect", {{"client", client}, {"server", server}}}});
  };
  CHECK(after_connect("ESTABLISHED", "SYN_RCVD") == Shown{{"client", "M56"}, {"server", "M58"}});
  // One that no idea explains leaves open what the other comes from.
  CHECK(after_connect("ESTABLISHED", "TIME_WAIT").empty());
  CHECK(after_connect("LAST_ACK", "SYN_RCVD").empty());
  // Another answer of the attempt speaks against one of them.
  const Json at_once{{"client", "ESTABLISHED"}, {"server", "SYN_RCVD"}};
  const Json real{{"client", "SYN_SENT"}, {"server", "SYN_RCVD"}};
  CHECK(shown(opening, 1, {{"connect", at_once}, {"syn", real}}).empty());

  const auto closing = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const std::string first = copy_of(closing, seed).params.at("first");
    const std::string other = first == "client" ? "server" : "client";
    const auto after_close = [&](const char* closer, const char* peer) {
      return shown(closing, seed, {{"first-close", {{first, closer}, {other, peer}}}});
    };
    CHECK(after_close("CLOSED", "CLOSE_WAIT") == Shown{{first, "M57"}, {other, "M58"}});
    CHECK(after_close("CLOSE_WAIT", "CLOSE_WAIT") == Shown{{first, "M22"}, {other, "M58"}});
    CHECK(after_close("TIME_WAIT", "CLOSE_WAIT").empty());
  }
}

TEST_CASE("an idea that has nothing to do with what was asked is not named, nor one on a hint") {
  // The ACK of the first FIN is lost. Where pure ACKs take numbers, the second FIN is not taken.
  const auto closing = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Json params = copy_of(closing, seed).params;
    const std::string first = params.at("first");
    const std::string other = params.at("other");
    for (const char* of_first : {"FIN_WAIT_2", "LAST_ACK", "FIN_WAIT_1"}) {
      for (const char* of_other : {"LAST_ACK", "FIN_WAIT_2"}) {
        const Json states{{first, of_first}, {other, of_other}};
        for (const auto& name : names_for(closing, seed, {{"second-fin", states}}, 0)) {
          CHECK(name != "M02");
          CHECK(name != "M29");
        }
      }
    }
  }
  // Who has the server in SYN_RCVD when the data comes need not think that the connection breaks.
  const auto opening = shipped("01-handshake-states");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Json waits{{"client", "ESTABLISHED"}, {"server", "SYN_RCVD"}};
    CHECK(names_for(opening, seed, {{"data", waits}}, 0).empty());
  }
}

TEST_CASE("what a mutant's idea is about can be asked, but for two") {
  // About times (M20), and about options (M54).
  const std::set<std::string_view> never{"M20", "M54"};
  const auto bears = [](std::string_view misconception, const char* kind, const char* field) {
    return exercise::bearing(misconception, {{"kind", kind}}, field, "", "") !=
           exercise::Bearing::kNone;
  };
  for (const auto& mutant : tcp::mutants()) {
    const auto id = mutant.misconception;
    CAPTURE(mutant.id, id);
    bool asked = bears(id, "state", "host");
    for (const auto* field : {"flags", "seq", "ack", "len"}) asked |= bears(id, "segment", field);
    CHECK(asked != (never.count(id) == 1));
  }
}

TEST_CASE("mistakes of textbooks about TIME_WAIT have names of their own") {
  const auto closing = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Json params = copy_of(closing, seed).params;
    const std::string first = params.at("first");
    const std::string other = params.at("other");
    const Json before{{first, "TIME_WAIT"}, {other, "LAST_ACK"}};
    const auto at_last_ack = [&](const char* of_first, const char* of_other) {
      const Json states{{first, of_first}, {other, of_other}};
      return names_for(closing, seed, {{"second-fin", before}, {"last-ack", states}}, 1);
    };
    CHECK(at_last_ack("TIME_WAIT", "TIME_WAIT") == Names{"M60"});
    CHECK(at_last_ack("CLOSED", "CLOSED") == Names{"M62"});
    CHECK(at_last_ack("TIME_WAIT", "CLOSED").empty());
  }
}

TEST_CASE("states that are thought to go with client and server are an idea of their own") {
  const auto exercise = shipped("04-who-holds-time-wait");
  const Json clients = Json::array({"browser", "proxy"});
  const Json servers = Json::array({"proxy", "server"});
  bool differs = false;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Json params = copy_of(exercise, seed).params;
    const bool waits_at_clients =
        params.at("front_first") == "browser" && params.at("back_first") == "proxy";
    const auto names =
        names_for(exercise, seed,
                  {{"close-wait", servers}, {"time-wait", clients}, {"last-ack", servers}}, 1);
    CHECK(names == (waits_at_clients ? Names{} : Names{"M59"}));
    differs |= !waits_at_clients;
  }
  CHECK(differs);
}

TEST_CASE("who waits: the end that closes second is one idea, whichever host that is") {
  const auto exercise = shipped("06-explain-time-wait");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto instance = copy_of(exercise, seed);
    Json claim = instance.exercise.at("witness").at("explain").at("claim");
    const auto diagnosed = [&](const char* slot, const Json& option) {
      Json answer = claim;
      answer[slot] = option;
      Names names;
      const Json verdict = judged_part(exercise, seed, "explain", "claim", answer);
      for (const Json& each : verdict.at("diagnoses")) {
        names.push_back(each.at("misconception").get<std::string>());
      }
      return names;
    };
    CHECK(diagnosed("who", instance.params.at("other")) == Names{"M21"});
    CHECK(diagnosed("how-long", "rtt") == Names{"M34"});
    CHECK(diagnosed("how-long", "msl") == Names{"M61"});
    CHECK(diagnosed("who", "both") == Names{"M60"});
    CHECK(diagnosed("how-long", "rto").empty());
  }
}

TEST_CASE("the mutant that swaps the names of two states shows in a question about states") {
  const auto exercise = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto params = copy_of(exercise, seed).params;
    const auto first = params.at("first").get<std::string>();
    const auto other = params.at("other").get<std::string>();
    const auto named = [&](const char* of_first, const char* of_other) {
      const auto verdict =
          judged(exercise, seed, "first-fin", {{first, of_first}, {other, of_other}});
      return verdict.at("diagnoses").empty()
                 ? ""
                 : verdict.at("diagnoses").at(0).at("misconception").get<std::string>();
    };
    CHECK(named("CLOSE_WAIT", "FIN_WAIT_1") == "M22");
    CHECK(named("CLOSE_WAIT", "ESTABLISHED") == "M22");
    CHECK(named("CLOSE_WAIT", "LISTEN") == "");
  }
}

TEST_CASE("who says how long it lasts does not believe that nobody waits") {
  const auto exercise = shipped("06-explain-time-wait");
  Json claim = copy_of(exercise, 3).exercise.at("witness").at("explain").at("claim");
  claim["who"] = "neither";
  CHECK(judged_part(exercise, 3, "explain", "claim", claim).at("diagnoses").empty());
  claim.erase("how-long");
  claim.erase("last-segment");
  const auto verdict = judged_part(exercise, 3, "explain", "claim", claim);
  REQUIRE(verdict.at("diagnoses").size() == 1);
  CHECK(verdict.at("diagnoses").at(0).at("misconception") == "M33");
}

TEST_CASE("a plan shows nothing where a mutant's world reaches the goal without it") {
  const auto exercise =
      parse(read_file("tests/unit/exercise/malformed/mutant-reaches-goals-idly.json"));
  const Json send = {
      {"at", "3s"}, {"host", "server"}, {"do", "send"}, {"socket", "accepted"}, {"text", "late"}};
  for (const Json& plan : {Json::array(), Json::array({send})}) {
    const auto verdict = judged(exercise, 1, "act", plan);
    CHECK(!verdict.at("correct").get<bool>());
    CHECK(verdict.at("diagnoses") == Json::array());
  }
}

TEST_CASE("a SYN that makes both ends ESTABLISHED shows two ideas, once connect() alone did not") {
  const auto exercise = shipped("01-handshake-states");
  const Json connect{{"client", "SYN_SENT"}, {"server", "LISTEN"}};
  const Json together{{"client", "ESTABLISHED"}, {"server", "ESTABLISHED"}};
  CHECK(names_for(exercise, 1, {{"connect", connect}, {"syn", together}}, 1) ==
        Names{"M13", "M08"});
  // Who has them ESTABLISHED from the call on does not wait for the SYN.
  CHECK(names_for(exercise, 1, {{"connect", together}, {"syn", together}}, 1).front() == "M56");
}

TEST_CASE("a seq that names the last number used is an idea, not a slip, until a seq refutes it") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto copy = copy_of(exercise, seed);
    const auto isn = copy.params.at("client_isn").get<std::uint32_t>();
    const auto server = copy.params.at("server_isn").get<std::uint32_t>();
    const auto third = [&](std::uint32_t seq, std::uint32_t ack) {
      return Json{{"flags", "ACK"}, {"seq", seq}, {"ack", ack}, {"len", 0}};
    };
    const Json sent{{"third-ack", third(isn, server + 1)}};
    CHECK(names_for(exercise, seed, sent, 0) == Names{"M66"});
    CHECK(graded(exercise, seed, sent).at("questions").at(0).at("slips") == Json::array());
    // Who counts neither SYN has another idea.
    CHECK(names_for(exercise, seed, {{"third-ack", third(isn, server)}}, 0) == Names{"M01"});
    const Json request{{"seq", isn}, {"ack", server + 1}, {"len", copy.params.at("request")}};
    CHECK(names_for(exercise, seed,
                    {{"third-ack", third(isn + 1, server + 1)}, {"request", request}}, 1)
              .empty());
  }
}

TEST_CASE("FINs that are picked, or lost, where the last ACK is meant are told as ideas") {
  const auto exercise = shipped("06-explain-time-wait");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const std::string first = copy_of(exercise, seed).params.at("first");
    const std::string other = first == "client" ? "server" : "client";
    const auto parts = [&](const Json& answers) {
      return graded(exercise, seed, {{"explain", answers}}).at("questions").at(0).at("parts");
    };
    for (const auto& host : {first, other}) {
      const Json picks{{{"kind", "state"}, {"to", "TIME_WAIT"}},
                       {{"kind", "segment.sent"}, {"host", host}, {"flags", "FIN ACK"}},
                       {{"kind", "timer.fired"}, {"timer", "time_wait"}}};
      const Json told = parts({{"evidence", picks}}).at(0).at("diagnoses");
      REQUIRE(told.size() == 1);
      CHECK(told.at(0).at("misconception") == "M67");
      CHECK(told.at(0).contains("event"));
    }
    const auto lost = [&](const char* state, int segment) {
      return parts({{"lost-ack", Json::array({{{"when", {{"host", other}, {"state", state}}},
                                               {"after", "1ms"},
                                               {"do", "drop"},
                                               {"segment", segment}}})}})
          .at(0)
          .at("diagnoses");
    };
    REQUIRE(lost("LAST_ACK", 8).size() == 1);
    CHECK(lost("LAST_ACK", 8).at(0).at("misconception") == "M68");
    CHECK(lost("CLOSE_WAIT", 7).at(0).at("misconception") == "M39");
  }
}

}  // namespace diagnosis_test
