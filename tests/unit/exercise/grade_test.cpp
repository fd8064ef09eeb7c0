// Grading: tolerant reading, partial credit, evidence, and answers that nobody means well.
#include <algorithm>
#include <map>

#include "exercise/witness.hpp"

#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace grade_test {
namespace {

Json third_ack(const Json& seq, const Json& ack, const Json& flags = "ACK") {
  return {{"flags", flags}, {"seq", seq}, {"ack", ack}, {"len", 0}};
}

std::string grouped(std::uint32_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string spaced(std::uint32_t number) {
  std::string text(1, ' ');
  text += std::to_string(number);
  text += ' ';
  return text;
}

std::string full_width(std::uint32_t number) {
  std::string text;
  for (const char c : std::to_string(number)) {
    text += "\xef\xbc";
    text += static_cast<char>(0x90 + (c - '0'));
  }
  return text;
}

const Json& field_of(const Json& verdict, const std::string& name) {
  const Json& fields = verdict.at("fields");
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const Json& each) { return each.at("name") == name; });
  REQUIRE(field != fields.end());
  return *field;
}

}  // namespace

TEST_CASE("numbers and flags are read as people write them") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  const auto params = copy_of(exercise, 7).params;
  const auto seq = params.at("client_isn").get<std::uint32_t>() + 1;
  const auto ack = params.at("server_isn").get<std::uint32_t>() + 1;
  const auto right = [&](const Json& s, const Json& a, const Json& flags) {
    return judged(exercise, 7, "third-ack", third_ack(s, a, flags)).at("correct").get<bool>();
  };
  CHECK(right(seq, ack, "ACK"));
  CHECK(right(std::to_string(seq), spaced(ack), "ack"));
  CHECK(right(grouped(seq), full_width(ack), "psh+ack"));
  CHECK(right(full_width(seq), grouped(ack), "\xef\xbc\xa1\xef\xbc\xa3\xef\xbc\xab"));
  CHECK(!right(seq, ack, "SYN,ACK"));
  CHECK(!right(seq + 1, ack, "ACK"));
}

TEST_CASE("what is no number is unreadable and gives nothing away") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (const Json& bad : {Json("4294967296"), Json(4294967296), Json(-1), Json("-1"), Json("1.5"),
                          Json(1.5), Json("0x10"), Json(""), Json(" "), Json("ISN + 1"), Json(true),
                          Json::array({1}), Json("99999999999999999999999999")}) {
    const auto verdict = judged(exercise, 7, "third-ack", third_ack(bad, 1));
    INFO(format::dump(bad));
    const Json& seq = field_of(verdict, "seq");
    REQUIRE(seq.contains("problem"));
    CHECK(seq.at("problem").at("en").get<std::string>().rfind("seq: found ", 0) == 0);
    CHECK(seq.at("correct") == false);
    CHECK(!seq.contains("expected"));
    CHECK(!seq.contains("evidence"));
  }
  const auto huge = judged(exercise, 7, "third-ack", third_ack(std::string(100'000, '0'), 1));
  CHECK(!huge.at("correct").get<bool>());
}

TEST_CASE("a field that cannot be read costs its own point and no other, and shows no idea") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  const auto params = copy_of(exercise, 7).params;
  const auto ack = params.at("server_isn").get<std::uint32_t>() + 1;
  const auto verdict = judged(exercise, 7, "third-ack", third_ack("about 1000", ack));
  CHECK(verdict.at("max") == 4);
  CHECK(verdict.at("score") == 3);
  CHECK(verdict.at("half_points") == 6);
  CHECK(verdict.at("correct") == false);
  CHECK(!verdict.contains("problem"));
  CHECK(verdict.at("diagnoses") == Json::array());
  for (const char* name : {"flags", "ack", "len"}) {
    CHECK(field_of(verdict, name).at("correct") == true);
    CHECK(!field_of(verdict, name).contains("problem"));
  }

  const auto states = shipped("01-handshake-states");
  const auto half = judged(states, 1, "connect", {{"client", "SYN_SEND"}, {"server", "LISTEN"}});
  CHECK(half.at("score") == 1);
  CHECK(field_of(half, "client").at("problem").at("zh").get<std::string>().find("SYN_SENT") !=
        std::string::npos);
}

TEST_CASE("every field that cannot be read is named, in both languages") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  const Json bad{{"flags", "XYZ"}, {"seq", "abc"}, {"ack", "-1"}, {"len", "1.5"}};
  const auto verdict = judged(exercise, 7, "third-ack", bad);
  CHECK(verdict.at("score") == 0);
  for (const char* language : {"en", "zh"}) {
    for (const auto& [name, typed] : bad.items()) {
      const auto said = field_of(verdict, name).at("problem").at(language).get<std::string>();
      INFO(said);
      CHECK(said.find(name) != std::string::npos);
      CHECK(said.find(typed.dump()) != std::string::npos);
    }
  }
}

