#include "lab/events.hpp"

namespace tcplab::lab {

namespace {

std::string_view text_at(const format::Json& event, const char* key) {
  const auto found = event.find(key);
  return found == event.end() ? std::string_view() : found->get_ref<const std::string&>();
}

}  // namespace

std::string_view Events::kind(std::size_t n) const {
  return events_.empty() ? text_at(made_[n], "kind") : to_text(events_[n].kind);
}

std::string_view Events::host(std::size_t n) const {
  if (events_.empty()) return text_at(made_[n], "host");
  const auto host = events_[n].host;
  return host == kTheNetwork ? std::string_view() : names_[host];
}

host::ConnectionId Events::connection(std::size_t n) const {
  return events_.empty() ? made_[n].value("conn", 0u) : events_[n].connection;
}

std::chrono::microseconds Events::time(std::size_t n) const {
  return events_.empty() ? std::chrono::microseconds(made_[n].at("t").get<std::int64_t>())
                         : events_[n].t;
}

}  // namespace tcplab::lab
