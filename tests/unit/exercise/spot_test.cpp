// Questions about a forged picture: what is shown, judged, diagnosed and refused.
//
// The client's SYN has seq ISN; the server's has 5000 and acknowledges ISN + 1; the request of 100
// bytes begins at ISN + 1, and its ACK says ISN + 101 (RFC 9293 §3.4, §3.5 figure 6).
#include <functional>
#include <map>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace spot_test {
namespace {

const std::string& text() {
  static const std::string text = read_file("tests/unit/exercise/one-thing-wrong.json");
  return text;
}

Exercise with(const std::function<void(Json& question)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise["questions"][0]);
  return parse(format::dump(exercise));
}

// As if every variant showed this forgery.
Exercise forged_by(const std::string& id) {
  return with([&](Json& question) { question["forged"] = id; });
}

std::uint32_t isn_of(const Exercise& exercise, std::uint64_t seed) {
  return copy_of(exercise, seed).params.at("isn").get<std::uint32_t>();
}

Json verdict_on(const std::string& forgery, const Json& place, const Json& value) {
  return judged(forged_by(forgery), 1, "wrong", {{"place", place}, {"value", value}});
}

const Json& field(const Json& verdict, const std::string& name) {
  const Json& fields = verdict.at("fields");
  return *std::find_if(fields.begin(), fields.end(),
                       [&](const Json& each) { return each.at("name") == name; });
}

Json shown_rows(const Exercise& exercise) {
  const auto json = exercise::to_json(exercise, copy_of(exercise, 1));
  REQUIRE(json);
  return json->at("questions").at(0).at("rows");
}

using Cells = std::map<std::string, Json>;

// "2 flags": "SYN"
Cells cells_of(const Json& rows) {
  Cells cells;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const Json& cell : rows[row].at("cells")) {
      cells[std::to_string(row + 1) + " " + cell.at("field").get<std::string>()] = cell.at("value");
    }
  }
  return cells;
}

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  REQUIRE(!variant.errors.empty());
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

std::string first_name(const Json& verdict) {
  const Json& diagnoses = verdict.at("diagnoses");
  return diagnoses.empty() ? "" : diagnoses.at(0).at("misconception").get<std::string>();
}

}  // namespace

TEST_CASE("a forged picture is the real one but for one cell") {
  const auto isn = isn_of(forged_by("flags"), 1);
  const Cells real{{"1 flags", "SYN"},
                   {"1 seq", isn},
                   {"1 len", 0},
                   {"1 client", "SYN_SENT"},
                   {"1 server", "SYN_RCVD"},
                   {"2 flags", "SYN ACK"},
                   {"2 seq", 5000},
                   {"2 ack", isn + 1},
                   {"2 len", 0},
                   {"2 client", "ESTABLISHED"},
                   {"2 server", "SYN_RCVD"},
                   {"3 flags", "ACK"},
                   {"3 seq", isn + 1},
                   {"3 ack", 5001},
                   {"3 len", 0},
                   {"3 client", "ESTABLISHED"},
                   {"3 server", "ESTABLISHED"},
                   {"4 flags", "ACK"},
                   {"4 seq", isn + 1},
                   {"4 ack", 5001},
                   {"4 len", 100},
                   {"4 client", "ESTABLISHED"},
                   {"4 server", "ESTABLISHED"},
                   {"5 flags", "ACK"},
                   {"5 seq", 5001},
                   {"5 ack", isn + 101},
                   {"5 len", 0},
                   {"5 client", "ESTABLISHED"},
                   {"5 server", "ESTABLISHED"}};
  const struct {
    const char* forgery;
    const char* place;
    Json value;
  } rows[] = {{"number", "4 seq", isn + 101},
              {"flags", "2 flags", "SYN"},
              {"state", "1 server", "SYN_SENT"},
              {"mutant", "2 ack", isn}};
  for (const auto& row : rows) {
    INFO(row.forgery);
    Cells expected = real;
    expected[row.place] = row.value;
    CHECK(cells_of(shown_rows(forged_by(row.forgery))) == expected);
    const auto verdict = verdict_on(row.forgery, row.place, real.at(row.place));
    CHECK(verdict.at("correct") == true);
    CHECK(verdict.at("score") == 2);
    CHECK(verdict.at("max") == 2);
    CHECK(verdict.at("diagnoses").empty());
    CHECK(verdict.at("slips").empty());
  }
}

TEST_CASE("what a student gets says nothing of how a picture was forged") {
  const auto json = exercise::to_json(forged_by("flags"), copy_of(forged_by("flags"), 1));
  REQUIRE(json);
  const auto& question = json->at("questions").at(0);
  for (const char* key : {"forgeries", "forged", "ideas", "of"}) CHECK(!question.contains(key));
}