TEST_CASE("an answer to what nobody asked is told, and the rest of it judged") {
  const auto exercise = shipped("01-handshake-states");
  const Json answer{{"client", "SYN_SENT"}, {"server", "LISTEN"}, {"proxy", "CLOSED"}};
  const auto verdict = judged(exercise, 1, "connect", answer);
  CHECK(verdict.at("score") == 2);
  CHECK(verdict.at("correct") == false);
  CHECK(verdict.at("problem").at("en").get<std::string>().find("\"proxy\"") != std::string::npos);
}

TEST_CASE("an unknown option or event costs its own place only") {
  const auto exercise = shipped("06-explain-time-wait");
  const auto instance = copy_of(exercise, 1);
  Json answer = instance.exercise.at("witness").at("explain");
  for (const char* build : {"lost-ack", "old-data"}) answer.erase(build);
  answer["claim"]["who"] = "nobody";
  answer["evidence"].push_back(123456);
  const auto verdict = judged(exercise, 1, "explain", answer);
  const Json& claim = verdict.at("parts").at(0);
  CHECK(claim.at("score") == 4);
  CHECK(field_of(claim, "who").contains("problem"));
  const Json& evidence = verdict.at("parts").at(1);
  // Three needs are met by three of four picks: 6 * 3 / 4, rounded down.
  CHECK(evidence.at("score") == 4);
  CHECK(evidence.at("fields").back().contains("problem"));
}

TEST_CASE("every field counts for itself, and the events prove the right answer") {
  const auto exercise = shipped("03-close-states");
  const auto instance = copy_of(exercise, 1);
  Json answer = instance.exercise.at("witness").at("last-ack");
  const auto first = instance.params.at("first").get<std::string>();
  answer[first] = "fin-wait-2";
  const auto verdict = judged(exercise, 1, "last-ack", answer);
  CHECK(verdict.at("score") == 1);
  CHECK(verdict.at("max") == 2);
  CHECK(verdict.at("evidence").size() == 2);
  for (const Json& field : verdict.at("fields")) {
    const bool is_first = field.at("name") == first;
    CHECK(field.at("correct") == !is_first);
    CHECK(field.contains("evidence") == is_first);
    if (is_first) CHECK(field.at("answer") == "FIN_WAIT_2");
    if (is_first) CHECK(field.at("expected") == "TIME_WAIT");
  }
  answer.erase(first);
  CHECK(judged(exercise, 1, "last-ack", answer).at("score") == 1);
}

