// What a host's calls returned, as lines.
#pragma once
#include <string>
#include <vector>

#include "lab/run.hpp"

namespace tcplab::test {

// "accept accepted", "recv a ECONNRESET", "recv a 5", "getsockopt a = true": in order.
std::vector<std::string> returns(const Run& r, const std::string& host);

// A and B with ISNs 100 and 300 and this script; `rest` is text of other members, with a comma.
Run play(const std::string& script, const std::string& rest = R"("until": "2s",)");

}  // namespace tcplab::test
