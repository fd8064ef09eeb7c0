// Questions about an order: what the run fixes, what may stand either way, points, diagnoses.
//
// connect() is called at 10 ms. With a way of D, the SYN,ACK leaves at 10 ms + D, the client is
// ESTABLISHED and connect() returns at 10 ms + 2D, the server is ESTABLISHED at 10 ms + 3D, and
// accept() returns when it is called, seconds later (RFC 9293 §3.5, figure 6).
#include <functional>
#include <set>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/witness.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace order_test {
namespace {

const std::string& text() {
  static const std::string text = read_file("tests/unit/exercise/in-order.json");
  return text;
}

// Its question is the one that `change` has made of it.
Exercise with(const std::function<void(Json& question)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise["questions"][0]);
  return parse(format::dump(exercise));
}

Json judged_order(const Json& answer) { return judged(parse(text()), 1, "life", answer); }

std::set<std::string> wrong_cards(const Json& verdict) {
  std::set<std::string> wrong;
  for (const Json& field : verdict.at("fields")) {
    if (!field.at("correct").get<bool>()) wrong.insert(field.at("name"));
  }
  return wrong;
}

Json pairs(const char* one, const char* other) { return Json::array({Json::array({one, other})}); }

const Json& field(const Json& verdict, const std::string& name) {
  const Json& fields = verdict.at("fields");
  return *std::find_if(fields.begin(), fields.end(),
                       [&](const Json& each) { return each.at("name") == name; });
}

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  REQUIRE(!variant.errors.empty());
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

}  // namespace

TEST_CASE("an order is right whichever way stands what happens at one moment") {
  for (const Json& right :
       {Json::array({"connect", "synack", "client", "returns", "server", "accept"}),
        Json::array({"connect", "synack", "returns", "client", "server", "accept"}),
        Json("connect synack client returns  server accept ")}) {
    const auto verdict = judged_order(right);
    INFO(format::dump(right));
    CHECK(verdict.at("correct") == true);
    CHECK(verdict.at("score") == 7);
    CHECK(verdict.at("max") == 7);
    CHECK(wrong_cards(verdict).empty());
    CHECK(verdict.at("diagnoses").empty());
    CHECK(verdict.at("slips").empty());
  }
}

// Of the 15 pairs of six cards, "client" and "returns" may stand either way: 14 are fixed. The
// seventh card does not happen, and stands for a pair with each of the six: 20 pairs in all.
TEST_CASE("the points are the right pairs less the wrong ones, as a share of all") {
  const struct {
    const char* order;
    std::uint64_t score;  // of 7, rounded down
    std::set<std::string> wrong;
  } rows[] = {
      // One of 20 is wrong: 7 * 18 / 20 = 6.3. Of two neighbours one has to move.
      {"connect synack client returns accept server", 6, {"accept"}},
      // "accept" stands before four of the others: 7 * (16 - 4) / 20 = 4.2.
      {"connect accept synack client returns server", 4, {"accept"}},
      // What does not happen was placed: 7 * (14 - 6) / 20 = 2.8.
      {"connect synack client returns server accept again", 2, {"again"}},
      // "accept" is missing, with its five pairs: 7 * (15 - 5) / 20 = 3.5.
      {"connect synack client returns server", 3, {"accept"}},
      // All 14 the wrong way round, six right: nothing.
      {"accept server returns client synack connect", 0, {}},
      // Only what happens not is right.
      {"connect", 0, {"synack", "client", "returns", "server", "accept"}},
  };
  for (const auto& row : rows) {
    const auto verdict = judged_order(row.order);
    INFO(row.order);
    CHECK(verdict.at("score") == row.score);
    CHECK(verdict.at("correct") == false);
    if (!row.wrong.empty()) CHECK(wrong_cards(verdict).size() == row.wrong.size());
  }
  CHECK(wrong_cards(judged_order("connect accept synack client returns server")) ==
        std::set<std::string>{"accept"});
}

TEST_CASE("the right place of a card keeps to the student's order where it is free") {
  const auto verdict = judged_order("connect returns client synack server accept");
  CHECK(field(verdict, "returns").at("expected") == 3);
  CHECK(field(verdict, "client").at("expected") == 4);
  CHECK(field(verdict, "synack").at("expected") == 2);
  CHECK(field(verdict, "again").at("answer") == "aside");
  CHECK(field(verdict, "again").at("expected") == "aside");
}

TEST_CASE("pairs that the author lets stand either way are not judged") {
  const auto free = with([](Json& question) {
    question["either_way"] = pairs("accept", "synack");
    question.erase("ideas");
  });
  const auto verdict = judged(free, 1, "life", "connect accept synack client returns server");
  CHECK(verdict.at("correct") == false);
  const auto pair = with([](Json& question) {
    question["either_way"] = pairs("accept", "server");
    question.erase("ideas");
  });
  CHECK(judged(pair, 1, "life", "connect synack client returns accept server").at("correct") ==
        true);
}

TEST_CASE("an order that a mutant has, or an idea of the author, is diagnosed") {
  const auto named = [](const Json& answer) {
    const auto verdict = judged_order(answer);
    const Json& diagnoses = verdict.at("diagnoses");
    REQUIRE(diagnoses.size() == 1);
    CHECK(diagnoses.at(0).contains("event"));
    return diagnoses.at(0).at("misconception").get<std::string>();
  };
  CHECK(named("connect again synack client returns server accept") == "M10");
  CHECK(named("connect again synack returns client server accept") == "M10");
  CHECK(named("connect synack client returns accept server") == "M40");
  CHECK(judged_order("synack connect client returns server accept").at("diagnoses").empty());
}