TEST_CASE("what is told of a wrong field is what decides it") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const auto instance = copy_of(exercise, seed);
    const auto run = exercise::Runs(instance.exercise.at("scenario"), seed, {}).plain();
    REQUIRE(run);
    for (const Json& question : instance.exercise.at("questions")) {
      Json answer = Json::object();
      for (const Json& name : question.at("fields")) {
        answer[name.get<std::string>()] = name == "flags" ? Json("RST") : Json(7);
      }
      const auto verdict = judged(exercise, seed, question.at("id"), answer);
      const auto host = question.at("of").at("host");
      for (const Json& field : verdict.at("fields")) {
        INFO(seed << " " << question.at("id") << " " << field.at("name"));
        const Json& last = (*run)->events[field.at("evidence").back().get<std::size_t>()];
        CHECK(last.at("host") == host);
        if (field.at("name") == "seq" || field.at("name") == "ack") {
          const Json& segment = last.at("segment");
          CHECK(last.at("kind") ==
                (field.at("name") == "seq" ? "segment.sent" : "segment.received"));
          CHECK(segment.at("seq").get<std::uint32_t>() + segment.at("takes").get<std::uint32_t>() ==
                field.at("expected").get<std::uint32_t>());
        } else if (field.at("name") == "len" && field.at("expected") != 0) {
          const Json& call = (*run)->events[field.at("evidence").front().get<std::size_t>()];
          CHECK(call.at("kind") == "call");
          CHECK(call.at("bytes") == field.at("expected"));
          CHECK(last.at("n") == verdict.at("evidence").front());
        } else {
          CHECK(last.at("n") == verdict.at("evidence").front());
        }
      }
    }
  }
}

TEST_CASE("of a host that is named wrongly, where it left the way of the others is told too") {
  const auto exercise = shipped("04-who-holds-time-wait");
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto instance = copy_of(exercise, seed);
    const auto run = exercise::Runs(instance.exercise.at("scenario"), seed, {}).plain();
    REQUIRE(run);
    const Json everyone = Json::array({"browser", "proxy", "server"});
    // Who closes first sends a FIN in ESTABLISHED, and who closes second receives one there.
    for (const auto& [question, left] :
         {std::pair("close-wait", "FIN_WAIT_1"), std::pair("time-wait", "CLOSE_WAIT")}) {
      const auto field = judged(exercise, seed, question, everyone).at("fields").at(0);
      if (field.at("correct").get<bool>()) continue;
      std::map<std::string, int> shown;
      for (const Json& n : field.at("evidence")) {
        const Json& event = (*run)->events[n.get<std::size_t>()];
        const std::string host = event.at("host");
        ++shown[host];
        const Json& right = field.at("expected");
        if (std::find(right.begin(), right.end(), host) != right.end()) continue;
        CHECK(event.at("from") == "ESTABLISHED");
        CHECK(event.at("to") == left);
      }
      CHECK(shown.size() == 3);
    }
  }
}

TEST_CASE("of a state that did not change, what was lost on the way to it is evidence") {
  const std::pair<const char*, const char*> lossy[] = {{"01-handshake-states", "before-data"},
                                                       {"03-close-states", "second-close"}};
  for (const auto& [name, id] : lossy) {
    const auto exercise = shipped(name);
    int with_loss = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      const auto instance = copy_of(exercise, seed);
      const auto run = exercise::Runs(instance.exercise.at("scenario"), seed, {}).plain();
      REQUIRE(run);
      const Json witness = instance.exercise.at("witness").at(id);
      Json answer = Json::object();
      for (const auto& [host, state] : witness.items()) answer[host] = "LISTEN";
      const auto verdict = judged(exercise, seed, id, answer);
      INFO(name << " " << seed);
      for (const Json& field : verdict.at("fields")) {
        const bool waits =
            field.at("expected") == "SYN_RCVD" || field.at("expected") == "FIN_WAIT_1";
        const Json& why = field.at("evidence");
        CHECK((*run)->events.kind(why.front().get<std::size_t>()) == "state");
        CHECK(why.size() == (waits ? 2 : 1));
        if (!waits) continue;
        ++with_loss;
        const Json& lost = (*run)->events[why.back().get<std::size_t>()];
        CHECK(lost.at("kind") == "segment.dropped");
        CHECK(lost.at("segment").at("flags") == "ACK");
        // It shows a right answer, too.
        const Json shown = judged(exercise, seed, id, witness).at("evidence");
        CHECK(std::find(shown.begin(), shown.end(), why.back()) != shown.end());
      }
    }
    CHECK(with_loss > 0);
  }
}

