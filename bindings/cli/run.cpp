// tcplab run: runs a scenario or an exercise; prints its exchange and writes its trace and capture.
#include <memory>

#include "capture/capture.hpp"
#include "commands.hpp"
#include "exchange.hpp"
#include "exercise/instance.hpp"
#include "format/quantity.hpp"
#include "lab/scenario.hpp"
#include "lab/world.hpp"
#include "other_format.hpp"

namespace tcplab::cli {

namespace {

// Refuses to overwrite the file that is read, or to write two outputs to the same file.
std::optional<Failure> overwritten(const RunOptions& options) {
  const auto refuse = [](const std::string& option, const std::string& path,
                         const std::string& what) {
    return Failure{ExitCode::kUsage, option + ": " + display_name(path) + " is " + what +
                                         "; allowed: another file\n"};
  };
  const auto is_file = [](const std::string& path) { return !path.empty() && path != "-"; };
  if (is_file(options.trace) && is_same_file(options.trace, options.scenario)) {
    return refuse("--trace", options.trace, "the scenario itself");
  }
  if (is_file(options.pcap) && is_same_file(options.pcap, options.scenario)) {
    return refuse("--pcap", options.pcap, "the scenario itself");
  }
  if (is_file(options.pcap) && is_file(options.trace) &&
      is_same_file(options.pcap, options.trace)) {
    return refuse("--pcap", options.pcap, "also the file of --trace");
  }
  return std::nullopt;
}

// The scenario, or that of the exercise's variant with this seed.
lab::ScenarioResult read_scenario(const std::string& text, std::uint64_t seed) {
  const auto other = of_other_format(text, {"tcplab-scenario/1"});
  if (!other) return lab::parse_scenario(text);
  if (of_other_format(text, {"tcplab-exercise/1"}))
    return tl::make_unexpected(format::Problems{*other});
  const auto exercise = exercise::parse_exercise(text);
  if (!exercise) return tl::make_unexpected(exercise.error());
  const auto instance = exercise::instantiate(*exercise, seed);
  if (!instance) return tl::make_unexpected(instance.error());
  return lab::read_scenario(instance->exercise.at("scenario"), exercise->source("/scenario"));
}

}  // namespace

ExitCode run(const RunOptions& options) {
  if (const auto refused = overwritten(options)) return fail(*refused);
  const auto text = read_text(options.scenario);
  if (!text) return fail(text.error());
  auto read = read_scenario(*text, options.seed);
  if (!read) return fail(options.scenario, read.error());
  const auto scenario = std::make_shared<const lab::Scenario>(std::move(*read));

  Time until = scenario->until;
  if (!options.until.empty()) {
    const auto duration = format::parse_duration(options.until);
    if (!duration) return fail({ExitCode::kUsage, "--until: " + duration.error().en + "\n"});
    until = std::min(until, Time(*duration));
  }
  lab::World world(scenario, options.seed);
  lab::Trace trace;
  world.run_until(until, &trace);

  const auto names = host_names(*scenario);
  if (!options.pcap.empty()) {
    const auto file = capture::capture(trace, names, options.pcap_at);
    if (!file) return fail({ExitCode::kUsage, "--pcap: " + printable(file.error().en) + "\n"});
    const auto failure =
        write_text(options.pcap, {reinterpret_cast<const char*>(file->data()), file->size()});
    if (failure) return fail(*failure);
  }
  if (!options.trace.empty()) {
    const auto failure = write_text(options.trace, lab::to_json_lines(trace, names));
    if (failure) return fail(*failure);
  }
  if (options.trace == "-" || options.pcap == "-") return ExitCode::kDone;
  const auto failure = write_text("-", exchange(world, trace, options.seed));
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
