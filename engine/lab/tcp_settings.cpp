#include "lab/tcp_settings.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <type_traits>

#include "base/enum_name.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "tcp/tcb.hpp"

namespace tcplab::lab {

using namespace format::shapes;
using namespace std::chrono_literals;
using format::Field;
using format::Reader;
using format::say;
using format::Shape;
using tcp::Behaviour;

namespace {

struct Setting {
  std::string_view key;
  Shape shape;
  format::Doc doc;
  void (*apply)(Behaviour&, const Reader&);
};

// How a field is read, by its type; a setting that is there has passed its shape.
void read(const Reader& reader, bool& field) { field = reader.boolean(); }
void read(const Reader& reader, Duration& field) { field = reader.duration(); }
void read(const Reader& reader, std::uint8_t& field) { field = reader.integer<std::uint8_t>(); }
void read(const Reader& reader, std::uint16_t& field) { field = reader.integer<std::uint16_t>(); }
void read(const Reader& reader, std::uint32_t& field) {
  field = static_cast<std::uint32_t>(reader.size());
}
constexpr std::string_view kNever = "never";
template <typename T>
void read(const Reader& reader, std::optional<T>& field) {
  if (reader.text() == kNever) {
    field.reset();
  } else {
    read(reader, field.emplace());
  }
}

template <auto Member>
Setting setting(std::string_view key, Shape shape, format::Doc doc) {
  return {key, std::move(shape), doc, [](Behaviour& b, const Reader& r) { read(r, b.*Member); }};
}

template <auto Member>
Setting flag(std::string_view key, format::Doc doc) {
  return setting<Member>(key, boolean(), doc);
}

template <auto Member>
Setting count(std::string_view key, format::Doc doc) {
  return setting<Member>(key, integer(0, 255), doc);
}

// A time; of one that a Behaviour may lack, "never".
template <auto Member>
Setting time(std::string_view key, Duration least, Duration most, format::Doc doc) {
  constexpr bool may_lack =
      !std::is_same_v<std::remove_cvref_t<decltype(Behaviour{}.*Member)>, Duration>;
  Shape shape = duration(least, most);
  if (may_lack) shape = alternatives({shape, constant(std::string(kNever))});
  return setting<Member>(key, std::move(shape), doc);
}

// One of the enumeration's values.
template <auto Member>
Setting choice(std::string_view key, format::Doc doc) {
  using Enum = std::remove_cvref_t<decltype(Behaviour{}.*Member)>;
  return {key, enumeration(enum_names<Enum>()), doc, [](Behaviour& b, const Reader& r) {
            const auto names = enum_names<Enum>();
            const auto name = std::find(names.begin(), names.end(), r.text());
            b.*Member = static_cast<Enum>(name - names.begin());
          }};
}

using B = Behaviour;

// Every decision that a lesson may want to make otherwise; what they mean in full, and where they
// come from, stands in tcp/behaviour.hpp.
const std::vector<Setting>& settings() {
  static const std::vector<Setting> all{
      setting<&B::mss>("mss", integer(1, 65'495), "MSS option of its SYNs, in octets"),
      setting<&B::mtu>("mtu", integer(wire::kSmallestMtu, 65'535),
                       "MTU of its link, which bounds what it sends; 1500, or what mss needs"),
      setting<&B::least_send_mss>("least_send_mss", integer(1, 1'460),
                                  "What it takes for a peer's MSS that is less"),
      setting<&B::receive_buffer>("window", size(0, 1 << 30),
                                  "Receive buffer, in octets; above 65535 with window_scale"),
      time<&B::msl>("msl", 1us, 24h, "What it takes for the maximum segment lifetime"),
      setting<&B::window_shift>("window_scale", integer(0, tcp::kLargestShift),
                                "Offers window scaling with this shift count (RFC 7323)"),
      flag<&B::timestamps>("timestamps", "Offers timestamps, and with them PAWS (RFC 7323)"),
      choice<&B::missing_timestamp>("missing_timestamp",
                                    "A segment without the timestamps that were negotiated"),
      choice<&B::ts_recent>("ts_recent", "When a segment's timestamp becomes TS.Recent"),
      flag<&B::sack_permitted>("sack_permitted", "Offers selective acknowledgments (RFC 2018)"),
      flag<&B::nagle>("nagle", "Small segments wait while something is unacknowledged"),
      time<&B::delayed_ack>("delayed_ack", 0us, 499'999us,
                            "How long an acknowledgment may wait; 0: not at all"),

      choice<&B::rst_check>("rst_check", "Which RST it believes (RFC 793, RFC 5961)"),
      choice<&B::syn_check>("syn_check", "What a SYN does to a connection (RFC 793, RFC 5961)"),
      choice<&B::ack_check>("ack_check", "Which old ACKs it believes (RFC 793, RFC 5961)"),
      setting<&B::challenge_acks>("challenge_acks", integer(0, 65'535),
                                  "Challenge ACKs in challenge_ack_time (RFC 5961 section 7)"),
      time<&B::challenge_ack_time>("challenge_ack_time", 1ms, 1h, "For challenge_acks"),
      flag<&B::unacceptable_acks_throttled>("unacceptable_acks_throttled",
                                            "Other ACKs for unacceptable segments count with them"),
      choice<&B::window_check>("window_check", "Which segments it finds in the window"),
      choice<&B::window_update>("window_update", "Which segments tell SND.WND"),
      choice<&B::active_reset>("active_reset", "The form of a RST that gives a connection up"),
      flag<&B::answering_reset_has_timestamps>("answering_reset_has_timestamps",
                                               "A RST that answers a segment has timestamps"),
      time<&B::syn_after_wrong_ack>("syn_after_wrong_ack", 1ms, 1h,
                                    "The first SYN goes again so soon after a wrong ACK"),
      flag<&B::rst_before_fin_is_exact>("rst_before_fin_is_exact",
                                        "Believes a RST at RCV.NXT-1 once a FIN has come"),
      choice<&B::unread_at_end>("unread_at_end", "Unread text of a broken connection"),
      choice<&B::unread_at_close>("unread_at_close", "Until when unread text makes close() reset"),
      choice<&B::reset_error>("reset_error", "Which error a RST is told as"),
      flag<&B::shutdown_while_opening>("shutdown_while_opening",
                                       "shutdown() before the connection is open is no error"),
      choice<&B::close_in_close_wait>("close_in_close_wait",
                                      "When close() in CLOSE_WAIT leads to LAST_ACK"),
      choice<&B::nagle_waits>("nagle_waits", "Which text Nagle's algorithm holds back"),
      choice<&B::time_wait_tcb>("time_wait_tcb", "What is kept of a connection in TIME_WAIT"),
      choice<&B::late_text>("late_text", "What a closed socket answers with a RST"),
      choice<&B::window_probe>("window_probe", "What asks about a closed window"),
      count<&B::unanswered_probes>("unanswered_probes",
                                   "Window probes in vain before it gives up; 0: no limit"),
      choice<&B::ack_delay>("ack_delay", "How long an acknowledgment waits"),
      flag<&B::fin_joins_text>("fin_joins_text", "A FIN rides on the last text that waits"),
      flag<&B::retransmission_starts_at_una>("retransmission_starts_at_una",
                                             "What was acknowledged in part is sent from there"),
      flag<&B::retransmission_collapses>("retransmission_collapses",
                                         "A retransmission takes in what follows"),
      count<&B::duplicate_acks>("duplicate_acks",
                                "Duplicate ACKs that cause fast retransmit; 0: none do"),
      flag<&B::timeout_holds_new_text>("timeout_holds_new_text",
                                       "After a timeout new text waits for an ACK"),
      flag<&B::window_is_whole_segments>("window_is_whole_segments",
                                         "The first window is a whole number of segments"),
      flag<&B::scaled_window_rounds_up>("scaled_window_rounds_up",
                                        "A scaled window is rounded up and told anew"),
      flag<&B::ack_stays_in_window>("ack_stays_in_window",
                                    "The SEQ of an ACK is never beyond the other end's window"),
      flag<&B::fin_takes_window>("fin_takes_window", "A FIN takes its number out of the window"),
      flag<&B::paws_spares_acks>("paws_spares_acks", "PAWS answers no ACK that was overtaken"),
      flag<&B::control_bits_come_first>(
          "control_bits_come_first", "Drops what lacks ACK, RST and SYN before all other checks"),

      choice<&B::time_wait_reuse>("time_wait_reuse",
                                  "Which SYN may take the place of a connection in TIME_WAIT"),
      choice<&B::time_wait_refusal>("time_wait_refusal", "What becomes of the SYNs that may not"),
      flag<&B::time_wait_yields_at_rcv_nxt>("time_wait_yields_at_rcv_nxt",
                                            "The first unused number is late enough for it"),
      flag<&B::time_wait_ignores_rst>("time_wait_ignores_rst",
                                      "A RST does not end TIME_WAIT (RFC 1337)"),
      flag<&B::connect_over_time_wait>(
          "connect_over_time_wait",
          "connect() may take a four-tuple in TIME_WAIT (Linux's tcp_tw_reuse)"),
      time<&B::connect_over_time_wait_after>("connect_over_time_wait_after", 0us, 1h,
                                             "So long after its last timestamp"),

      time<&B::initial_rto>("initial_rto", 1ms, 1h, "RTO before the first sample (RFC 6298)"),
      time<&B::min_rto>("min_rto", 1us, 1h, "Least RTO"),
      time<&B::max_rto>("max_rto", 1ms, 1h, "Largest RTO"),
      time<&B::rto_after_lost_syn>("rto_after_lost_syn", 1ms, 1h,
                                   "RTO of data after a lost SYN (RFC 6298 section 5.7)"),
      setting<&B::r1>("r1", integer(1, 255), "Retransmissions after which IP is advised"),
      count<&B::syn_retries>("syn_retries", "SYNs sent again before giving up; 0: no limit"),
      count<&B::syn_ack_retries>("syn_ack_retries",
                                 "SYN,ACKs sent again before giving up; 0: no limit"),
      count<&B::data_retries>("data_retries",
                              "Retransmissions of data before giving up; 0: no limit"),
      count<&B::syn_linear_timeouts>("syn_linear_timeouts",
                                     "SYNs sent again before the RTO begins to double"),
      time<&B::syn_user_timeout>("syn_user_timeout", 1ms, 24h, "When an open is given up"),
      time<&B::user_timeout>("user_timeout", 1ms, 24h, "When data is given up"),
      time<&B::data_give_up>("data_give_up", 1ms, 24h,
                             "The same since the first retransmission (Linux)"),
      time<&B::orphan_give_up>("orphan_give_up", 1ms, 24h, "The same of a closed socket"),
      choice<&B::give_up_reset>("give_up_reset", "Whether a RST tells of giving up"),
      time<&B::fin_wait_2_timeout>("fin_wait_2_timeout", 1ms, 24h,
                                   "How long a closed socket stays in FIN_WAIT_2"),

      flag<&B::close_gives_up_reading>("close_gives_up_reading",
                                       "After close() data is answered by RST"),
      choice<&B::late_text_reset>("late_text_reset", "The number of that RST"),
      choice<&B::hard_errors>("hard_errors", "What a hard ICMP error ends"),
      flag<&B::soft_errors_abort_opening>("soft_errors_abort_opening",
                                          "A soft ICMP error ends an open"),
      choice<&B::backlog>("backlog", "What a listener's backlog bounds"),
      setting<&B::largest_backlog>("largest_backlog", integer(1, 65'535),
                                   "What listen() makes of a larger one"),
      choice<&B::syn_cookies>("syn_cookies", "When a listener answers a SYN by a cookie"),
      flag<&B::reset_on_overflow>("reset_on_overflow", "A full accept queue answers by RST"),
      choice<&B::cookie_layout>("cookie_layout", "Where a cookie keeps options"),
      choice<&B::half_open_table>("half_open_table",
                                  "Whose table keeps the handshakes that are under way"),
      setting<&B::syn_cache_buckets>("syn_cache_buckets", integer(1, 65'535),
                                     "Buckets of the host's table (FreeBSD's SYN cache)"),
      setting<&B::syn_cache_bucket_limit>("syn_cache_bucket_limit", integer(1, 65'535),
                                          "Entries of each of its buckets"),
      choice<&B::listener_close>(
          "listener_close", "What becomes of unfinished handshakes when their listener is closed"),
      setting<&B::max_syn_backlog>(
          "max_syn_backlog", alternatives({size(1, 65'535), constant(std::string(kNever))}),
          "Without cookies, a quarter of so many unfinished handshakes stays free (Linux)"),
      flag<&B::prunes_syn_queue>("prunes_syn_queue",
                                 "A SYN queue that is half full forgets sooner (Linux)"),
      time<&B::syn_ack_slop>("syn_ack_slop", 0us, 1min,
                             "On top of every timeout of a SYN,ACK but the first"),
      flag<&B::defer_accept_counts_timeouts>("defer_accept_counts_timeouts",
                                             "TCP_DEFER_ACCEPT counts timeouts, not time"),

      choice<&B::icmp_in_syn_rcvd>("icmp_in_syn_rcvd",
                                   "What an ICMP error about a listener's SYN,ACK does"),
      choice<&B::syn_ack_in_syn_rcvd>("syn_ack_in_syn_rcvd",
                                      "What a SYN,ACK in a listener's SYN_RCVD does"),
      setting<&B::first_port>("first_port", integer(1, 65'535), "Its first ephemeral port"),
      setting<&B::last_port>("last_port", integer(1, 65'535), "Its last ephemeral port"),
      choice<&B::port_choice>("port_choice", "Which ephemeral port connect() takes (RFC 6056)"),
      choice<&B::reuse_port>("reuse_port",
                             "Which listener has a SYN, of several with SO_REUSEPORT"),
      choice<&B::bad_option_length>("bad_option_length",
                                    "A segment with an option whose length cannot be"),

      choice<&B::crossing_syn_ack>(
          "crossing_syn_ack",
          "Simultaneous open: what the SYN,ACK that crosses its own does (RFC 9293 section 3.5)"),
      choice<&B::repeated_syn>("repeated_syn", "What answers a SYN again in SYN_RCVD"),
      choice<&B::refused_listener>("refused_listener",
                                   "Where a listener that turned active goes when it is refused"),
      choice<&B::rst_issuer>("rst_issuer", "Where ABORT leads"),
      choice<&B::text_with_syn>("text_with_syn", "Text and FIN of a SYN"),
      choice<&B::simultaneous_syn_ack>("simultaneous_syn_ack",
                                       "The options of the SYN,ACK in a simultaneous open"),
      choice<&B::syn_fin>("syn_fin", "A SYN with FIN, to a listener"),
      choice<&B::wrong_ack_in_syn_rcvd>(
          "wrong_ack_in_syn_rcvd", "When the ACK number of a listener's SYN_RCVD is looked at"),
      choice<&B::syn_in_syn_rcvd>("syn_in_syn_rcvd",
                                  "What another SYN in a listener's SYN_RCVD does"),
      flag<&B::paws_covers_rst_in_syn_rcvd>("paws_covers_rst_in_syn_rcvd",
                                            "PAWS drops RSTs in a listener's SYN_RCVD"),
      flag<&B::echo_is_checked_in_syn_rcvd>("echo_is_checked_in_syn_rcvd",
                                            "TSecr of the third segment must be right"),
      flag<&B::shutdown_waits_in_syn_rcvd>("shutdown_waits_in_syn_rcvd",
                                           "shutdown() in SYN_RCVD waits for ESTABLISHED"),
      choice<&B::close_in_syn_rcvd>("close_in_syn_rcvd", "CLOSE in SYN_RCVD while text waits"),
  };
  return all;
}

constexpr std::uint16_t mtu_of_mss(std::uint16_t mss) {
  return static_cast<std::uint16_t>(mss + wire::kIpv4HeaderBytes + wire::kTcpHeaderBytes);
}

// What no field says alone.
void check_together(const Reader& tcp, const Behaviour& behaviour) {
  if (behaviour.min_rto > behaviour.max_rto) {
    tcp[tcp.has("min_rto") ? "min_rto" : "max_rto"].problem(
        say({"\"min_rto\" is above \"max_rto\", {0}", "\"min_rto\" 大于 \"max_rto\" {0}"},
            {format::to_text(behaviour.max_rto)}));
  }
  if (behaviour.last_port < behaviour.first_port) {
    tcp[tcp.has("last_port") ? "last_port" : "first_port"].problem(
        say({"ephemeral ports from {0} to {1}: the first must not be above the last",
             "临时端口从 {0} 到 {1}：第一个不能大于最后一个"},
            {std::to_string(behaviour.first_port), std::to_string(behaviour.last_port)}));
  }
  if (behaviour.mss > tcp::mss_of_mtu(behaviour.mtu)) {
    tcp["mtu"].problem(
        say({"segments of {0} octets do not fit into this MTU; allowed: {1} or more",
             "{0} 字节的报文段放不进这个 MTU；允许：{1} 以上"},
            {std::to_string(behaviour.mss), std::to_string(mtu_of_mss(behaviour.mss))}));
  }
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
  const auto& all = settings();
  for (const auto& [key, value] : tcp.members()) {
    const auto setting = std::find_if(all.begin(), all.end(),
                                      [&key = key](const auto& each) { return each.key == key; });
    if (setting != all.end()) setting->apply(behaviour, value);
  }
  // A link that carries what its host says that it can take.
  if (!tcp.has("mtu")) behaviour.mtu = std::max(behaviour.mtu, mtu_of_mss(behaviour.mss));
  check_together(tcp, behaviour);
}

}  // namespace tcplab::lab
