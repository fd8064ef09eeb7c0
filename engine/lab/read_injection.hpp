// What "inject" may say: its shapes, and how it is read.
#pragma once
#include <string>
#include <vector>

#include "format/reader.hpp"
#include "format/shape.hpp"
#include "lab/host_names.hpp"
#include "lab/injection.hpp"

namespace tcplab::lab {

// Segments that others may take numbers from. A script's actions may; one that is done by hand has
// its numbers in sight, and must write them.
struct Models {
  std::vector<std::string> labels;  // of the script's injections
  std::vector<Model>* found = nullptr;
};

// Control bits as a text, and which segments are meant: a fault's match, too.
format::Shape flags_shape();
format::Shape segment_match_shape();
std::vector<format::Field> injection_fields();
Injection read_injection(const format::Reader& action, const HostNames& names,
                         const Models& models);

}  // namespace tcplab::lab
