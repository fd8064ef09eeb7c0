#include "plausible.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "exercise/kinds/choice.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/places.hpp"
#include "format/quantity.hpp"
#include "tcp/state.hpp"

namespace tcplab::students {

using exercise::Statement;

namespace {

class Values {
 public:
  explicit Values(const Json& right) : right_(right) {}

  void add(const Json& value, const std::string& origin) {
    const auto same = [&](const Plausible& each) { return each.value == value; };
    if (value.is_null() || value == right_ || std::any_of(all_.begin(), all_.end(), same)) return;
    all_.push_back({value, origin});
  }
  std::vector<Plausible> take() { return std::move(all_); }

 private:
  const Json& right_;
  std::vector<Plausible> all_;
};

// What is offered for a field, if it is a slot or a cause.
const Json* options_of(const Json& question, const std::string& field) {
  for (const char* key : {"slots", "causes"}) {
    const auto list = question.find(key);
    if (list == question.end()) continue;
    for (const Json& each : *list) {
      if (each.at("id") == field) return &each.at("options");
    }
  }
  return nullptr;
}

void add_ideas(const Statement& statement, const std::string& field, Values& values) {
  for (const Idea& idea : ideas()) {
    auto told = believed(idea, statement);
    if (told && statement.as_given) told = statement.as_given(std::move(*told));
    if (told && told->is_object()) {
      values.add(told->value(field, Json()), "alone as of a wrong idea");
    }
  }
}

void add_options(const Json& options, Values& values) {
  for (const Json& option : options) values.add(option.at("id"), "another option");
}

void add_states(Values& values) {
  for (const auto name : tcp::kStateNames) values.add(name, "another state");
}

void add_flags(Values& values) {
  for (const char* flags : {"SYN", "SYN ACK", "ACK", "FIN ACK", "RST", "RST ACK", "FIN"}) {
    values.add(flags, "other flags");
  }
}

// Counts and lengths are no less than nothing; sequence numbers wrap.
void add_numbers(const Statement& statement, const std::string& field, Values& values) {
  const auto right = statement.right.at(field).get<std::uint32_t>();
  values.add(right + 1, "one more");
  const bool wraps = field == "seq" || field == "ack" || field == "value";
  if (right > 0 || wraps) values.add(right - 1, "one less");
  if (const auto relative = exercise::kind_of(*statement.question).relative_numbers) {
    values.add(relative(*statement.question, *statement.run).value(field, Json()), "relative");
  }
  for (const auto& [name, value] : statement.right.items()) {
    if (value.is_number()) values.add(value, "the value of " + name);
  }
}

std::optional<std::chrono::microseconds> time_of(const Json& value) {
  const auto time = format::parse_duration(value.is_string() ? value.get<std::string>() : "");
  return time ? std::optional<std::chrono::microseconds>(*time) : std::nullopt;
}

void add_times(const Statement& statement, const std::string& field, Values& values) {
  values.add("never", "never");
  for (const auto& [name, value] : statement.right.items()) {
    if (time_of(value)) values.add(value, "the value of " + name);
  }
  const auto right = time_of(statement.right.at(field));
  if (!right) return;
  values.add(format::to_text(*right / 2), "half");
  if (*right * 2 <= format::max_duration) values.add(format::to_text(*right * 2), "double");
}

// Of what the question asks, each alone with another value.
void add_fields(const Statement& statement, const Desk& desk, std::vector<PlausibleAnswer>& all) {
  const auto add = [&](const Json& values, const std::string& shape) {
    Json answers = desk.right_answers();
    desk.put(answers, statement, values);
    all.push_back({statement.question, shape, std::move(answers)});
  };
  for (const auto& [field, right] : statement.right.items()) {
    for (const Plausible& each : plausible_values(statement, field)) {
      Json values = statement.right;
      values[field] = each.value;
      add(values, field + ": " + each.origin);
    }
  }
  for (auto one = statement.right.begin(); one != statement.right.end(); ++one) {
    for (auto other = std::next(one); other != statement.right.end(); ++other) {
      if (one.value() == other.value() || one.value().type() != other.value().type()) continue;
      if (options_of(*statement.question, one.key()) != nullptr) continue;  // each has its own
      Json values = statement.right;
      std::swap(values[one.key()], values[other.key()]);
      add(values, one.key() + " and " + other.key() + " exchanged");
    }
  }
}

void add_answer(const Desk& desk, const Json& question, Json answer, const std::string& shape,
                std::vector<PlausibleAnswer>& all) {
  Json answers = desk.right_answers();
  desk.answer_to(answers, question) = std::move(answer);
  all.push_back({&question, shape, std::move(answers)});
}

// Two neighbours exchanged, or one left out.
void add_orders(const Desk& desk, const Json& question, std::vector<PlausibleAnswer>& all) {
  Json answers = desk.right_answers();
  const Json right = cards_of(desk.answer_to(answers, question));
  for (std::size_t i = 0; i < right.size(); ++i) {
    Json shorter = right;
    shorter.erase(i);
    add_answer(desk, question, shorter, "a card left out", all);
    if (i + 1 == right.size()) continue;
    Json other = right;
    std::swap(other[i], other[i + 1]);
    add_answer(desk, question, other, "neighbours exchanged", all);
  }
}

// An event beside the right one, or one left out.
void add_picks(const Desk& desk, const Statement& statement, std::vector<PlausibleAnswer>& all) {
  Json answers = desk.right_answers();
  const Json right = desk.answer_to(answers, *statement.question);
  for (std::size_t i = 0; i < right.size(); ++i) {
    Json fewer = right;
    fewer.erase(i);
    add_answer(desk, *statement.question, fewer, "a pick left out", all);
    const Json* event = statement.run->find(right[i]);
    if (event == nullptr) continue;
    const auto n = event->at("n").get<std::size_t>();
    Json other = right;
    if (n > 0) {
      other[i] = n - 1;
      add_answer(desk, *statement.question, other, "the event before a right one", all);
    }
    if (n + 1 < statement.run->events.size()) {
      other[i] = n + 1;
      add_answer(desk, *statement.question, other, "the event behind a right one", all);
    }
  }
}

void add_choices(const Desk& desk, const Json& question, std::vector<PlausibleAnswer>& all) {
  for (const Json& choice : exercise::choices_of(question)) {
    add_answer(desk, question, choice, "another choice", all);
  }
}

// What is said before something is done, and the plan with an action left out.
void add_plans(const Desk& desk, const Json& question, std::vector<PlausibleAnswer>& all) {
  Json answers = desk.right_answers();
  const Json right = desk.answer_to(answers, question);
  const bool is_said = right.is_object();
  for (const Json& doubt : question.value("doubts", Json::array())) {
    Json said = right;
    said["can"] = doubt.at("id");
    add_answer(desk, question, said, "can: another answer", all);
  }
  const Json& plan = is_said ? right.at("plan") : right;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    Json shorter = plan;
    shorter.erase(i);
    Json answer = is_said ? Json{{"can", right.at("can")}, {"plan", shorter}} : shorter;
    add_answer(desk, question, std::move(answer), "an action left out", all);
  }
}

// Each host more or less.
void add_hosts(const Desk& desk, const Statement& statement, std::vector<PlausibleAnswer>& all) {
  const Json& right = statement.right.at("hosts");
  for (const auto& place : exercise::places_of(*statement.question, *statement.run)) {
    Json hosts = right;
    const auto found = std::find(hosts.begin(), hosts.end(), Json(place.name));
    const bool is_right = found != hosts.end();
    if (is_right) hosts.erase(found);
    if (!is_right) hosts.push_back(place.name);
    add_answer(desk, *statement.question, hosts, is_right ? "a host less" : "a host more", all);
  }
}

// The row above or below, or another value in the cell that is wrong indeed.
void add_spots(const Desk& desk, const Statement& statement, std::vector<PlausibleAnswer>& all) {
  const auto place = statement.right.at("place").get<std::string>();
  const auto blank = place.find(' ');
  const auto row = std::stoul(place.substr(0, blank));
  const auto add = [&](const std::string& where, const Json& value, const std::string& shape) {
    add_answer(desk, *statement.question, Json{{"place", where}, {"value", value}}, shape, all);
  };
  for (const Plausible& each : plausible_values(statement, "value")) {
    add(place, each.value, "value: " + each.origin);
  }
  add(std::to_string(row + 1) + place.substr(blank), statement.right.at("value"), "the row below");
  if (row == 1) return;
  add(std::to_string(row - 1) + place.substr(blank), statement.right.at("value"), "the row above");
}

}  // namespace

