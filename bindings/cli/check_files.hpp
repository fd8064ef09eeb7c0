// Finds the files that `tcplab check` has to check.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "files.hpp"

namespace tcplab::cli {

// Whether a file of this name is checked. The folders of exercises also contain texts and schemas,
// which are not.
bool is_checked(const std::string& name);
// The files of a folder that are checked, at any depth, sorted by path.
tl::expected<std::vector<std::string>, Failure> files_below(const std::string& folder);

// Leaves out paths to a file that an earlier path leads to, even if they are written differently.
std::vector<std::string> each_once(std::vector<std::string> files);

}  // namespace tcplab::cli
