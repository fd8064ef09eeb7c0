// The command `tcplab`: its arguments, and how it ends.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "commands.hpp"
#include "exercise/exercise.hpp"

namespace tcplab::cli {

ExitCode fail(const Failure& failure) {
  std::fputs(failure.message.c_str(), stderr);
  return failure.code;
}

ExitCode fail(const std::string& path, const format::Problems& problems) {
  return fail({ExitCode::kRefused, format::to_text(display_name(path), problems)});
}

namespace {

constexpr const char* kExitCodes =
    "Exit codes:\n"
    "  0  done\n"
    "  1  the input was read and is wrong: problems in a file, or answers that do not belong to\n"
    "     the exercise; standard error says what and where (file:line:column: /pointer: problem)\n"
    "  2  the command line is wrong\n"
    "  3  something could not be read or written; without a message: the reader of the output has\n"
    "     gone away\n"
    "  4  the lab itself failed\n";

constexpr const char* kFilesNote =
    "A path - is standard input or standard output. At most 4 MiB of a file are read.\n";

struct CommandLine {
  CLI::App app{"TCP Connection Lab: runs, checks and grades TCP scenarios and exercises."};
  RunOptions run;
  GradeOptions grade;
  CheckOptions check;
  std::string schema;

  CommandLine() {
    app.name("tcplab");
    app.set_version_flag("--version", "tcplab " TCPLAB_VERSION, "Print the version and end");
    app.require_subcommand(1);
    app.footer(std::string(kFilesNote) + "\n" + kExitCodes);
    add_run();
    add_grade();
    add_check();
    add_schema();
  }

 private:
  CLI::App* add(const char* name, const char* what, const char* footer) {
    auto* command = app.add_subcommand(name, what);
    command->footer(std::string(footer) + kFilesNote + "Exit codes: see tcplab --help.\n");
    return command;
  }

  void add_run() {
    auto* command = add("run", "Run a scenario and print its exchange",
                        "With --trace - or --pcap - only the trace, or the capture, is printed.\n");
    command->add_option("SCENARIO", run.scenario, "The scenario's file")
        ->required()
        ->type_name("FILE");
    command->add_option("--trace", run.trace, "Write the trace there, as JSON Lines")
        ->type_name("FILE");
    auto* pcap = command->add_option(
        "--pcap", run.pcap,
        "Write a capture there (pcapng, for Wireshark and tcpdump): each segment once, as its\n"
        "sender sent it, also when it is then lost");
    pcap->type_name("FILE");
    command
        ->add_option("--pcap-at", run.pcap_at,
                     "Capture at this host instead: what it sends and what arrives there")
        ->needs(pcap)
        ->type_name("HOST");
    command->add_option("--seed", run.seed, "What chance is drawn from")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{0}, exercise::max_seed))
        ->type_name("N");
    command
        ->add_option("--until", run.until,
                     "End the run at this virtual time (50ms, 2min, ...), if it lasts so long")
        ->type_name("T");
  }

  void add_grade() {
    auto* command = add("grade", "Grade answers and print the verdict as JSON", "");
    command->add_option("EXERCISE", grade.exercise, "The exercise's file")
        ->required()
        ->type_name("FILE");
    command->add_option("--answers", grade.answers, "The answers' file")
        ->required()
        ->type_name("FILE");
    command->add_option("--seed", grade.seed, "The copy that was answered; else the answers say it")
        ->check(CLI::Range(std::uint64_t{0}, exercise::max_seed))
        ->type_name("N");
  }

  void add_check() {
    auto* command = add(
        "check", "Say everything that is wrong with scenarios and exercises",
        "Of a folder every *.json is checked, at any depth, but rules.json, misconceptions.json\n"
        "and *.schema.json.\n");
    command->add_option("PATH", check.paths, "Files and folders")->required()->type_name("");
    command->add_option("--seeds", check.seeds, "How many copies of each exercise are tried")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000}))
        ->type_name("N");
  }

  void add_schema() {
    auto* command = add("schema", "Print the JSON Schema of a format",
                        "The files exercises/*.schema.json are the output of this command.\n");
    command->add_option("FORMAT", schema, "scenario, exercise or answers")
        ->required()
        ->check(CLI::IsMember(schema_formats()));
  }
};

ExitCode dispatch(const CommandLine& line) {
  if (line.app.got_subcommand("run")) {
    if (line.run.trace == "-" && line.run.pcap == "-") {
      return fail({ExitCode::kUsage, "--trace and --pcap cannot both be standard output\n"});
    }
    return run(line.run);
  }
  if (line.app.got_subcommand("grade")) {
    if (line.grade.exercise == "-" && line.grade.answers == "-") {
      return fail({ExitCode::kUsage, "EXERCISE and --answers cannot both be standard input\n"});
    }
    return grade(line.grade);
  }
  if (line.app.got_subcommand("check")) return check(line.check);
  return schema(line.schema);
}

ExitCode print(const std::string& text) {
  const auto failure = write_text("-", text);
  return failure ? fail(*failure) : ExitCode::kDone;
}

ExitCode main(int argc, char** argv) {
  CommandLine line;
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print(line.app.help());
  } catch (const CLI::CallForVersion& version) {
    return print(std::string(version.what()) + "\n");
  } catch (const CLI::ParseError& error) {
    return fail({ExitCode::kUsage,
                 std::string(error.what()) + "\nRun tcplab --help for how it is used.\n"});
  }
  return dispatch(line);
}

}  // namespace
}  // namespace tcplab::cli

int main(int argc, char** argv) {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);  // write_text() sees it as an error
#endif
  try {
    return static_cast<int>(tcplab::cli::main(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "the lab itself failed: %s\n", error.what());
    return static_cast<int>(tcplab::cli::ExitCode::kBroken);
  }
}