TEST_CASE("a wrong sentence about another run names the event that decides it there") {
  const auto exercise = shipped("06-explain-time-wait");
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Json answer = copy_of(exercise, seed).exercise.at("witness").at("explain").at("claim");
    answer["how-long"] = "rtt";
    answer["last-segment"] = "arrives";
    answer["next-connection"] = "port";
    const auto verdict = judged_part(exercise, seed, "explain", "claim", answer);
    for (const Json& field : verdict.at("fields")) {
      const auto& name = field.at("name").get_ref<const std::string&>();
      INFO(seed << " " << name);
      if (name == "who" || name == "why-two") {
        CHECK(!field.contains("evidence"));
      } else if (name == "how-long") {
        CHECK(field.at("evidence").size() == 2);
        CHECK(field.at("elsewhere").empty());
      } else {
        REQUIRE(!field.at("elsewhere").empty());
        CHECK(field.at("evidence").empty());
        CHECK(field.at("elsewhere").back().contains("change"));
        const Json& event = field.at("elsewhere").back().at("events").back();
        CHECK(event.at("kind") == (name == "last-segment" ? "state" : "deliver"));
      }
    }
  }
}

TEST_CASE("only answered questions are in the verdict, but all count") {
  const auto exercise = shipped("01-handshake-states");
  const auto verdict = graded(exercise, 3, {{"syn", {{"client", "SYN_SENT"}}}});
  CHECK(verdict.at("questions").size() == 1);
  CHECK(verdict.at("score") == 1);
  CHECK(verdict.at("max") == 10);
  CHECK(verdict.at("exercise") == "01-handshake-states");
  CHECK(verdict.at("seed") == 3);
  CHECK(!exercise::passes(verdict));
  CHECK(graded(exercise, 3, Json::object()).at("score") == 0);
}

TEST_CASE("the same answers give the same bytes") {
  for (const auto& name : shipped_names()) {
    const auto exercise = shipped(name);
    const auto instance = copy_of(exercise, 5);
    for (const Json& witness : exercise::witnesses(instance.exercise)) {
      CHECK(format::dump(graded(exercise, 5, witness)) ==
            format::dump(graded(exercise, 5, witness)));
    }
  }
}

