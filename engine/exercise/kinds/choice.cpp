#include "exercise/kinds/choice.hpp"

#include <algorithm>
#include <utility>

#include "exercise/shapes.hpp"
#include "lab/scenario.hpp"
#include "lab/tcp_settings.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::say;
using format::Text;

format::Shape change_of_setting() {
  return object({"change of a setting", "设置的改动"},
                {optional("tcp", map(identifier(), lab::tcp_shape()), "Settings of TCP, by host"),
                 optional("workload", map(identifier(), any()),
                          "Merged into the scenario's workload (RFC 7396: null takes one away)"),
                 optional("faults", array(any(), 1, 20), "Faults added to the scenario's"),
                 optional("script", array(named("entry", lab::script_entry_shape()), 1, 50),
                          "Entries added to the scenario's script")});
}

void set_tcp(Json& scenario, const Json& by_host) {
  for (Json& host : scenario.at("hosts")) {
    const auto settings = by_host.find(host.at("name").get_ref<const std::string&>());
    if (settings == by_host.end()) continue;
    Json& tcp = host["tcp"];
    if (!tcp.is_object()) tcp = Json::object();
    tcp.update(*settings);
  }
}

Json with_option(Json scenario, const Json& option) {
  const auto change = option.find("change");
  if (change == option.end()) return scenario;
  if (const auto tcp = change->find("tcp"); tcp != change->end()) set_tcp(scenario, *tcp);
  if (const auto workload = change->find("workload"); workload != change->end()) {
    scenario["workload"].merge_patch(*workload);
  }
  return changed(std::move(scenario), *change);
}

std::vector<std::string> ids_in(const Json& list) {
  std::vector<std::string> ids;
  for (const Json& each : list) ids.push_back(each.at("id"));
  return ids;
}

Text unknown(const Text& what, const std::string& id, const std::vector<std::string>& ids) {
  return say({"{0}: found {1}{2}; allowed: {3}", "{0}：发现 {1}{2}；允许：{3}"},
             {what, format::quote(id), format::suggestion(id, ids), format::list(ids)});
}

const Json* find(const Json& list, const Json& id) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Json& each) { return each.at("id") == id; });
  return found == list.end() ? nullptr : &*found;
}

std::size_t changed_in(const Json& question, const Json& choice) {
  const Json none = untouched(question);
  std::size_t count = 0;
  for (const auto& [id, option] : choice.get_ref<const Json::object_t&>()) {
    count += option == none.at(id) ? 0 : 1;
  }
  return count;
}

// Adds all choices that change at most `left` of the settings from the nth on.
void add_choices(const Json& settings, std::size_t n, std::size_t left, const Json& choice,
                 std::vector<Json>& all) {
  if (all.size() > most_choices) return;
  if (n == settings.size()) return all.push_back(choice);
  add_choices(settings, n + 1, left, choice, all);
  if (left == 0) return;
  const Json& options = settings[n].at("options");
  for (std::size_t i = 1; i < options.size(); ++i) {
    Json next = choice;
    next[settings[n].at("id").get_ref<const std::string&>()] = options[i].at("id");
    add_choices(settings, n + 1, left - 1, next, all);
  }
}

}  // namespace

format::Field settings_field() {
  const format::Shape option = object(
      {"option", "选项"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "What it says"),
       required("cost", integer(0, 1000), "What it costs; the first option costs 0"),
       optional("change", change_of_setting(), "What it does; the first option does nothing"),
       optional("shows", misconception_shape(), "What a wrong answer with it shows")});
  const format::Shape setting = object(
      {"setting", "设置"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "What is set"),
       required("options", array(option, 2, 6), "The first one leaves the scenario as it is")});
  return required("settings", array(setting, 1, 8), "What may be set");
}

format::Field most_field() {
  return required("most", integer(1, 8), "So many settings may be changed");
}

Json untouched(const Json& question) {
  Json choice = Json::object();
  for (const Json& setting : question.at("settings")) {
    choice[setting.at("id").get_ref<const std::string&>()] = setting.at("options").front().at("id");
  }
  return choice;
}

const Json& option_in(const Json& setting, const Json& id) {
  return *find(setting.at("options"), id);
}

tl::expected<Json, Text> read_choice(const Json& question, const Json& answer) {
  if (!answer.is_object()) {
    return tl::unexpected(say({"found {0}; allowed: an option for each setting, such as {1}",
                               "发现 {0}；允许：每个设置的选项，例如 {1}"},
                              {format::show(answer), format::dump(untouched(question))}));
  }
  const Json& settings = question.at("settings");
  Json choice = untouched(question);
  for (const auto& [id, chosen] : answer.get_ref<const Json::object_t&>()) {
    const Json* setting = find(settings, id);
    if (setting == nullptr) {
      return tl::unexpected(unknown(say({"the setting", "设置"}), id, ids_in(settings)));
    }
    if (chosen.is_null()) continue;
    const Json& options = setting->at("options");
    if (find(options, chosen) == nullptr) {
      const auto text = chosen.is_string() ? chosen.get<std::string>() : format::dump(chosen);
      return tl::unexpected(unknown(format::quote(id), text, ids_in(options)));
    }
    choice[id] = chosen;
  }
  const auto count = changed_in(question, choice);
  if (count > question.at("most").get<std::size_t>()) {
    return tl::unexpected(
        say({"{0} settings are changed; allowed: {1}", "改动了 {0} 个设置；最多允许 {1} 个"},
            {std::to_string(count), format::dump(question.at("most"))}));
  }
  return choice;
}

std::uint64_t cost_of(const Json& question, const Json& choice) {
  std::uint64_t cost = 0;
  for (const Json& setting : question.at("settings")) {
    const Json& id = choice.at(setting.at("id").get_ref<const std::string&>());
    cost += option_in(setting, id).at("cost").get<std::uint64_t>();
  }
  return cost;
}

std::vector<Json> choices_of(const Json& question) {
  std::vector<Json> all;
  add_choices(question.at("settings"), 0, question.at("most").get<std::size_t>(),
              untouched(question), all);
  const auto rank = [&](const Json& choice) {
    return std::pair(cost_of(question, choice), changed_in(question, choice));
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const Json& a, const Json& b) { return rank(a) < rank(b); });
  return all;
}

Json tuned(const Json& question, const Json& choice, Json scenario) {
  for (const Json& setting : question.at("settings")) {
    const Json& id = choice.at(setting.at("id").get_ref<const std::string&>());
    scenario = with_option(std::move(scenario), option_in(setting, id));
  }
  return scenario;
}

}  // namespace tcplab::exercise