std::vector<Plausible> plausible_values(const Statement& statement, const std::string& field) {
  const Json& question = *statement.question;
  const auto kind = question.at("kind").get<std::string>();
  const Json& right = statement.right.at(field);
  Values values(right);
  // The values of an idea stand at a place of its own.
  if (kind != "spot") add_ideas(statement, field, values);
  if (const Json* options = options_of(question, field)) {
    add_options(*options, values);
  } else if (kind == "time") {
    add_times(statement, field, values);
  } else if (right.is_number()) {
    add_numbers(statement, field, values);
  } else if (field == "flags") {
    add_flags(values);
  } else if (kind == "state") {
    add_states(values);
  } else if (kind == "spot" && field == "value") {
    const bool is_flags =
        statement.right.at("place").get<std::string>().find(" flags") != std::string::npos;
    is_flags ? add_flags(values) : add_states(values);
  }
  return values.take();
}

std::vector<PlausibleAnswer> plausible_answers(const Desk& desk) {
  std::vector<PlausibleAnswer> all;
  const Json* last = nullptr;  // what is said and what is done are two statements of one question
  for (const Statement& statement : desk.right()) {
    const Json& question = *statement.question;
    if (&question == last) continue;
    last = &question;
    const auto kind = question.at("kind").get<std::string>();
    if (kind == "order") {
      add_orders(desk, question, all);
    } else if (kind == "pick") {
      add_picks(desk, statement, all);
    } else if (kind == "tune") {
      add_choices(desk, question, all);
    } else if (kind == "build" || kind == "break") {
      add_plans(desk, question, all);
    } else if (kind == "role") {
      add_hosts(desk, statement, all);
    } else if (kind == "spot") {
      add_spots(desk, statement, all);
    } else {
      add_fields(statement, desk, all);
    }
  }
  return all;
}

}  // namespace tcplab::students
