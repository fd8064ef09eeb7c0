// Checks that the names in an exercise exist.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "format/reader.hpp"

namespace tcplab::exercise {

// Problems of an exercise whose parameters are filled in: a host, socket, rule, transition, errno
// or address in a match, a goal, a pause, a veto or a script that does not exist; a key of a match
// that no event of its kind has. Such a match fits no event, so that a "never" would always hold.
void check_names(const format::Reader& root);

// Problems of a scenario's script: sockets that nothing in it creates. Calls on them fail with
// EBADF, which may be what the scenario is meant to show.
void check_sockets(const format::Reader& scenario);

// The names that the scripts of an exercise and the student's calls can use.
struct Known {
  std::vector<std::string> hosts;
  std::set<std::string> sockets;
  std::vector<std::string> addresses;
};

// The names that exist. Each function adds a problem for every name in its argument that does not.
class Names {
 public:
  explicit Names(const format::Json& exercise);

  void match(const format::Reader& m) const;
  void goal(const format::Reader& g) const;
  // A host, or one of its sockets: "client", {"host", "socket"}.
  void place(const format::Reader& p) const;
  // Hosts that are the keys of a map.
  void hosts_of(const format::Reader& map) const;
  // Only sockets: the scenario's reader checks the hosts and addresses of a script, but accepts a
  // socket that nothing creates, since the call just fails with EBADF.
  void script(const format::Reader& entries) const;

 private:
  using Words = std::vector<std::string>;

  void host(const format::Reader& name) const;
  void socket(const format::Reader& name) const;
  void error(const format::Reader& m) const;
  void endpoint(const format::Reader& where) const;
  Words host_addresses() const;

  Known known_;
  Words rules_;
  Words edges_;
  Words triggers_;
  Words errnos_;
  Words icmp_;
};

}  // namespace tcplab::exercise
