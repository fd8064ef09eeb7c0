#include "lab/tcp_settings.hpp"

#include <chrono>

namespace tcplab::lab {

using namespace format::shapes;
using namespace std::chrono_literals;
using format::Field;
using format::Reader;
using format::Shape;
using tcp::Behaviour;

namespace {

struct Setting {
  const char* key;
  Shape shape;
  const char* doc;
  void (*apply)(Behaviour&, const Reader&);
};

tcp::SynCookies cookies(const std::string& when) {
  using enum tcp::SynCookies;
  return when == "always" ? kAlways : when == "on_overflow" ? kOnOverflow : kNever;
}

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all{
      {"mss", integer(1, 65'495), "MSS option of its SYNs, in octets",
       [](Behaviour& b, const Reader& r) { b.mss = r.integer<std::uint16_t>(); }},
      {"window", size(0, 1 << 30), "Receive buffer, in octets; above 65535 with window_scale",
       [](Behaviour& b, const Reader& r) {
         b.receive_buffer = static_cast<std::uint32_t>(r.size());
       }},
      {"msl", duration(1us, 24h), "What it takes for the maximum segment lifetime",
       [](Behaviour& b, const Reader& r) { b.msl = r.duration(); }},
      {"window_scale", integer(0, 14), "Offers window scaling with this shift count (RFC 7323)",
       [](Behaviour& b, const Reader& r) { b.window_shift = r.integer<std::uint8_t>(); }},
      {"timestamps", boolean(), "Offers timestamps, and with them PAWS (RFC 7323)",
       [](Behaviour& b, const Reader& r) { b.timestamps = r.boolean(); }},
      {"sack_permitted", boolean(), "Offers selective acknowledgments (RFC 2018)",
       [](Behaviour& b, const Reader& r) { b.sack_permitted = r.boolean(); }},
      {"nagle", boolean(), "Small segments wait while something is unacknowledged",
       [](Behaviour& b, const Reader& r) { b.nagle = r.boolean(); }},
      {"delayed_ack", duration(0us, 499'999us),
       "How long an acknowledgment may wait; 0: not at all",
       [](Behaviour& b, const Reader& r) { b.delayed_ack = r.duration(); }},
      {"syn_cookies", enumeration({"never", "on_overflow", "always"}),
       "When a listener answers a SYN by a cookie",
       [](Behaviour& b, const Reader& r) { b.syn_cookies = cookies(r.text()); }},
      {"crossing_syn_ack", enumeration({"figure_7", "step_one"}),
       "Simultaneous open: what the SYN,ACK that crosses its own does (RFC 9293 section 3.5)",
       [](Behaviour& b, const Reader& r) {
         b.crossing_syn_ack =
             r.text() == "figure_7" ? tcp::CrossingSynAck::kFigure7 : tcp::CrossingSynAck::kStepOne;
       }},
      {"repeated_syn", enumeration({"ack", "syn_ack"}), "What answers a SYN again in SYN_RCVD",
       [](Behaviour& b, const Reader& r) {
         b.repeated_syn = r.text() == "ack" ? tcp::RepeatedSyn::kAck : tcp::RepeatedSyn::kSynAck;
       }},
      {"refused_listener", enumeration({"closed", "listen"}),
       "Where a listener that turned active goes when it is refused",
       [](Behaviour& b, const Reader& r) {
         b.refused_listener =
             r.text() == "closed" ? tcp::RefusedListener::kClosed : tcp::RefusedListener::kListen;
       }},
      {"rst_issuer", enumeration({"closed", "time_wait"}), "Where ABORT leads",
       [](Behaviour& b, const Reader& r) {
         b.rst_issuer = r.text() == "closed" ? tcp::RstIssuer::kClosed : tcp::RstIssuer::kTimeWait;
       }},
      {"close_in_syn_rcvd", enumeration({"queued", "figure_5"}),
       "CLOSE in SYN_RCVD while text waits",
       [](Behaviour& b, const Reader& r) {
         b.close_in_syn_rcvd =
             r.text() == "queued" ? tcp::CloseInSynRcvd::kQueued : tcp::CloseInSynRcvd::kFigure5;
       }},
      {"reset_on_overflow", boolean(), "A full accept queue answers by RST",
       [](Behaviour& b, const Reader& r) { b.reset_on_overflow = r.boolean(); }},
  };
  return all;
}

}  // namespace

std::vector<Field> tcp_setting_fields() {
  std::vector<Field> fields;
  for (const auto& setting : settings()) {
    fields.push_back(optional(setting.key, setting.shape, setting.doc));
  }
  return fields;
}

void read_tcp_settings(const Reader& tcp, Behaviour& behaviour) {
  for (const auto& setting : settings()) {
    if (const auto value = tcp[setting.key]) setting.apply(behaviour, value);
  }
}

}  // namespace tcplab::lab
