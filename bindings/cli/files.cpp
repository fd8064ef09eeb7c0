#include "files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "format/document.hpp"
#include "format/problem.hpp"

namespace tcplab::cli {

namespace {

constexpr std::string_view kStandard = "-";

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

std::string reason(int error) { return std::generic_category().message(error); }

Failure cannot(const std::string& name, const char* what, int error) {
  return {ExitCode::kFile, name + ": cannot be " + what + ": " + reason(error) + "\n"};
}

Failure too_long(const std::string& path) {
  const auto most = std::to_string(format::Limits{}.bytes);
  std::error_code error;
  const bool has_size = path != kStandard && std::filesystem::is_regular_file(path, error);
  const auto size = has_size ? std::filesystem::file_size(path, error) : 0;
  const auto found = has_size && !error ? std::to_string(size) : "more than " + most;
  return {ExitCode::kRefused, display_name(path) + ": the text has " + found + " bytes; at most " +
                                  most + " are allowed\n"};
}

}  // namespace

std::string printable(std::string_view text) {
  // Bytes of UTF-8, first to last, that are one such character each.
  struct Range {
    std::string_view first, last;
  };
  static constexpr Range kUnsafe[] = {
      {"\x01", "\x1f"},                  // controls
      {"\x7f", "\x7f"},                  // delete
      {"\xc2\x80", "\xc2\x9f"},          // more controls
      {"\xe2\x80\x8b", "\xe2\x80\x8f"},  // zero width, marks of direction
      {"\xe2\x80\xa8", "\xe2\x80\xae"},  // line ends, changes of direction
      {"\xe2\x81\xa0", "\xe2\x81\xaf"},  // invisible, isolates
      {"\xef\xbb\xbf", "\xef\xbb\xbf"},  // byte order mark
  };
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t skipped = text[i] == '\0' ? 1 : 0;
    for (const auto& range : kUnsafe) {
      const auto character = text.substr(i, range.first.size());
      if (character >= range.first && character <= range.last) skipped = character.size();
    }
    result += skipped > 0 ? '?' : text[i];
    i += std::max<std::size_t>(skipped, 1);
  }
  return result;
}

std::string display_name(const std::string& path) {
  return path == kStandard ? "standard input" : printable(path);
}

tl::expected<std::string, Failure> read_text(const std::string& path) {
  const auto name = display_name(path);
  File opened;
  std::FILE* file = stdin;
  if (path != kStandard) {
    opened.reset(std::fopen(path.c_str(), "rb"));
    if (!opened) return tl::make_unexpected(cannot(name, "read", errno));
    file = opened.get();
  }
  const std::size_t most = format::Limits{}.bytes;
  std::string text;
  char buffer[1 << 16];
  while (text.size() <= most) {
    errno = 0;
    const std::size_t got = std::fread(buffer, 1, sizeof buffer, file);
    text.append(buffer, got);
    if (got == sizeof buffer) continue;
    if (std::ferror(file) != 0) return tl::make_unexpected(cannot(name, "read", errno));
    return text.size() <= most ? tl::expected<std::string, Failure>(std::move(text))
                               : tl::make_unexpected(too_long(path));
  }
  return tl::make_unexpected(too_long(path));
}

bool is_same_file(const std::string& a, const std::string& b) {
  const auto named = [](const std::string& path) {
    return path == kStandard ? "/dev/stdin" : path;
  };
  std::error_code error;
  if (std::filesystem::equivalent(named(a), named(b), error) && !error) return true;
  // Neither may be there yet.
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(named(path), error), error);
  };
  return place(a) == place(b) && !error;
}

std::optional<Failure> write_text(const std::string& path, std::string_view text) {
  if (path != kStandard) {
    File file(std::fopen(path.c_str(), "wb"));
    if (!file) return cannot(display_name(path), "written", errno);
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    const int error = errno;
    if (!written || std::fclose(file.release()) != 0) {
      return cannot(display_name(path), "written", written ? errno : error);
    }
    return std::nullopt;
  }
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return std::nullopt;
  // A reader behind a pipe or a socket went away.
  if (errno == EPIPE || errno == ECONNRESET) return Failure{ExitCode::kFile, ""};
  return cannot("standard output", "written", errno);
}

}  // namespace tcplab::cli