TEST_CASE("slips of an order are told as what they are") {
  const auto swapped = judged_order("synack connect client returns server accept");
  REQUIRE(swapped.at("slips").size() == 1);
  CHECK(swapped.at("slips").at(0).at("kind") == "swapped");
  CHECK(swapped.at("slips").at(0).at("text").at("en") ==
        "These two are swapped: “connect() is called” and “the server answers”.");
  const auto reversed = judged(with([](Json& question) { question.erase("ideas"); }), 1, "life",
                               "accept server returns client synack connect");
  REQUIRE(reversed.at("slips").size() == 1);
  CHECK(reversed.at("slips").at(0).at("kind") == "reversed");
}

TEST_CASE("cards that were left out are told where the order of the others is right") {
  const struct {
    const char* answer;
    const char* kind;  // "": nothing is told
    const char* text;
  } rows[] = {
      {"connect client returns server accept", "left_out",
       "Put aside, though it happens: the server answers. The order of the others is right."},
      {"connect client returns server", "left_out",
       "Put aside, though it happens: 2 cards. The order of the others is right."},
      {"connect synack client fin returns server accept", "", ""},
      {"connect client fin returns server accept", "", ""},
      {"client connect returns server accept", "", ""},
  };
  const auto exercise = with([](Json& question) {
    question["cards"].push_back({{"id", "fin"},
                                 {"text", {{"en", "a FIN"}, {"zh", "FIN"}}},
                                 {"of", {{"kind", "segment.sent"}, {"flags", "FIN ACK"}}},
                                 {"or_never", true}});
  });
  for (const auto& row : rows) {
    INFO(row.answer);
    const Json slips = judged(exercise, 1, "life", row.answer).at("slips");
    CHECK(slips.size() == (*row.kind == 0 ? 0 : 1));
    if (slips.size() != 1) continue;
    CHECK(slips.at(0).at("kind") == row.kind);
    CHECK(slips.at(0).at("text").at("en") == row.text);
  }
}

TEST_CASE("what is no order is refused, whatever it is") {
  for (const Json& bad :
       {Json(4), Json::object(), Json(true), Json(std::string(3'000, 'a')), Json("connect nobody"),
        Json("connect connect"), Json::array({"connect", 7}), Json::array({Json::array()}),
        Json(std::vector<std::string>(100, "connect"))}) {
    const auto verdict = judged_order(bad);
    INFO(format::dump(bad).substr(0, 60));
    CHECK(verdict.contains("problem"));
    CHECK(verdict.at("score") == 0);
  }
  CHECK(!judged_order(Json::array()).contains("problem"));
  CHECK(judged_order(Json::array()).at("score") == 0);
}

TEST_CASE("the cards are shown shuffled, and without their events") {
  const auto exercise = parse(text());
  std::set<std::string> orders;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto shown = exercise::to_json(exercise, copy_of(exercise, seed));
    REQUIRE(shown);
    const Json& cards = shown->at("questions").at(0).at("cards");
    CHECK(cards.size() == 7);
    std::string order;
    for (const Json& card : cards) {
      CHECK(card.size() == 2);  // "id" and "text"
      order += card.at("id").get<std::string>() + " ";
    }
    orders.insert(order);
  }
  CHECK(orders.size() > 10);
}

TEST_CASE("an exercise of an order has nothing wrong, and its witness passes") {
  const auto exercise = parse(text());
  const auto findings = exercise::check(exercise, 20);
  CHECK(format::to_text("", findings.errors) == "");
  CHECK(format::to_text("", findings.warnings) == "");
  const auto copy = copy_of(exercise, 1);
  CHECK(exercise::passes(graded(exercise, 1, exercise::witnesses(copy.exercise).front())));
}

TEST_CASE("authors are told of cards that cannot be judged") {
  CHECK(first_error(with([](Json& question) { question["cards"][6].erase("or_never"); })) ==
        "/questions/0/cards/6/of: it never happens in the run; if that is meant, say "
        "\"or_never\": true");
  CHECK(first_error(with([](Json& question) {
          question["cards"][3]["of"] = question["cards"][2]["of"];
        })) == "/questions/0/cards/3/of: another card stands for the same event");
  CHECK(first_error(
            with([](Json& question) { question["either_way"] = pairs("connect", "synack"); })) ==
        "/questions/0/either_way/0: one of the two events leads to the other, so that they "
        "cannot stand either way");
  CHECK(first_error(with([](Json& question) {
          question["ideas"][0]["first"] = "server";
          question["ideas"][0]["then"] = "accept";
        })) == "/questions/0/ideas/0: this order is not wrong in the run, so it shows nothing");
  CHECK(first_error(with([](Json& question) {
          question["pause"] = {
              {"before", {{"kind", "segment.received"}, {"host", "server"}, {"flags", "SYN"}}}};
        })) ==
        "/questions/0/cards/0/of: it happens before the run stops, so that it is seen before it is "
        "asked");
  const auto refused = [](const std::function<void(Json & question)>& change) {
    Json exercise = format::parse(text())->value();
    change(exercise["questions"][0]);
    const auto result = exercise::parse_exercise(format::dump(exercise));
    REQUIRE(!result);
    return result.error().front().message.en;
  };
  CHECK(refused([](Json& question) { question["cards"][0]["id"] = "accept"; }) ==
        "two cards are called \"accept\"");
  CHECK(refused([](Json& question) { question["ideas"][0]["then"] = "nobody"; }) ==
        "no card is called \"nobody\"");
  CHECK(refused([](Json& question) { question["either_way"] = pairs("accept", "nobody"); }) ==
        "no card is called \"nobody\"");
}

}  // namespace order_test
