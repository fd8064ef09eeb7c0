// interop: plays scenes against this machine's kernel and against the engine's linux profile, and
// holds them against each other. `./lab interop` runs it; README.md tells the rest.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "chance.hpp"
#include "files.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "known.hpp"
#include "play.hpp"
#include "realtime.hpp"
#include "show.hpp"
#include "shrink.hpp"
#include "suite.hpp"

namespace tcplab::interop {

namespace {

// The exit codes of ./lab.
constexpr int kDone = 0, kFailed = 1, kUsage = 2, kMissing = 3;

constexpr const char* kFooter =
    "Exit codes:\n"
    "  0  both sides agree, but for the kinds of difference that known.json has\n"
    "  1  they differ in a kind that it has not, or no longer in one that it has; or a file is\n"
    "     wrong\n"
    "  2  the command line is wrong\n"
    "  3  this machine cannot play: no root and no user namespaces, no TUN device, ...\n";

const CLI::Validator is_time(
    [](const std::string& text) {
      return format::parse_duration(text) ? std::string()
                                          : '"' + text + "\" is no time such as 20s";
    },
    "");

struct Options {
  std::uint64_t seed = 1;
  std::uint32_t count = 0;
  std::string scene;
  std::string folder = TCPLAB_SOURCE_DIR "/tests/interop";
  std::string out = "build/interop";
  std::string record;
  std::string longest;
  bool same_kernel = false;
};

[[noreturn]] void refuse(const std::string& path, const format::Problems& problems) {
  throw std::runtime_error(format::to_text(path, problems));
}

std::string read(const std::string& path) {
  const auto text = cli::read_text(path);
  if (!text) throw std::runtime_error(text.error().message);
  return *text;
}

std::vector<Scene> read_scenes(const std::string& path) {
  auto scenes = parse_scenes(read(path));
  if (!scenes) refuse(path, scenes.error());
  return std::move(*scenes);
}

std::vector<Scene> read_folder(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Scene> all;
  for (const auto& path : paths) {
    for (auto& scene : read_scenes(path)) all.push_back(std::move(scene));
  }
  return all;
}

Known read_known(const std::string& path) {
  auto known = parse_known(read(path));
  if (!known) refuse(path, known.error());
  return std::move(*known);
}

void write(const std::string& path, const Json& json) {
  if (const auto failure = cli::write_text(path, format::dump(json, 2) + '\n')) {
    throw std::runtime_error(failure->message);
  }
}

int run(const Options& options) {
  const Known known = read_known(options.folder + "/known.json");
  const bool alone = !options.scene.empty();
  Suite suite(known, alone ? read_scenes(options.scene) : read_folder(options.folder + "/scenes"));
  if (!alone) suite.add_chance(options.seed, options.count);
  if (const auto longest = format::parse_duration(options.longest)) {
    suite.leave_out_longer(*longest);
  }

  const auto release = kernel_release();
  if (kernel_series(release) != known.kernel) {
    const auto what = "this kernel is " + release + ", and the profile is of Linux " + known.kernel;
    if (options.same_kernel) {
      std::printf("skipped: %s\n", what.c_str());
      return kMissing;
    }
    std::printf("%s: other differences are to be expected\n", what.c_str());
  }
  const auto sandbox = Sandbox::make();
  if (!sandbox) {
    std::printf("skipped: %s\n", sandbox.error().c_str());
    return kMissing;
  }
  be_on_time();
  KernelSide kernel(*sandbox);
  suite.run([&](const std::vector<Scene>& scenes) { return play_on_both(kernel, scenes); });
  std::filesystem::create_directories(options.out);
  for (const auto& [name, scenario] : suite.scenarios()) {
    write(options.out + '/' + name, scenario);
  }
  std::fputs(suite.report(options.out, alone).c_str(), stdout);
  if (!options.record.empty()) write(options.record, suite.measured(release));
  return suite.failures() == 0 ? kDone : kFailed;
}

int main(int argc, char** argv) {
  Options options;
  CLI::App app{
      "Plays scenes against this machine's kernel and against the engine's linux profile."};
  app.name("interop");
  app.footer(kFooter);
  app.add_option("--seed", options.seed, "Seed of the scenes by chance")->type_name("N");
  app.add_option("--count", options.count, "How many scenes by chance")->type_name("N");
  app.add_option("--scene", options.scene, "Only the scenes of this file, shown step by step")
      ->type_name("FILE");
  app.add_option("--out", options.out, "Folder for the scenarios of what differs")
      ->type_name("FOLDER")
      ->capture_default_str();
  app.add_option("--record", options.record, "Write what was measured to this file")
      ->type_name("FILE");
  app.add_option("--longest", options.longest, "Leave out scenes by hand that take longer, as 20s")
      ->type_name("TIME")
      ->check(is_time);
  app.add_flag("--same-kernel", options.same_kernel,
               "Play only on a kernel of the series that the profile is of");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    return kDone;
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "%s\nRun interop --help to see how it is used.\n", error.what());
    return kUsage;
  }
  return run(options);
}

}  // namespace
}  // namespace tcplab::interop

int main(int argc, char** argv) {
  try {
    return tcplab::interop::main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
