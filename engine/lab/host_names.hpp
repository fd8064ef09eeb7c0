// Names of hosts, as scenarios and actions write them, turned into indexes and endpoints; problems
// for those that do not exist.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "format/reader.hpp"
#include "net/network.hpp"
#include "wire/segment.hpp"

namespace tcplab::lab {

struct HostSetup;

class HostNames {
 public:
  explicit HostNames(const std::vector<HostSetup>& hosts) : hosts_(hosts) {}

  std::optional<net::HostIndex> host(const format::Reader& reader) const;
  // "host:port" or "address:port"; only on the wire is port 0 allowed.
  wire::Endpoint endpoint(const format::Reader& reader, std::uint16_t least_port = 1) const;
  // The match of a fault, or of a reference to a segment sent earlier.
  net::Match match(const format::Reader& reader) const;
  bool has_stack(net::HostIndex host) const;

 private:
  std::vector<std::string> all() const;

  const std::vector<HostSetup>& hosts_;
};

}  // namespace tcplab::lab
