// The command `tcplab`: its arguments and exit codes.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "commands.hpp"
#include "exercise/exercise.hpp"

namespace tcplab::cli {

ExitCode fail(const Failure& failure) {
  std::fputs(failure.message.c_str(), stderr);
  return failure.code;
}

ExitCode fail(const std::string& path, const format::Problems& problems) {
  return fail({ExitCode::kRefused, format::to_text(display_name(path), problems), {}});
}

void warn(const std::string& path, const format::Problems& problems) {
  for (auto warning : problems) {
    warning.message = format::say({"warning: {0}", "警告：{0}"}, {warning.message});
    std::fputs((format::to_text(display_name(path), warning) + "\n").c_str(), stderr);
  }
}

ExitCode print(const std::string& text) {
  const auto failure = write_text("-", text);
  return failure ? fail(*failure) : ExitCode::kDone;
}

namespace {

constexpr const char* kExitCodes =
    "Exit codes:\n"
    "  0  done\n"
    "  1  the input was read and is wrong: a file has problems, or the answers do not belong to "
    "the\n"
    "     exercise; standard error says what and where (file:line:column: /pointer: problem)\n"
    "  2  the command line is wrong\n"
    "  3  something could not be read or written; there is no message when the reader of the "
    "output\n"
    "     has gone away\n"
    "  4  the lab itself failed\n";

std::string usage_note(const std::string& command = "") {
  return "Run tcplab " + (command.empty() ? "" : command + " ") + "--help to see how it is used.\n";
}

constexpr const char* kFilesNote =
    "A path - is standard input or standard output. A file may have at most 4 MiB.\n";

struct CommandLine {
  CLI::App app{"TCP Connection Lab: runs, checks and grades TCP scenarios and exercises."};
  RunOptions run;
  GradeOptions grade;
  CheckOptions check;
  AnswersOptions answers;
  RubricOptions rubric;
  std::string schema;
  std::string profile;
  std::string names;

  CommandLine() {
    app.name("tcplab");
    app.set_version_flag("--version", "tcplab " TCPLAB_VERSION, "Print the version and exit");
    app.require_subcommand(1);
    app.footer(std::string(kFilesNote) + "\n" + kExitCodes);
    add_run();
    add_grade();
    add_check();
    add_answers();
    add_rubric();
    add_schema();
    add_profile();
    add_names();
  }

  // The subcommand that was given; "" if there is none.
  std::string command() const {
    const auto given = app.get_subcommands();
    return given.empty() ? "" : given.front()->get_name();
  }

 private:
  CLI::App* add(const char* name, const char* what, const std::string& footer) {
    auto* command = app.add_subcommand(name, what);
    command->footer(footer + "Exit codes: see tcplab --help.\n");
    return command;
  }

  template <typename Seed>
  static CLI::Option* add_seed(CLI::App* command, Seed& seed, const char* what) {
    return command->add_option("--seed", seed, what)
        ->check(CLI::Range(std::uint64_t{0}, exercise::max_seed))
        ->type_name("N");
  }

  void add_run() {
    auto* command = add(
        "run", "Run a scenario, or an exercise's, and print its exchange",
        std::string(
            "Of an exercise, its scenario is run in the variant of the seed: --trace tells the\n"
            "events that its questions can name.\n"
            "With --trace - or --pcap -, only the trace or the capture is printed. No "
            "output may\noverwrite the scenario.\n") +
            kFilesNote);
    command->add_option("SCENARIO", run.scenario, "The scenario, or an exercise")
        ->required()
        ->type_name("FILE");
    command->add_option("--trace", run.trace, "Write the trace to this file, as JSON Lines")
        ->type_name("FILE");
    auto* pcap = command->add_option(
        "--pcap", run.pcap,
        "Write a capture to this file (pcapng, for Wireshark and tcpdump). It has each segment\n"
        "once, as its sender sent it, even if the network lost it later");
    pcap->type_name("FILE");
    command
        ->add_option("--pcap-at", run.pcap_at,
                     "Capture at this host instead: the segments that it sends and that reach it")
        ->needs(pcap)
        ->type_name("HOST");
    add_seed(command, run.seed, "The seed of all random events (losses, sequence numbers)")
        ->capture_default_str();
    command
        ->add_option("--until", run.until,
                     "Stop the run at this virtual time (50ms, 2min, ...) if it has not ended yet")
        ->type_name("T");
  }

  void add_grade() {
    auto* command = add(
        "grade", "Grade answers and print the verdict as JSON, or as a table",
        std::string("Of max points, score counts what the last answers have right. half_points, of "
                    "at most twice\nmax, counts what they earn: two for a point of the first "
                    "answer, one for that of a later one,\nnone once the right answer was "
                    "shown.\nA wrong pick costs what right ones earn: a pick's points are its max, "
                    "times the needs that are\nmet of all, times the picks that meet one of all, "
                    "rounded down; a veto leaves none.\nOf several answers files, each has a line "
                    "of JSON, in their order: "
                    "the verdict after its \"file\",\nor what is wrong with it.\n"
                    "With --csv, a table instead: a row for each question, or part, of each file, "
                    "with the points\nthat it earns and the misconceptions that its verdict names. "
                    "A file that cannot be graded has one\nrow, with its problem.\n") +
            kFilesNote);
    command->add_option("EXERCISE", grade.exercise, "The exercise")->required()->type_name("FILE");
    command->add_option("--answers", grade.answers, "The answers, of one student or many")
        ->required()
        ->type_name("FILE ...");
    command->add_flag(
        "--csv", grade.csv,
        "Print a table for spreadsheets (RFC 4180): file, question, points, of, ideas, "
        "earlier_ideas, problem");
    add_seed(command, grade.seed,
             "Refuse answers to another variant than this one (the default: take the variant that "
             "the answers name)");
  }

