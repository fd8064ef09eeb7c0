#include "lab/run.hpp"

#include "catch.hpp"

namespace tcplab::test {

std::shared_ptr<const lab::Scenario> scenario(const std::string& json) {
  auto read = lab::parse_scenario(json);
  if (!read) FAIL(format::to_text("scenario", read.error()));
  return std::make_shared<const lab::Scenario>(std::move(*read));
}

Run run(const std::string& json, std::uint64_t seed) {
  Run result;
  result.scenario = scenario(json);
  for (const auto& host : result.scenario->hosts) result.names.push_back(host.name);
  lab::World world(result.scenario, seed);
  while (world.step(&result.trace)) {
    const char* broken = world.inconsistency();
    INFO("after step " << world.steps() << ": " << (broken ? broken : ""));
    REQUIRE(broken == nullptr);
  }
  result.end = world.end();
  return result;
}

std::vector<std::string> Run::sent() const {
  std::vector<std::string> lines;
  for (const auto& event : trace.events) {
    if (event.kind != lab::EventKind::kSegmentSent) continue;
    const auto& segment = std::get<lab::SegmentEvent>(event.detail).sent->segment;
    std::string flags = wire::flags_text(static_cast<wire::Flags>(segment.flags & ~wire::kPsh));
    for (auto& c : flags) c = c == ' ' ? ',' : c;
    std::string line = names[event.host] + " <SEQ=" + std::to_string(segment.seq.value()) + ">";
    if (segment.has(wire::kAck)) line += "<ACK=" + std::to_string(segment.ack.value()) + ">";
    if (!segment.payload.empty()) line += "<DATA=" + std::to_string(segment.payload.size()) + ">";
    lines.push_back(line + "<CTL=" + flags + ">");
  }
  return lines;
}

std::vector<std::string> Run::states() const {
  std::vector<std::string> lines;
  for (const auto& event : trace.events) {
    if (event.kind != lab::EventKind::kState) continue;
    const auto& state = std::get<lab::StateEvent>(event.detail);
    lines.push_back(names[event.host] + ' ' + std::string(tcp::to_text(state.from)) + " -> " +
                    std::string(tcp::to_text(state.to)));
  }
  return lines;
}

std::vector<format::Json> Run::events(lab::EventKind kind) const {
  std::vector<format::Json> found;
  for (const auto& event : trace.events) {
    if (event.kind == kind) found.push_back(lab::to_json(event, names));
  }
  return found;
}

std::string two_hosts(const std::string& a_tcp, const std::string& b_tcp, const std::string& rest) {
  return R"({"format": "tcplab-scenario/1", "hosts": [
    {"name": "A", "address": "10.0.0.1", "tcp": )" +
         a_tcp + R"(},
    {"name": "B", "address": "10.0.0.2", "tcp": )" +
         b_tcp + R"(},
    {"name": "mallory", "address": "10.0.0.66", "stack": "none"}],
    )" + rest +
         "}";
}

}  // namespace tcplab::test
