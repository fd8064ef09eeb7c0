// What `tcplab check` is given: files and folders.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "files.hpp"

namespace tcplab::cli {

// Whether a file of this name is checked: texts and schemas lie beside the exercises and are none.
bool is_checked(const std::string& name);
// The files of a folder that are checked, at any depth, sorted by path.
tl::expected<std::vector<std::string>, Failure> files_below(const std::string& folder);

// Those that lead to a file which an earlier one leads to are left out, however they are written.
std::vector<std::string> each_once(std::vector<std::string> files);

}  // namespace tcplab::cli
