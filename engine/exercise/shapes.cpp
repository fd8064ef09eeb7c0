#include "exercise/shapes.hpp"

#include "lab/predicate.hpp"
#include "lab/scenario.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

using namespace format::shapes;
using format::Shape;

namespace {

Shape pause() {
  return object(
      {"pause", "暂停点"},
      {required("before", lab::match_shape(), "The run stops before the step with this event"),
       optional("nth", integer(1, 1000), "The number of the matching event, from 1", 1)});
}

}  // namespace

Shape sentence() { return string(1, 20'000); }

Shape bilingual() {
  return named("bilingual", object({"text in both languages", "双语文本"},
                                   {required("en", sentence(), "English"),
                                    required("zh", sentence(), "Simplified Chinese")}));
}

Shape hints_shape() {
  const Shape language = array(sentence(), 0, 10);
  return object(
      {"hints in both languages", "双语提示"},
      {required("en", language, "English"), required("zh", language, "Simplified Chinese")});
}

Shape misconception_shape() { return identifier(); }

Shape scenario_shape() { return named("scenario", lab::scenario_shape()); }

Shape mutant_shape() {
  std::vector<std::string> ids;
  for (const auto& each : tcp::mutants()) ids.emplace_back(each.id);
  const Shape one = enumeration(std::move(ids));
  return alternatives({one, array(one, 1, 2)});
}

Shape change_shape() {
  return named("change",
               object({"change", "改动"},
                      {optional("mutant", mutant_shape(), "The behaviour of every host"),
                       optional("faults", array(any(), 1, 20), "Faults added to the scenario's"),
                       optional("script", array(named("entry", lab::script_entry_shape()), 1, 50),
                                "Entries added to the scenario's script")}));
}

format::Field pause_field() { return required("pause", pause(), "Where the run stops and asks"); }

format::Field optional_pause_field(format::Doc doc) { return optional("pause", pause(), doc); }

}  // namespace tcplab::exercise