TEST_CASE("states may be left out, and only some segments drawn") {
  const auto some = with([](Json& question) {
    question["states"] = false;
    question["from"] = {{"kind", "segment.sent"}, {"len_min", 1}};
    question["forged"] = "number";
  });
  const auto isn = isn_of(some, 1);
  CHECK(cells_of(shown_rows(some)) == Cells{{"1 flags", "ACK"},
                                            {"1 seq", isn + 101},
                                            {"1 ack", 5001},
                                            {"1 len", 100},
                                            {"2 flags", "ACK"},
                                            {"2 seq", 5001},
                                            {"2 ack", isn + 101},
                                            {"2 len", 0}});
}

TEST_CASE("finding and mending each earn a point, and mending needs the place") {
  const auto found = verdict_on("flags", "2 flags", "SYN FIN");
  CHECK(found.at("score") == 1);
  CHECK(found.at("correct") == false);
  CHECK(field(found, "place").at("correct") == true);
  CHECK(field(found, "value").at("expected") == "SYN ACK");
  const auto elsewhere = verdict_on("state", "2 client", "SYN_RCVD");
  CHECK(elsewhere.at("score") == 0);
  CHECK(field(elsewhere, "place").at("expected") == "1 server");
  CHECK(field(elsewhere, "value").at("correct") == false);
  CHECK(verdict_on("flags", "2 flags", "ack+syn").at("correct") == true);
  CHECK(verdict_on("state", "1 server", "Syn Rcvd").at("correct") == true);
}

TEST_CASE("what cannot be read is told, and the right value is not") {
  const auto isn = isn_of(forged_by("number"), 1);
  const struct {
    Json place;
    Json value;
    const char* wrong;
    const char* told;
  } rows[] = {
      {"9 seq", 1, "place", "a row and a field that stands in it"},
      {"1 ack", 1, "place", "a row and a field that stands in it"},  // a SYN acknowledges nothing
      {"seq", 1, "place", "a row and a field that stands in it"},
      {7, 1, "place", "a row and a field that stands in it"},
      {"99999999999999999999999 seq", 1, "place", "a row and a field that stands in it"},
      {"4 seq", "many", "value", "a whole number"},
      {"4 flags", "SIN", "value", "one or more of SYN"},
      {"4 server", "OPEN", "value", "ESTABLISHED"},
      {"4 seq", isn + 101, "value", "so nothing is mended"},
  };
  for (const auto& row : rows) {
    const auto verdict = verdict_on("number", row.place, row.value);
    INFO(format::dump(row.place));
    const Json& wrong = field(verdict, row.wrong);
    CHECK(wrong.at("problem").at("en").get<std::string>().find(row.told) != std::string::npos);
    CHECK(!wrong.contains("expected"));
    CHECK(verdict.at("diagnoses").empty());
  }
}

TEST_CASE("an answer that a mutant's run gives, or an idea of the author, is diagnosed") {
  // SYN_SENT leads to SYN_RCVD in its world, whatever else is wrong in the picture.
  CHECK(first_name(verdict_on("flags", "2 client", "SYN_RCVD")) == "M07");
  CHECK(first_name(verdict_on("number", "2 client", "SYN_RCVD")) == "M07");
  CHECK(first_name(verdict_on("flags", "2 client", "SYN_SENT")) == "M08");
  // The SYN took no number: the first that this contradicts.
  const auto isn = isn_of(forged_by("flags"), 1);
  CHECK(first_name(verdict_on("flags", "2 ack", isn)) == "M01");
  // Found, and mended as the mutant would have it.
  CHECK(first_name(verdict_on("number", "4 seq", isn)) == "M01");
  CHECK(first_name(verdict_on("flags", "3 client", "CLOSED")).empty());
  const auto refuted = verdict_on("flags", "2 client", "SYN_RCVD").at("diagnoses").at(0);
  const auto run = exercise::run_scenario(
      copy_of(forged_by("flags"), 1).exercise.at("scenario"), 1, format::Source{},
      *std::make_unique<std::uint64_t>(exercise::max_events_of_all));
  REQUIRE(run);
  const Json& event = (*run)->events[refuted.at("event").get<std::size_t>()];
  CHECK(event.at("kind") == "state");
  CHECK(event.at("to") == "ESTABLISHED");
  CHECK(event.at("host") == "client");
}

