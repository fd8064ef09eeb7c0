#include "student.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "draw.hpp"
#include "exercise/about.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/places.hpp"
#include "format/quantity.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/state.hpp"

namespace tcplab::students {

using exercise::Bearing;
using exercise::Statement;

namespace {

template <typename Value>
Value checked(tl::expected<Value, exercise::Problems> value) {
  if (value) return std::move(*value);
  throw std::runtime_error(format::to_text("", value.error()));
}

Bearing bearing_of(const Idea& idea, const Statement& statement, const std::string& field,
                   const Json& value) {
  if (idea.mutant.empty()) {
    return exercise::bearing_of_belief(value, statement.right.at(field));
  }
  Bearing most = Bearing::kNone;
  for (const auto& name : idea.misconceptions) {
    most = std::max(most, exercise::bearing(name, *statement.question, field, value,
                                            statement.right.at(field)));
  }
  return most;
}

// Another number that a hand or an eye may slip to.
Json another_number(const Statement& statement, const std::string& field, net::Random& random) {
  const auto right = statement.right.at(field).get<std::uint32_t>();
  Json choices =
      Json::array({right + 1, right - 1, right + 2, right + 10, right - 100, right / 10});
  if (const auto numbers = exercise::kind_of(*statement.question).relative_numbers) {
    const Json relative = numbers(*statement.question, *statement.run);
    if (relative.contains(field)) choices.push_back(relative.at(field));
  }
  for (const auto& [name, value] : statement.right.items()) {
    if (value.is_number()) choices.push_back(value);
  }
  choices.erase(std::remove(choices.begin(), choices.end(), Json(right)), choices.end());
  return any_of(choices, random);
}

Json another_state(const Json& right, net::Random& random) {
  Json choices = Json::array();
  for (const auto name : tcp::kStateNames) {
    if (name != right) choices.push_back(name);
  }
  return any_of(choices, random);
}

Json other_flags(const Json& right, net::Random& random) {
  Json choices = Json::array({"SYN", "SYN ACK", "ACK", "FIN ACK", "RST", "RST ACK", "FIN"});
  choices.erase(std::remove(choices.begin(), choices.end(), right), choices.end());
  return any_of(choices, random);
}

// Options of which the author says what they show are no slips: who takes one says it.
Json another_option(const Json& question, const std::string& slot, const Json& right,
                    net::Random& random) {
  Json choices = Json::array();
  for (const Json& each : question.at("slots")) {
    if (each.at("id") != slot) continue;
    for (const Json& option : each.at("options")) {
      if (option.at("id") != right && !option.contains("shows")) choices.push_back(option.at("id"));
    }
  }
  return choices.empty() ? right : any_of(choices, random);
}

// Another time that a hand or a sum may slip to, but none of those of which the author knows what
// they show.
Json another_time(const Statement& statement, const std::string& field, const Json& known,
                  net::Random& random) {
  const auto time_of = [&](const Json& value) {
    return format::parse_duration(value.is_string() ? value.get<std::string>() : "");
  };
  const auto right = time_of(statement.right.at(field));
  Json choices = Json::array({"never"});
  const auto add = [&](std::chrono::microseconds time) {
    if (time.count() >= 0 && time <= format::max_duration) choices.push_back(format::to_text(time));
  };
  if (right) {
    for (const int ms : {-100, -10, 10, 100, 1000}) add(*right + std::chrono::milliseconds(ms));
    add(*right / 2);
    add(*right * 2);
    add(*right * 1000);
  }
  for (const auto& [name, value] : statement.right.items()) {
    if (const auto other = time_of(value)) add(*other);
  }
  const auto is_no_slip = [&](const Json& time) {
    return time == statement.right.at(field) ||
           std::find(known.begin(), known.end(), time) != known.end();
  };
  choices.erase(std::remove_if(choices.begin(), choices.end(), is_no_slip), choices.end());
  return choices.empty() ? statement.right.at(field) : any_of(choices, random);
}

Json another_cause(const Json& question, const std::string& field, const Json& right,
                   net::Random& random) {
  Json choices = Json::array();
  for (const Json& cause : question.value("causes", Json::array())) {
    if (cause.at("id") != field) continue;
    for (const Json& option : cause.at("options")) {
      if (option.at("id") != right) choices.push_back(option.at("id"));
    }
  }
  return choices.empty() ? Json() : any_of(choices, random);
}

// The cards that are placed, each behind as many as come before it.
Json cards_in_order(const Json& values) {
  std::vector<std::pair<std::size_t, std::string>> cards;
  for (const auto& [name, value] : values.items()) {
    if (value != "placed") continue;
    std::size_t before = 0;
    for (const auto& [pair, order] : values.items()) {
      const auto blank = pair.find(' ');
      if (blank == std::string::npos) continue;
      const bool is_first = pair.substr(0, blank) == name;
      const bool is_second = pair.substr(blank + 1) == name;
      before += (is_first && order == "after") || (is_second && order == "before") ? 1 : 0;
    }
    cards.emplace_back(before, name);
  }
  std::sort(cards.begin(), cards.end());
  Json order = Json::array();
  for (const auto& card : cards) order.push_back(card.second);
  return order;
}

// Two cards that stand beside each other, or one that is forgotten.
void exchange_neighbours(Json& order, const Statement& statement, net::Random& random) {
  order = cards_in_order(statement.given);
  const auto at = random.below(order.size());
  if (at + 1 < order.size()) {
    std::swap(order.at(at), order.at(at + 1));
  } else {
    order.erase(at);
  }
}

Json one_host_more_or_less(const Json& question, const Statement& statement, net::Random& random) {
  const auto places = exercise::places_of(question, *statement.run);
  const auto& changed = places.at(random.below(places.size())).name;
  Json chosen = Json::array();
  for (const auto& place : places) {
    const Json& right = statement.right.at("hosts");
    const bool is_right = std::find(right.begin(), right.end(), place.name) != right.end();
    if (is_right != (place.name == changed)) chosen.push_back(place.name);
  }
  return chosen;
}

// The row above or below, or another value for what is wrong indeed.
void another_spot(Json& values, const Statement& statement, net::Random& random) {
  const auto& place = values.at("place").get_ref<const std::string&>();
  const auto blank = place.find(' ');
  const auto row = std::stoul(place.substr(0, blank));
  const auto slip = random.below(3);
  if (slip > 0) {
    const auto next = slip == 1 || row == 1 ? row + 1 : row - 1;
    values["place"] = std::to_string(next) + place.substr(blank);
    return;
  }
  Json& value = values.at("value");
  value = value.is_number()                 ? another_number(statement, "value", random)
          : place.substr(blank) == " flags" ? other_flags(value, random)
                                            : another_state(value, random);
}

// Another option of a setting; not one of which the author says what it shows.
void another_setting(Json& answer, const Json& question, net::Random& random) {
  const Json& setting = any_of(question.at("settings"), random);
  const auto& id = setting.at("id").get_ref<const std::string&>();
  Json choices = Json::array();
  for (const Json& option : setting.at("options")) {
    if (option.at("id") != answer.value(id, Json()) && !option.contains("shows")) {
      choices.push_back(option.at("id"));
    }
  }
  if (!choices.empty()) answer[id] = any_of(choices, random);
}

bool has_plan(const Json& answer) { return answer.is_object() && answer.contains("plan"); }

// Another segment, or another time.
void another_action(Json& action, net::Random& random) {
  if (action.contains("segment") && random.below(2) == 0) {
    action["segment"] = action.at("segment").get<std::uint64_t>() + 1;
  } else {
    action.erase("when");
    action.erase("after");
    action["at"] = std::to_string(random.below(5'000)) + "ms";
  }
}

}  // namespace

std::vector<Idea> ideas() {
  std::vector<Idea> all;
  for (const auto& belief : exercise::beliefs()) {
    all.push_back({exercise::names_of(belief), "", &belief});
  }
  for (const auto& mutant : tcp::mutants()) {
    Idea idea{{std::string(mutant.misconception)}, std::string(mutant.id)};
    if (!mutant.also.empty()) idea.misconceptions.emplace_back(mutant.also);
    all.push_back(std::move(idea));
  }
  return all;
}

std::optional<Json> believed(const Idea& idea, const Statement& statement) {
  return idea.belief != nullptr ? idea.belief->values(statement) : statement.under(idea.mutant);
}

Json cards_of(const Json& answer) {
  if (!answer.is_string()) return answer;
  std::istringstream text(answer.get<std::string>());
  Json cards = Json::array();
  for (std::string card; text >> card;) cards.push_back(card);
  return cards;
}

Desk::Desk(const exercise::Exercise& exercise, std::uint64_t seed)
    : instance_(checked(exercise::instantiate(exercise, seed))),
      runs_(instance_.exercise.at("scenario"), seed, exercise.source("/scenario")) {
  bench_.reset(
      new exercise::Bench{runs_, checked(runs_.plain()), instance_.exercise.at("teaches")});
  checked(exercise::grade(instance_, right_answers(), *bench_));
  right_ = bench_->attempt;
}

Desk::Place Desk::place_of(const Json& question) const {
  for (const Json& each : instance_.exercise.at("questions")) {
    const auto id = each.at("id").get<std::string>();
    if (&each == &question) return {id, ""};
    const auto parts = each.find("parts");
    if (parts == each.end()) continue;
    for (const Json& part : *parts) {
      if (&part == &question) return {id, part.at("id").get<std::string>()};
    }
  }
  throw std::runtime_error("no question of the exercise: " + format::dump(question));
}

Json& Desk::answer_to(Json& answers, const Json& question) const {
  const Place place = place_of(question);
  return place.part.empty() ? answers[place.question] : answers[place.question][place.part];
}

void Desk::put(Json& answers, const Statement& statement, const Json& values) const {
  const Json& kind = statement.question->at("kind");
  Json& answer = answer_to(answers, *statement.question);
  if (has_plan(answer)) {
    answer.update(values);  // what is said before something is done
    return;
  }
  answer = kind == "role" ? values.at("hosts") : kind == "order" ? cards_in_order(values) : values;
}

std::optional<Misled> Desk::misled_answers(const Idea& idea) {
  Misled misled{right_answers(), idea.misconceptions};
  const Json& teaches = bench_->teaches;
  std::size_t wrong = 0;
  for (const auto& name : idea.misconceptions) {
    misled.is_shown |= std::find(teaches.begin(), teaches.end(), name) != teaches.end();
  }
  for (const Statement& statement : right_) {
    if (!statement.is_evidence) continue;
    auto told = believed(idea, statement);
    if (!told) continue;
    // What is as right as the right answer is no other belief.
    if (statement.as_given) told = statement.as_given(std::move(*told));
    Json values = statement.right;
    values.update(*told);
    Bearing most = Bearing::kNone;
    std::size_t differing = 0;
    for (const auto& [field, right] : statement.right.items()) {
      // What nothing that is offered fits is left blank, and says nothing.
      if (values.at(field) == right || values.at(field).is_null()) continue;
      ++differing;
      most = std::max(most, bearing_of(idea, statement, field, values.at(field)));
    }
    if (most == Bearing::kNone) continue;
    wrong += differing;
    misled.is_shown |= most == Bearing::kTelling;
    put(misled.answers, statement, values);
  }
  misled.is_shown |= wrong >= 2;
  return wrong > 0 ? std::optional(misled) : std::nullopt;
}

std::vector<Misled> Desk::known_answers() const {
  std::vector<Misled> known;
  for (const Json& chaff : instance_.exercise.at("chaffs")) {
    known.push_back({chaff.at("answers"), {chaff.at("diagnosed_as").get<std::string>()}, true});
  }
  return known;
}

// What the author's known students answer in the field.
Json Desk::known_values(const Json& question, const std::string& field) const {
  Json values = Json::array();
  for (const Json& chaff : instance_.exercise.at("chaffs")) {
    const auto answer = chaff.at("answers").find(place_of(question).question);
    if (answer == chaff.at("answers").end() || !answer->contains(field)) continue;
    values.push_back(answer->at(field));
  }
  return values;
}

void Desk::slip(Json& answers, const Statement& statement, net::Random& random) const {
  const Json& question = *statement.question;
  const auto kind = question.at("kind").get<std::string>();
  if (kind == "order") {
    exchange_neighbours(answer_to(answers, question), statement, random);
    return;
  }
  if (kind == "tune") {
    another_setting(answer_to(answers, question), question, random);
    return;
  }
  if (kind == "pick" || !statement.plan.is_null() || has_plan(answer_to(answers, question))) {
    Json& answer = answer_to(answers, question);
    Json& list = has_plan(answer) ? answer.at("plan") : answer;
    Json& one = list.at(random.below(list.size()));
    if (kind == "pick") {
      one = random.below(statement.run->events.size());
    } else {
      another_action(one, random);
    }
    return;
  }
  Json values = statement.right;
  if (kind == "spot") {
    another_spot(values, statement, random);
    put(answers, statement, values);
    return;
  }
  auto field = values.items().begin();
  for (auto skip = random.below(values.size()); skip > 0; --skip) ++field;
  const std::string name = field.key();
  Json& value = values[name];
  if (kind == "role") {
    value = one_host_more_or_less(question, statement, random);
  } else if (kind == "state") {
    value = another_state(value, random);
  } else if (kind == "time") {
    Json cause = another_cause(question, name, value, random);
    value = cause.is_null() ? another_time(statement, name, known_values(question, name), random)
                            : std::move(cause);
  } else if (kind == "claim") {
    value = another_option(question, name, value, random);
  } else {
    value = name == "flags" ? other_flags(value, random) : another_number(statement, name, random);
  }
  put(answers, statement, values);
}

Json Desk::careless_answers(net::Random& random) {
  Json answers = right_answers();
  slip(answers, right_.at(random.below(right_.size())), random);
  return answers;
}

// Many students answer the same. What each is told does not depend on who came before: it is graded
// once, as if by itself.
const Json& Desk::graded(const Json& answers) {
  const auto [at, is_new] = graded_.try_emplace(format::dump(answers));
  if (is_new) {
    runs_.refill();
    at->second = checked(exercise::grade(instance_, answers, *bench_)).at("questions");
  }
  return at->second;
}

std::vector<Json> Desk::verdicts(const Json& answers) {
  std::vector<Json> flat;
  for (const Json& question : graded(answers)) {
    const auto parts = question.find("parts");
    if (parts == question.end())
      flat.push_back(question);
    else
      flat.insert(flat.end(), parts->begin(), parts->end());
  }
  return flat;
}

Json Desk::verdict_on(const Json& question, const Json& answers) {
  const Place place = place_of(question);
  const auto named = [](const Json& list, const std::string& id) {
    return *std::find_if(list.begin(), list.end(),
                         [&](const Json& each) { return each.at("id") == id; });
  };
  const Json verdict = named(graded(answers), place.question);
  return place.part.empty() ? verdict : named(verdict.at("parts"), place.part);
}

exercise::Bench& Desk::fresh_bench() {
  runs_.refill();
  bench_->attempt.clear();
  return *bench_;
}

}  // namespace tcplab::students
