// The repository's own files, for targets whose input stands beside them.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "fuzz.hpp"

namespace tcplab::fuzz {

inline const std::filesystem::path& repository() {
  static const std::filesystem::path path = TCPLAB_SOURCE_DIR;
  return path;
}

// The text of a file that is there.
inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  require(file.is_open(), "the file of the repository can be read");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace tcplab::fuzz
