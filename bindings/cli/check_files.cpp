#include "check_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace tcplab::cli {

namespace fs = std::filesystem;

namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Accepts broken links too, so that reading each of them reports its own error.
bool is_file(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_regular_file(error) || (entry.is_symlink(error) && !entry.exists(error));
}

}  // namespace

bool is_checked(const std::string& name) {
  return ends_with(name, ".json") && !ends_with(name, ".schema.json") && name != "rules.json" &&
         name != "misconceptions.json";
}

tl::expected<std::vector<std::string>, Failure> files_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  while (!error && it != fs::recursive_directory_iterator()) {
    if (is_file(*it) && is_checked(it->path().filename().string())) {
      files.push_back(it->path().string());
    }
    it.increment(error);
  }
  if (error) {
    return tl::make_unexpected(Failure{
        ExitCode::kFile, display_name(folder) + ": cannot be read: " + error.message() + "\n"});
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> each_once(std::vector<std::string> files) {
  std::set<fs::path> seen;
  const auto is_seen = [&](const std::string& file) {
    std::error_code error;
    const auto real = fs::canonical(file, error);
    return !seen.insert(error ? fs::path(file) : real).second;
  };
  std::vector<std::string> once;
  for (auto& file : files) {
    if (!is_seen(file)) once.push_back(std::move(file));
  }
  return once;
}

}  // namespace tcplab::cli
