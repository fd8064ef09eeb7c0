// All input and output of the command. A path `-` is standard input or standard output.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "exit_code.hpp"
#include "format/text.hpp"

namespace tcplab::cli {

// Why the command ends early: the lines for standard error (may be empty) and the exit code.
struct Failure {
  ExitCode code;
  std::string message;
  format::Text why = {};  // what is said behind the path, where somebody else reads it
};

// The text without characters that a terminal would act upon (controls, changes of direction,
// invisible ones): each becomes "?".
std::string printable(std::string_view text);

// How messages call a path.
std::string display_name(const std::string& path);

// A whole text. At most what format::parse would take is read; a longer file is refused (kRefused).
tl::expected<std::string, Failure> read_text(const std::string& path);

// Whether both paths lead to one file: the same name, a link to it of either kind, or what stands
// behind standard input.
bool is_same_file(const std::string& a, const std::string& b);

// Replaces the file. That the reader of standard output has gone away is a failure without message.
std::optional<Failure> write_text(const std::string& path, std::string_view text);

}  // namespace tcplab::cli