TEST_CASE("who believes in a mutant calls something wrong that is right") {
  const auto exercise = forged_by("flags");
  const auto key = exercise::answer_key(copy_of(exercise, 1), "client_via_syn_rcvd");
  REQUIRE(key);
  CHECK(key->at("wrong") == Json{{"place", "2 client"}, {"value", "SYN_RCVD"}});
  const auto own = exercise::answer_key(copy_of(exercise, 1), "");
  REQUIRE(own);
  CHECK(own->at("wrong") == Json{{"place", "2 flags"}, {"value", "SYN ACK"}});
}

TEST_CASE("slips of a spot are told as what they are") {
  const auto same_row = verdict_on("flags", "2 seq", 4711);
  REQUIRE(same_row.at("slips").size() == 1);
  CHECK(same_row.at("slips").at(0).at("kind") == "same_row");
  const auto isn = isn_of(forged_by("number"), 1);
  const auto off = verdict_on("number", "4 seq", isn + 2);
  CHECK(field(off, "place").at("correct") == true);
  REQUIRE(off.at("slips").size() == 1);
  CHECK(off.at("slips").at(0).at("kind") == "off_by_one");
}

// The client closes after all that is drawn; its state in the fourth row is forged.
Exercise closed_later(const char* forged_state) {
  Json exercise = format::parse(text())->value();
  exercise["scenario"]["script"].push_back(
      {{"at", "900ms"}, {"host", "client"}, {"do", "close"}, {"socket", "socket"}});
  Json& question = exercise["questions"][0];
  question["forged"] = "state";
  question["rows"] = 5;
  question["forgeries"][2] = {{"id", "state"},
                              {"of", {{"host", "client"}, {"len_min", 1}}},
                              {"field", "client"},
                              {"by", {{"value", forged_state}}}};
  return parse(format::dump(exercise));
}

TEST_CASE("a state of another moment, or of none, is told so") {
  const auto told = [](const char* forged_state, const char* state) {
    const auto verdict =
        judged(closed_later(forged_state), 1, "wrong", {{"place", "4 client"}, {"value", state}});
    CHECK(field(verdict, "place").at("correct") == true);
    CHECK(verdict.at("diagnoses").empty());
    const Json& slips = verdict.at("slips");
    return slips.empty() ? "" : slips.at(0).at("kind").get<std::string>();
  };
  CHECK(told("LISTEN", "CLOSED") == "too_early");
  CHECK(told("LISTEN", "FIN_WAIT_1") == "too_late");
  CHECK(told("LISTEN", "CLOSE_WAIT") == "no_way_to");
  CHECK(told("LISTEN", "LAST_ACK") == "no_way_to");
}

TEST_CASE("one number that is off by one shows an idea only where the exercise teaches it") {
  // ISN + 2 is what a pure ACK that takes a number leads to.
  const auto answer = Json{{"place", "4 seq"}, {"value", isn_of(forged_by("number"), 1) + 2}};
  CHECK(first_name(judged(forged_by("number"), 1, "wrong", answer)).empty());
  Json exercise = format::parse(text())->value();
  exercise["questions"][0]["forged"] = "number";
  exercise["teaches"] = {"M02"};
  CHECK(first_name(judged(parse(format::dump(exercise)), 1, "wrong", answer)) == "M02");
}

// A table of the sockets when both ends have closed, the client first: the client waits in
// TIME_WAIT (RFC 9293 section 3.6), the server's end is CLOSED, and the listener listens on.
Json table() {
  Json exercise = format::parse(text())->value();
  exercise["teaches"] = {"M33"};
  Json& script = exercise["scenario"]["script"];
  script[1]["port"] = 40000;
  script.push_back({{"at", "900ms"}, {"host", "client"}, {"do", "close"}, {"socket", "socket"}});
  script.push_back({{"at", "1s"}, {"host", "server"}, {"do", "close"}, {"socket", "accepted"}});
  script.push_back(
      {{"at", "2s"}, {"host", "server"}, {"do", "listen"}, {"port", 81}, {"as", "other"}});
  exercise["questions"][0].update(
      Json{{"as", "ss"},
           {"from", {{"kind", "call"}, {"socket", "other"}}},
           {"forged", "listener"},
           {"forgeries",
            {{{"id", "listener"},
              {"of", {{"to", "LISTEN"}}},
              {"field", "server"},
              {"by", {{"value", "syn-rcvd"}}}},
             {{"id", "waits"}, {"by", {{"mutant", "passive_closer_holds_time_wait"}}}},
             {{"id", "both"},
              {"of", {{"host", "server"}, {"to", "CLOSED"}}},
              {"field", "server"},
              {"by", {{"value", "TIME_WAIT"}}}}}},
           {"ideas",
            {{{"of", {{"host", "client"}}},
              {"field", "client"},
              {"value", "FIN_WAIT_2"},
              {"shows", "M58"}}}}});
  return exercise;
}

