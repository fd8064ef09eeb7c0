// What `tcplab check` is given: files and folders.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "files.hpp"

namespace tcplab::cli {

// The files of a folder that are checked, at any depth, sorted by path.
tl::expected<std::vector<std::string>, Failure> files_below(const std::string& folder);

}  // namespace tcplab::cli