  void add_check() {
    auto* command = add(
        "check", "Report everything that is wrong with scenarios and exercises",
        std::string("In a folder, every *.json at any depth is checked, except rules.json,\n"
                    "misconceptions.json and *.schema.json. Warnings do not change the exit code; "
                    "with --strict\nthey do.\n") +
            kFilesNote);
    command->add_option("PATH", check.paths, "Files and folders")->required()->type_name("");
    command
        ->add_option(
            "--seeds", check.seeds,
            "Try this many variants of each exercise that offers as many (the default: all)")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000}))
        ->type_name("N");
    command->add_flag("--strict", check.strict, "Treat warnings as errors");
    auto* matrix = command->add_flag(
        "--matrix", check.matrix,
        "Print which misconceptions each exercise can show, by which mutant, and on how many of "
        "its variants");
    command->add_flag("--json", check.json, "Print the matrix as JSON")->needs(matrix);
  }

  void add_answers() {
    auto* command =
        add("answers", "Print the right answers and those of every mutant, as JSON",
            std::string("Where several are right, answers has the first, and also the others: of a "
                        "pick, by need, the\nother events that meet it; of a claim, by slot, the "
                        "other options that are true.\n"
                        "A mutant is listed with the answers in which it differs. null: its world "
                        "never comes to the\nquestion, or no option is true there; a build has no "
                        "single answer and is null, too.\n") +
                kFilesNote);
    command->add_option("EXERCISE", answers.exercise, "The exercise")
        ->required()
        ->type_name("FILE");
    add_seed(command, answers.seed, "The variant")->capture_default_str();
  }

  void add_rubric() {
    auto* command = add(
        "rubric", "Measure rules for a free text against labelled answers",
        std::string("Prints precision, recall and Cohen's kappa of each idea and of all, in "
                    "Markdown: of the\nanswers that were held out, and apart from them of those "
                    "that the rules were tuned on.\n") +
            kFilesNote);
    command->add_option("FILE", rubric.rubric, "The rules")->required()->type_name("");
    command->add_option("LABELLED", rubric.labelled, "The labelled answers")
        ->required()
        ->type_name("");
  }

  void add_schema() {
    auto* command = add("schema", "Print the JSON Schema of a format",
                        "The files exercises/*.schema.json are the output of this command.\n");
    command->add_option("FORMAT", schema, "The format")
        ->required()
        ->check(CLI::IsMember(schema_formats()));
  }

  void add_names() {
    auto* command = add(
        "names", "Print the names that a scenario or an exercise may use",
        "One a line. Of a mutant, also the misconception that it makes true; of a\nmisconception "
        "its name; terms are those whose cards the page has. The texts of the\nrules are in "
        "exercises/rules.json. Of a\nsetting of a host's \"tcp\", also its range "
        "and what it does; of a notation, what it shows.\n");
    command->add_option("KIND", names, "What kind of names")
        ->required()
        ->check(CLI::IsMember(kinds_of_names()));
  }

  void add_profile() {
    auto* command = add("profile", "Print what a profile does and where that was learnt",
                        "Each line: a field of the engine's Behaviour, its value, whether it was "
                        "measured, read or\nassumed, and the source.\n");
    command->add_option("PROFILE", profile, "linux, freebsd, ...")
        ->required()
        ->check(CLI::IsMember(profile_ids()));
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
    std::vector<std::string> inputs = line.grade.answers;
    inputs.push_back(line.grade.exercise);
    if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
      return fail({ExitCode::kUsage, "only one of EXERCISE and --answers can be standard input\n"});
    }
    return grade(line.grade);
  }
  if (line.app.got_subcommand("check")) return check(line.check);
  if (line.app.got_subcommand("answers")) return answers(line.answers);
  if (line.app.got_subcommand("rubric")) {
    if (line.rubric.rubric == "-" && line.rubric.labelled == "-") {
      return fail({ExitCode::kUsage, "only one of FILE and LABELLED can be standard input\n"});
    }
    return rubric(line.rubric);
  }
  if (line.app.got_subcommand("profile")) return profile(line.profile);
  if (line.app.got_subcommand("names")) return names(line.names);
  return schema(line.schema);
}

// The message for a first argument that is not a command.
std::optional<std::string> unknown_command(const CommandLine& line, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return std::nullopt;
  std::vector<std::string> names;
  for (const auto* command : line.app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return std::nullopt;
  return "no command is called " + format::quote(argv[1]) + format::suggestion(argv[1], names).en +
         "; allowed: " + format::list(names);
}

ExitCode main(int argc, char** argv) {
  CommandLine line;
  if (const auto unknown = unknown_command(line, argc, argv)) {
    return fail({ExitCode::kUsage, printable(*unknown) + "\n" + usage_note()});
  }
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print(line.app.help());
  } catch (const CLI::CallForVersion& version) {
    return print(std::string(version.what()) + "\n");
  } catch (const CLI::ParseError& error) {
    return fail({ExitCode::kUsage, std::string(error.what()) + "\n" + usage_note(line.command())});
  }
  return dispatch(line);
}

}  // namespace
}  // namespace tcplab::cli

int main(int argc, char** argv) {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);  // write_text() handles the error instead
#endif
  try {
    return static_cast<int>(tcplab::cli::main(argc, argv));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "the lab itself failed: %s\n", error.what());
    return static_cast<int>(tcplab::cli::ExitCode::kBroken);
  }
}