Exercise table_forged_by(const char* id) {
  Json exercise = table();
  exercise["questions"][0]["forged"] = id;
  return parse(format::dump(exercise));
}

TEST_CASE("a table lists the sockets of one moment, but those in CLOSED, with one state wrong") {
  const auto rows = shown_rows(table_forged_by("listener"));
  CHECK(cells_of(rows) ==
        Cells{{"1 client", "TIME_WAIT"}, {"2 server", "SYN_RCVD"}, {"3 server", "LISTEN"}});
  CHECK(rows[0].at("src") == "10.0.0.1:40000");
  CHECK(rows[0].at("dst") == "10.0.0.2:80");
  CHECK(rows[1].at("src") == "*:80");
  CHECK(rows[2].at("src") == "*:81");
  CHECK(rows[1].at("dst") == "*:*");
  Json netstat = table();
  netstat["questions"][0]["as"] = "netstat";
  CHECK(shown_rows(parse(format::dump(netstat))) == rows);
  const auto mended =
      judged(table_forged_by("listener"), 1, "wrong", {{"place", "2 server"}, {"value", "LISTEN"}});
  CHECK(mended.at("correct") == true);
  CHECK(mended.at("score") == 2);
}

TEST_CASE("what a table lists and should not is CLOSED") {
  const auto rows = shown_rows(table_forged_by("both"));
  CHECK(cells_of(rows) == Cells{{"1 client", "TIME_WAIT"},
                                {"2 server", "LISTEN"},
                                {"3 server", "TIME_WAIT"},
                                {"4 server", "LISTEN"}});
  CHECK(rows[2].at("dst") == "10.0.0.1:40000");
  const auto on = [](const char* place, const char* value) {
    return judged(table_forged_by("both"), 1, "wrong", {{"place", place}, {"value", value}});
  };
  CHECK(on("3 server", "CLOSED").at("correct") == true);
  const auto late = on("3 server", "LAST_ACK");
  CHECK(field(late, "place").at("correct") == true);
  CHECK(late.at("slips").at(0).at("kind") == "too_early");
  // Who thinks that nobody waits calls the line of the one that does wrong.
  CHECK(first_name(on("1 client", "CLOSED")) == "M33");
}

TEST_CASE("a table forged by a mutant has a state of its run") {
  // The end that closes last waits there, and the first is gone: so that would not be listed.
  CHECK(first_error(table_forged_by("waits")).find("a socket in CLOSED is not listed") !=
        std::string::npos);
  Json exercise = table();
  exercise["questions"][0]["forged"] = "waits";
  exercise["questions"][0]["forgeries"][1]["field"] = "server";
  CHECK(cells_of(shown_rows(parse(format::dump(exercise)))).at("3 server") == "TIME_WAIT");
}

TEST_CASE("a forgery that is not wrong, or not there, is refused with its place") {
  const auto error = [](const char* forgery, const Json& change) {
    return first_error(with([&](Json& question) {
      for (Json& each : question["forgeries"]) {
        if (each.at("id") == forgery) each.update(change);
      }
      question["ideas"] = Json::array({{{"of", {{"host", "server"}}},
                                        {"field", "client"},
                                        {"value", "SYN_SENT"},
                                        {"shows", "M08"}}});
    }));
  };
  CHECK(error("flags", {{"by", {{"value", "ACK SYN"}}}}) ==
        "/questions/0/forgeries/1/by: this is what the real run has, so that nothing is wrong in "
        "the picture");
  CHECK(error("number", {{"by", {{"plus", 0}}}}).find("/by: this is what") != std::string::npos);
  CHECK(error("number", {{"nth", 2}}) ==
        "/questions/0/forgeries/0/of: no segment of the picture matches");
  CHECK(error("state", {{"field", "ack"}}) ==
        "/questions/0/forgeries/2/field: nothing of this name stands in the row");
  CHECK(error("state", {{"by", {{"plus", 1}}}}) ==
        "/questions/0/forgeries/2/by/plus: no number stands there");
  CHECK(error("mutant", {{"by", {{"mutant", "no_time_wait"}}}}) ==
        "/questions/0/forgeries/3/by/mutant: under this mutant, nothing there differs from the "
        "real run");
  CHECK(first_error(with([](Json& question) { question["forged"] = "other"; })) ==
        "/questions/0/forged: no forgery is called \"other\"");
  CHECK(first_error(with([](Json& question) { question["ideas"][0]["value"] = "ESTABLISHED"; })) ==
        "/questions/0/ideas/0: this is what the real run has, so it shows nothing");
  CHECK(first_error(with([](Json& question) {
          question["of"] = {{"flags", "SYN"}};
        })).find("fewer than two segments") != std::string::npos);
}

}  // namespace spot_test
