// All input and output of the command. The path `-` is standard input or standard output.
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
  format::Text why = {};  // the message after the path, for other places than a terminal
};

// The text with "?" for each character that would control a terminal or is not visible (controls,
// changes of direction, invisible ones).
std::string printable(std::string_view text);

// The name of a path in messages.
std::string display_name(const std::string& path);

// Reads a whole text. A file longer than format::parse() accepts is refused (kRefused) without
// reading the rest.
tl::expected<std::string, Failure> read_text(const std::string& path);

// Whether both paths lead to the same file: by the same name, by a hard or symbolic link, or as
// standard input.
bool is_same_file(const std::string& a, const std::string& b);

// Replaces the file. If the reader of standard output has closed it, the failure has no message.
std::optional<Failure> write_text(const std::string& path, std::string_view text);

}  // namespace tcplab::cli
