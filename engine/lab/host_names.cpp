#include "lab/host_names.hpp"

#include "format/quantity.hpp"
#include "lab/scenario.hpp"

namespace tcplab::lab {

using format::Reader;
using format::say;

std::vector<std::string> HostNames::all() const {
  std::vector<std::string> names;
  for (const auto& host : hosts_) names.push_back(host.name);
  return names;
}

bool HostNames::has_stack(net::HostIndex host) const { return hosts_[host].has_stack; }

std::optional<net::HostIndex> HostNames::host(const Reader& reader) const {
  const auto name = reader.text();
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    if (hosts_[i].name == name) return static_cast<net::HostIndex>(i);
  }
  reader.problem(say({"no host is called {0}{1}; hosts: {2}", "没有叫 {0} 的主机{1}；主机有：{2}"},
                     {format::quote(name), format::suggestion(name, all()), format::list(all())}));
  return std::nullopt;
}

wire::Endpoint HostNames::endpoint(const Reader& reader, std::uint16_t least_port) const {
  const auto text = reader.text();
  const auto colon = text.rfind(':');
  const auto name = text.substr(0, colon);
  const auto port_text = colon == std::string::npos ? "" : text.substr(colon + 1);
  wire::Endpoint endpoint;
  const auto port = format::parse_size(port_text);
  const bool digits =
      !port_text.empty() && port_text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || !port || *port < least_port || *port > 65'535) {
    reader.problem(
        say({"found {0}; allowed: host:port or address:port with a port from {1} to 65535, such as "
             "\"server:80\"",
             "发现 {0}；允许：主机:端口 或 地址:端口，端口从 {1} 到 65535，例如 \"server:80\""},
            {format::quote(text), std::to_string(least_port)}));
    return endpoint;
  }
  endpoint.port = static_cast<std::uint16_t>(*port);
  for (const auto& host : hosts_) {
    if (host.name != name) continue;
    endpoint.address = host.config.address;
    return endpoint;
  }
  if (const auto address = format::parse_address(name)) {
    endpoint.address.value = *address;
  } else {
    reader.problem(
        say({"no host is called {0}{1}; hosts: {2}, or an IPv4 address",
             "没有叫 {0} 的主机{1}；主机有：{2}，或者写一个 IPv4 地址"},
            {format::quote(name), format::suggestion(name, all()), format::list(all())}));
  }
  return endpoint;
}

net::Match HostNames::match(const Reader& reader) const {
  net::Match match;
  if (const auto from = reader["from"]) match.from = host(from);
  if (const auto to = reader["to"]) match.to = host(to);
  if (const auto flags = reader["flags"]) match.flags = wire::parse_flags(flags.text());
  if (const auto nth = reader["nth"]) match.nth = nth.integer<std::uint32_t>();
  if (const auto least = reader["len_min"]) match.least_octets = least.integer<std::uint32_t>();
  return match;
}

}  // namespace tcplab::lab
