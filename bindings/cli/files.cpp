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

using format::say;
using format::Text;

namespace {

constexpr std::string_view kStandard = "-";

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Text reason(int error) {
  const std::string english = std::generic_category().message(error);
  switch (error) {
    case ENOENT:
      return {english, "没有这个文件或文件夹"};
    case EACCES:
      return {english, "没有权限"};
    case EISDIR:
      return {english, "这是一个文件夹"};
    default:
      return {english};
  }
}

Failure cannot(const std::string& name, const Text& what) {
  return {ExitCode::kFile, name + ": " + what.en + "\n", what};
}
Failure cannot_read(const std::string& name, int error) {
  return cannot(name, say({"cannot be read: {0}", "无法读取：{0}"}, {reason(error)}));
}
Failure cannot_write(const std::string& name, int error) {
  return cannot(name, say({"cannot be written: {0}", "无法写入：{0}"}, {reason(error)}));
}

Failure too_long(const std::string& path) {
  const auto most = std::to_string(format::Limits{}.bytes);
  std::error_code error;
  const bool has_size = path != kStandard && std::filesystem::is_regular_file(path, error);
  const auto size = has_size ? std::filesystem::file_size(path, error) : 0;
  const auto found = std::to_string(size);
  const Text why = has_size && !error
                       ? say({"the text has {0} bytes; at most {1} are allowed",
                              "文本有 {0} 字节；最多允许 {1}"},
                             {found, most})
                       : say({"the text has more than {0} bytes; at most {0} are allowed",
                              "文本超过 {0} 字节；最多允许 {0}"},
                             {most});
  return {ExitCode::kRefused, display_name(path) + ": " + why.en + "\n", why};
}

}  // namespace

std::string printable(std::string_view text) {
  // Ranges of such characters, as UTF-8.
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
    if (!opened) return tl::make_unexpected(cannot_read(name, errno));
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
    if (std::ferror(file) != 0) return tl::make_unexpected(cannot_read(name, errno));
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
  // The files may not exist yet.
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(named(path), error), error);
  };
  return place(a) == place(b) && !error;
}

std::optional<Failure> write_text(const std::string& path, std::string_view text) {
  if (path != kStandard) {
    File file(std::fopen(path.c_str(), "wb"));
    if (!file) return cannot_write(display_name(path), errno);
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    const int error = errno;
    if (!written || std::fclose(file.release()) != 0) {
      return cannot_write(display_name(path), written ? errno : error);
    }
    return std::nullopt;
  }
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return std::nullopt;
  // The reader at the other end of a pipe or socket has closed it.
  if (errno == EPIPE || errno == ECONNRESET) return Failure{ExitCode::kFile, ""};
  return cannot_write("standard output", errno);
}

}  // namespace tcplab::cli
