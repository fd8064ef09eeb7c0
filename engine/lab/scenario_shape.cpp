// The scenario's format, once: checks and the JSON Schema both come from here.
#include "lab/read_injection.hpp"
#include "lab/scenario.hpp"
#include "lab/tcp_settings.hpp"
#include "lab/verbs/verb.hpp"
#include "lab/workload.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/effect.hpp"

namespace tcplab::lab {

using namespace format::shapes;
using format::Field;
using format::Shape;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> ids(auto entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.emplace_back(entry.id);
  return ids;
}

Shape profile() { return enumeration(ids(tcp::profiles())); }
Shape mutant() {
  const Shape one = enumeration(ids(tcp::mutants()));
  return alternatives({one, array(one, 1, 2)});
}
Shape title() {
  return object({"title", "标题"}, {required("en", string(1, 200), "English"),
                                    required("zh", string(1, 200), "Simplified Chinese")});
}
Shape watch() {
  return object({"watch", "看点"}, {required("en", string(1, 200), "English"),
                                    required("zh", string(1, 200), "Simplified Chinese")});
}
Shape keywords() {
  const Shape words = array(string(1, 40), 1, 20);
  return object({"keywords", "关键词"},
                {required("en", words, "English"), required("zh", words, "Simplified Chinese")});
}

Shape host_shape() {
  return object(
      {"host", "主机"},
      {required("name", identifier(), "The name by which the script refers to the host"),
       required("address", address(), "Its IPv4 address"),
       optional("profile", profile(), "Instead of the scenario's profile"),
       optional("mutant", mutant(), "Instead of the scenario's mutant"),
       optional("stack", enumeration({"tcp", "none"}), "none: it only injects segments", "tcp"),
       optional("tcp", tcp_shape(), "Settings of its TCP")});
}

Shape network_shape() {
  const auto link_fields = [] {
    return std::vector<Field>{
        optional("delay", duration(0us, 1h), "How long a segment takes in one direction", "50ms"),
        optional("loss", number(0, 1), "Probability that a segment is lost", 0),
        optional("duplicate", number(0, 1), "Probability that a segment is duplicated", 0)};
  };
  auto link = link_fields();
  link.push_back(required("from", identifier(), "The sending host"));
  link.push_back(required("to", identifier(), "The receiving host"));
  auto network = link_fields();
  network.push_back(
      optional("msl", duration(1us, 24h),
               "The network drops a segment after this time; hosts use the same value", "2min"));
  network.push_back(optional("links", array(object({"link", "链路"}, link), 0, 100),
                             "Single directions that differ"));
  return object({"network", "网络"}, network);
}

std::vector<format::Case> action_cases() {
  std::vector<format::Case> cases;
  for (const auto& verb : verbs()) cases.push_back({verb.name, verb.doc, verb.fields()});
  return cases;
}

Shape fault_shape() {
  return object({"fault", "故障"},
                {required("match", segment_match_shape(), "The segments that it applies to"),
                 required("do", enumeration({"drop", "delay", "duplicate", "hold", "corrupt"}),
                          "What the network does to them"),
                 optional("by", duration(0us, 24h), "For delay and duplicate: how much later", "0"),
                 corrupted_octet_field()});
}

Shape limits_shape() {
  return object(
      {"limits", "上限"},
      {optional("events", integer(1, 1'000'000), "Events in the trace", 100'000),
       optional("time", duration(1us), "Virtual time", "1000h"),
       optional("in_flight", integer(1, 1'000), "Segments in flight", 1'000),
       optional("connections", integer(1, 10'000), "Connections made during the run", 10'000),
       optional("bytes", size(1, 16 * 1024 * 1024), "Payload sent", "16MiB")});
}

}  // namespace

const Shape& action_shape() {
  static const Shape shape = tagged({"action", "动作"}, "do", {}, action_cases());
  return shape;
}

const Shape& script_entry_shape() {
  const auto states = std::vector<std::string>(tcp::kStateNames.begin(), tcp::kStateNames.end());
  static const Shape shape =
      tagged({"script entry", "脚本条目"}, "do",
             {optional("at", duration(), "The time it is done"),
              optional("step", integer(0, 0xffffffff),
                       "For recorded actions: done before the world's step of this number"),
              optional("when",
                       object({"when", "when 条件"},
                              {required("host", identifier(), "This host"),
                               required("state", enumeration(states), "reaches this state")}),
                       "Done when a host reaches a state for the first time"),
              optional("after", duration(), "Used with when: how much later", "0")},
             action_cases(), {{"at", "when"}});
  return shape;
}

const Shape& scenario_shape() {
  static const Shape shape = object(
      {"scenario", "场景"},
      {optional("$schema", string(0, 500), "The JSON Schema, for editors"),
       required("format", constant("tcplab-scenario/1"), "The format and its version"),
       optional("title", title(), "The title: what the scenario shows"),
       optional("watch", watch(), "What to look at while it runs, in one line"),
       optional("keywords", keywords(), "Words by which it is found, beside those of its title"),
       optional("profile", profile(), "The behaviour of every host", "rfc9293"),
       optional("mutant", mutant(), "A misconception, or two, that every host follows"),
       required("hosts", array(host_shape(), 1, 64), "The hosts"),
       optional("network", network_shape(), "What lies between them"),
       optional("script", array(named("entry", script_entry_shape()), 0, 10'000),
                "What is done, in order"),
       workload_field(),
       optional("faults", array(fault_shape(), 0, 1'000), "What the network does to segments"),
       optional("limits", limits_shape(), "Bounds that end a run which would go on for ever"),
       optional("until", duration(), "The run ends at this time", "1000h")});
  return shape;
}

}  // namespace tcplab::lab