TEST_CASE("picked evidence: precision, recall and vetoes") {
  const auto exercise = shipped("06-explain-time-wait");
  const auto judge = [&](const Json& picks) {
    return judged_part(exercise, 4, "explain", "evidence", picks);
  };
  const Json right = copy_of(exercise, 4).exercise.at("witness").at("explain").at("evidence");
  CHECK(judge(right).at("score") == 6);
  CHECK(judge(Json::array({right[0]})).at("score") == 2);
  CHECK(judge(Json::array({right[0], right[0]})).at("score") == 2);
  Json noisy = right;
  for (int n = 0; n < 3; ++n) noisy.push_back(n);
  CHECK(judge(noisy).at("score") == 3);
  CHECK(judge(Json::array()).at("score") == 0);
  CHECK(!judge(Json::array()).contains("problem"));
  Json spoilt = right;
  spoilt.push_back({{"kind", "state"}, {"to", "LAST_ACK"}});
  const auto verdict = judge(spoilt);
  CHECK(verdict.at("score") == 0);
  CHECK(verdict.at("diagnoses").at(0).at("misconception") == "M21");
  for (const Json& bad : {Json(100'000), Json(-1), Json{{"kind", "moon"}}}) {
    CHECK(judge(Json::array({bad})).at("fields").at(0).contains("problem"));
    Json one_bad = right;
    one_bad.push_back(bad);
    CHECK(judge(one_bad).at("score") == 4);  // 6 * 3 / 4
  }
  CHECK(judge("all of them").contains("problem"));
}

TEST_CASE("a vetoed event shows no idea beside one that the idea denies") {
  const auto exercise = parse(
      read_file("exercises/lessons/02-three-way-handshake/exercises/2f-what-completed-it.json"));
  const Json client_up{{"kind", "state"}, {"host", "client"}, {"to", "ESTABLISHED"}};
  const Json server_up{{"kind", "state"}, {"host", "server"}, {"to", "ESTABLISHED"}};
  const Json syn_ack{{"kind", "segment.received"}, {"host", "client"}, {"flags", "SYN ACK"}};
  const auto judge = [&](const Json& one, const Json& other) {
    return judged(exercise, 1, "picks", Json::array({one, other}));
  };
  // Who has the server ESTABLISHED by what the client receives has it so throughout.
  const auto misled = judge(client_up, syn_ack);
  CHECK(misled.at("score") == 0);
  CHECK(misled.at("diagnoses").at(0).at("misconception") == "M08");
  // Who picks the server's own change has not: the other pick is a slip, and still wrong.
  const auto careless = judge(server_up, syn_ack);
  CHECK(careless.at("score") == 0);
  CHECK(careless.at("diagnoses").empty());
}

TEST_CASE("a build replays what was done, and only what is allowed") {
  const auto exercise = shipped("05-both-in-closing");
  const auto judge = [&](const Json& actions) {
    return judged(exercise, 2, "closing", {{"can", "yes"}, {"plan", actions}});
  };
  const Json client{{"at", "1s"}, {"host", "client"}, {"do", "close"}, {"socket", "socket"}};
  const Json server{{"at", "1s"}, {"host", "server"}, {"do", "shutdown"}, {"socket", "accepted"}};
  const auto both = judge(Json::array({client, server}));
  CHECK(both.at("correct") == true);
  CHECK(both.at("goals").at(0).at("holds") == true);
  CHECK(both.at("goals").at(0).at("n").is_number());
  // That it can be done is right, and all that is.
  CHECK(judge(Json::array({client})).at("score") == 1);
  CHECK(judge(Json::array()).at("score") == 1);

  Json recorded = server;  // as the page records: between two steps of one moment
  recorded["step"] = 5;
  CHECK(judge(Json::array({client, recorded})).at("correct") == true);

  Json abort = client;
  abort["do"] = "abort";
  CHECK(judge(Json::array({abort})).at("problem").at("en") ==
        "/0: \"abort\" on \"client\" is not allowed in this exercise");
  Json duplicate{{"at", "1s"}, {"do", "duplicate"}, {"segment", 1}};
  CHECK(judge(Json::array({duplicate})).contains("problem"));
  Json nobody = client;
  nobody["host"] = "mallory";
  CHECK(judge(Json::array({nobody})).contains("problem"));
  Json timeless = client;
  timeless.erase("at");
  CHECK(judge(Json::array({timeless})).contains("problem"));
}

TEST_CASE("an answers file must belong to the exercise") {
  const auto exercise = shipped("01-handshake-states");
  const auto file = [](const std::string& id, int rev, const std::string& answers) {
    return R"({"format": "tcplab-answers/1", "exercise": ")" + id + R"(", "rev": )" +
           std::to_string(rev) + R"(, "seed": 9, "answers": )" + answers + "}";
  };
  const auto told = [&](const std::string& text, std::optional<std::uint64_t> seed = {}) {
    const auto verdict = exercise::grade(exercise, text, seed);
    return verdict ? "" : format::to_text("", verdict.error());
  };
  CHECK(told(file("01-handshake-states", 1, "{}")) == "");
  CHECK(told(file("01-handshake-states", 1, "{}"), 9) == "");
  CHECK(told(file("01-handshake-states", 1, "{}"), 8) ==
        ":1:85: /seed: these answers are for seed 9, not 8\n");
  CHECK(told(file("02", 1, "{}")).find("these answers are for exercise \"02\"") !=
        std::string::npos);
  CHECK(told(file("01-handshake-states", 2, "{}")).find("these answers are for rev 2, not 1") !=
        std::string::npos);
  CHECK(told(file("01-handshake-states", 1, R"({"sin": 1})"))
            .find("/answers/sin: no question is called \"sin\" (did you mean \"syn\"?)") !=
        std::string::npos);
  const std::string tried = R"({"format": "tcplab-answers/1", "exercise": "01-handshake-states", )"
                            R"("rev": 1, "seed": 9, "answers": {}, )";
  CHECK(told(tried + R"("tries": {"syn": 2}})") == "");
  for (const char* history :
       {R"("tries": {"sin": 2}})", R"("revealed": {"sin": true}})", R"("earlier": {"sin": []}})"}) {
    CHECK(told(tried + history)
              .find("/sin: nothing to answer is called \"sin\" (did you mean \"syn\"?)") !=
          std::string::npos);
  }
  CHECK(told("[]") != "");
  CHECK(told("") != "");
  CHECK(told(std::string(5 * 1024 * 1024, ' ')) != "");
}

TEST_CASE("hostile answers give a problem or no points, never a crash") {
  Json deep = 1;
  for (int i = 0; i < 60; ++i) deep = Json{{"a", deep}};
  Json long_list = Json::array();
  for (int i = 0; i < 50'000; ++i) long_list.push_back("client");
  Json wide = Json::object();
  for (int i = 0; i < 500; ++i) wide["k" + std::to_string(i)] = i;
  const Json hostile[] = {nullptr,
                          true,
                          0,
                          -1,
                          1e300,
                          "",
                          std::string(1'000'000, 'x'),
                          "<script>alert(1)</script>",
                          Json::array(),
                          Json::array({nullptr, 1, "x"}),
                          Json::array({Json::object()}),
                          Json::array({{{"do", "close"}}}),
                          Json::array({{{"do", 1}, {"at", {1}}}}),
                          long_list,
                          Json::object(),
                          deep,
                          wide};
  for (const auto& name : shipped_names()) {
    const auto exercise = shipped(name);
    for (const Json& question : exercise.json().at("questions")) {
      const auto id = question.at("id").get<std::string>();
      for (const Json& answer : hostile) {
        CHECK(judged(exercise, 1, id, answer).at("score") == 0);
        if (question.at("kind") != "explain") continue;
        for (const Json& part : question.at("parts")) {
          CHECK(judged_part(exercise, 1, id, part.at("id"), answer).at("score") == 0);
        }
      }
    }
  }
}

TEST_CASE("free text is kept out of the score") {
  const auto exercise = shipped("06-explain-time-wait");
  const auto verdict = judged_part(exercise, 1, "explain", "words", "因为最后一个 ACK 可能丢失。");
  CHECK(verdict.at("score") == 0);
  CHECK(verdict.at("max") == 0);
  CHECK(verdict.at("correct") == true);
  CHECK(judged_part(exercise, 1, "explain", "words", 5).contains("problem"));
}

TEST_CASE("old data that was taken is told with its number and the one that was expected") {
  const auto exercise = shipped("06-explain-time-wait");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Json params = copy_of(exercise, seed).params;
    // The SYN takes the ISN, so the payment, which is the first data, begins one above.
    const auto payment = params.at("isn").get<std::uint32_t>() + 1;
    const auto taken = [&](const char* by) {
      const Json plan =
          Json::array({{{"at", "301ms"}, {"do", "duplicate"}, {"segment", 4}, {"by", by}}});
      const auto verdict =
          judged_part(exercise, seed, "explain", "old-data", {{"can", "yes"}, {"plan", plan}});
      CHECK(verdict.at("correct") == true);
      return verdict.at("goals").at(0).at("old_data");
    };
    // After the new data, which fills all up to the payment.
    const Json late = taken("4s");
    CHECK(late.at("seq") == payment);
    CHECK(late.at("expected") == payment);
    // Before it: the new connection's SYN is there, and its first data is expected.
    const Json early = taken("2960ms");
    CHECK(early.at("seq") == payment);
    CHECK(early.at("expected") == params.at("new_isn").get<std::uint32_t>() + 1);
    CHECK(early.at("n").get<int>() < late.at("n").get<int>());
  }
}

TEST_CASE("only what an earlier connection sent is told as old data") {
  const auto exercise =
      parse(read_file("tests/unit/exercise/malformed/mutant-reaches-goals-idly.json"));
  const Json send = {
      {"at", "3s"}, {"host", "server"}, {"do", "send"}, {"socket", "accepted"}, {"text", "late"}};
  const auto verdict = judged(exercise, 1, "act", Json::array({send}));
  for (const Json& goal : verdict.at("goals")) CHECK(!goal.contains("old_data"));
}

}  // namespace grade_test
