// The subcommands. Each prints errors to standard error and returns the exit code.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "exit_code.hpp"
#include "files.hpp"
#include "format/problem.hpp"

namespace tcplab::cli {

struct RunOptions {
  std::string scenario;
  std::string trace;    // "" for no trace
  std::string pcap;     // "" for no capture
  std::string pcap_at;  // a host's name; "" for what every host sends
  std::uint64_t seed = 1;
  std::string until;  // a duration; "" for the scenario's own end
};
ExitCode run(const RunOptions& options);

struct GradeOptions {
  std::string exercise;
  std::vector<std::string> answers;
  std::optional<std::uint64_t> seed;  // none: that of the answers
  bool csv = false;                   // a table instead of JSON
};
ExitCode grade(const GradeOptions& options);

struct CheckOptions {
  std::vector<std::string> paths;
  std::optional<std::uint64_t> seeds;  // none: as many variants as each exercise has
  bool strict = false;                 // warnings count as errors
  bool matrix = false;                 // prints what exercises can show instead of what is wrong
  bool json = false;                   // prints the matrix as JSON
};
ExitCode check(const CheckOptions& options);

struct AnswersOptions {
  std::string exercise;
  std::uint64_t seed = 1;
};
ExitCode answers(const AnswersOptions& options);

struct RubricOptions {
  std::string rubric;
  std::string labelled;
};
ExitCode rubric(const RubricOptions& options);

// The formats that have a JSON Schema.
std::vector<std::string> schema_formats();
// `format`: one of them.
ExitCode schema(const std::string& format);

// The kinds of names that a file may use: "mutants", "rules", ...
std::vector<std::string> kinds_of_names();
// `kind`: one of them.
ExitCode names(const std::string& kind);

std::vector<std::string> profile_ids();
// `id`: one of them.
ExitCode profile(const std::string& id);

// Prints why the command fails, and returns the exit code.
ExitCode fail(const Failure& failure);
// The same for the problems of a file.
ExitCode fail(const std::string& path, const format::Problems& problems);
// Prints the text to standard output, and returns the exit code.
ExitCode print(const std::string& text);
// Prints the problems as warnings.
void warn(const std::string& path, const format::Problems& problems);

}  // namespace tcplab::cli
