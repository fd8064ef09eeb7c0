#include "lab/read_injection.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "wire/datagram.hpp"
#include "wire/options.hpp"

namespace tcplab::lab {

using namespace format::shapes;
using format::Field;
using format::Reader;
using format::say;
using format::Shape;

namespace {

constexpr std::int64_t kMostNumber = 0xffffffff;

// A number, or one that is taken from a segment sent earlier.
Shape number_or_borrowed() {
  const Shape of = alternatives({identifier(), segment_match_shape()});
  const Shape borrowed = object(
      {"number of an earlier segment", "先前报文段的数值"},
      {required("of", of, "The label of an injection, or which segment: the last one that fits"),
       optional(
           "take", enumeration({kNumberNames.begin(), kNumberNames.end()}),
           "Which of its numbers; next: SEQ and the numbers that it takes; if missing, seq, or "
           "tsval for a timestamp"),
       optional("plus", integer(-kMostNumber, kMostNumber), "What is added to it", 0)});
  return named("number", alternatives({integer(0, kMostNumber), borrowed}));
}

Shape segment_shape() {
  const Shape block = array(integer(0, kMostNumber), 2, 2);
  return object(
      {"segment", "报文段"},
      {required("from", endpoint_shape(), "Source, which may be forged"),
       required("to", endpoint_shape(), "Destination"),
       optional("flags", flags_shape(), "Control bits; none if missing"),
       required("seq", number_or_borrowed(), "Sequence number"),
       optional("ack", number_or_borrowed(), "Acknowledgment number", 0),
       optional("win", integer(0, 65'535), "Window, in octets", 65'535),
       optional("mss", integer(0, 65'535), "MSS option"),
       optional("window_scale", integer(0, 255), "Window scale option, the shift count"),
       optional("sack_permitted", boolean(), "SACK-permitted option", false),
       optional("tsval", number_or_borrowed(), "TSval of a timestamps option"),
       optional("tsecr", number_or_borrowed(), "TSecr of the timestamps option", 0),
       optional("sack", array(block, 1, 4), "SACK option: blocks of left and right edge"),
       optional("options", string(0, 2 * wire::kMostOptionBytes),
                "Octets behind the other options, in hexadecimal"),
       optional("urgent", integer(0, 65'535), "Urgent pointer", 0),
       optional("reserved", integer(0, 15), "The reserved bits", 0),
       optional("data_offset", integer(0, 15), "The data offset, in words, if it is to be wrong"),
       optional("bad_checksum", boolean(), "One bit of the checksum is wrong", false),
       optional("cut_to", integer(0, 1'520), "Only so many octets of the segment are left"),
       optional("text", string(0, 1'460), "Payload")});
}

Shape icmp_shape() {
  const std::vector<std::string> errors{wire::kIcmpNames.begin(), wire::kIcmpNames.end()};
  const Shape quoted = object({"quoted segment", "引用的报文段"},
                              {required("from", endpoint_shape(), "Source"),
                               required("to", endpoint_shape(), "Destination"),
                               required("seq", number_or_borrowed(), "Sequence number")});
  return object({"ICMP error", "ICMP 错误"},
                {required("error", enumeration(errors), "What it tells"),
                 required("quotes", quoted, "What it quotes"),
                 optional("to", identifier(),
                          "The host that it goes to; the source of what it quotes if missing"),
                 optional("mtu", integer(0, 65'535), "For fragmentation_needed", 576)});
}

void refuse_label(const Reader& reader, const std::vector<std::string>& labels) {
  const auto label = reader.text();
  reader.problem(say(
      {"no injection has the label {0}{1}; labels: {2}", "没有注入的标签是 {0}{1}；标签有：{2}"},
      {format::quote(label), format::suggestion(label, labels), format::list(labels)}));
}

std::optional<Model> read_model(const Reader& of, const HostNames& names,
                                const std::vector<std::string>& labels) {
  if (!of.json().is_string()) return Model{names.match(of), {}};
  const auto label = of.text();
  if (std::find(labels.begin(), labels.end(), label) != labels.end()) return Model{{}, label};
  refuse_label(of, labels);
  return std::nullopt;
}

Number number_named(const std::string& name) {
  const auto found = std::find(kNumberNames.begin(), kNumberNames.end(), name);
  return static_cast<Number>(found - kNumberNames.begin());
}

class InjectionReader {
 public:
  InjectionReader(const HostNames& names, const Models& models) : names_(names), models_(models) {}

  Injection read(const Reader& action) {
    injection_.label = action["label"].text();
    const Reader segment = action["segment"];
    const Reader icmp = action["icmp"];
    if (segment.operator bool() == icmp.operator bool()) {
      action.problem(say({"inject needs exactly one of \"segment\" and \"icmp\"",
                          "inject 需要 \"segment\" 和 \"icmp\" 中恰好一个"}));
    } else if (segment) {
      read_segment(segment);
    } else {
      read_icmp(icmp);
    }
    return std::move(injection_);
  }

 private:
  // The number, or zero and a note of where it comes from.
  std::uint32_t number(const Reader& reader, Number into) {
    const Reader of = reader["of"];
    if (!of) return reader.integer<std::uint32_t>();
    const auto model = read_model(of, names_, models_.labels);
    if (!model) return 0;
    const bool stamp = into == Number::kTsval || into == Number::kTsecr;
    const auto which = number_named(reader["take"].text(stamp ? "tsval" : "seq"));
    injection_.borrowed.push_back(
        {into, static_cast<std::uint32_t>(models_.found->size()), which,
         static_cast<std::uint32_t>(reader["plus"].integer<std::int64_t>())});
    models_.found->push_back(*model);
    return 0;
  }

  void read_icmp(const Reader& reader) {
    const auto quotes = reader["quotes"];
    auto& segment = injection_.segment;
    segment.src = names_.endpoint(quotes["from"], 0);
    segment.dst = names_.endpoint(quotes["to"], 0);
    segment.seq = wire::Seq(number(quotes["seq"], Number::kSeq));
    segment.flags = wire::kAck;
    const auto name =
        std::find(wire::kIcmpNames.begin(), wire::kIcmpNames.end(), reader["error"].text());
    const auto error = static_cast<wire::Icmp>(name - wire::kIcmpNames.begin());
    std::optional<net::HostIndex> to;
    if (const auto host = reader["to"]) to = names_.host(host);
    injection_.icmp = {error, reader["mtu"].integer<std::uint16_t>(576), to};
    if (error != wire::Icmp::kFragmentationNeeded && reader.has("mtu")) {
      reader["mtu"].key_problem(say({"\"mtu\" goes with \"fragmentation_needed\" only",
                                     "\"mtu\" 只能与 \"fragmentation_needed\" 同用"}));
    }
  }

  void read_segment(const Reader& reader) {
    auto& segment = injection_.segment;
    segment.src = names_.endpoint(reader["from"], 0);
    segment.dst = names_.endpoint(reader["to"], 0);
    segment.flags = wire::parse_flags(reader["flags"].text()).value_or(wire::Flags{0});
    segment.seq = wire::Seq(number(reader["seq"], Number::kSeq));
    segment.ack = wire::Seq(number(reader["ack"], Number::kAck));
    segment.window = reader["win"].integer<std::uint16_t>(65'535);
    read_options(reader);
    const auto text = reader["text"].text();
    segment.payload = wire::Payload(text.begin(), text.end());
    read_forgery(reader);
  }

  void read_options(const Reader& reader) {
    auto& options = injection_.segment.options;
    if (const auto mss = reader["mss"]) options.mss = mss.integer<std::uint16_t>();
    if (const auto shift = reader["window_scale"]) {
      options.window_scale = shift.integer<std::uint8_t>();
    }
    options.sack_permitted = reader["sack_permitted"].boolean();
    if (const auto value = reader["tsval"]) {
      options.timestamps.emplace();
      options.timestamps->value = number(value, Number::kTsval);
      options.timestamps->echo_reply = number(reader["tsecr"], Number::kTsecr);
    } else if (const auto echo = reader["tsecr"]) {
      echo.key_problem(say({"\"tsecr\" goes with \"tsval\": one option holds both",
                            "\"tsecr\" 要与 \"tsval\" 同用：两者在同一个选项中"}));
    }
  }

  static wire::Bytes octets(const Reader& reader) {
    const auto text = reader.text();
    wire::Bytes octets;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
      octets.push_back(
          static_cast<std::uint8_t>(std::strtoul(text.substr(i, 2).c_str(), nullptr, 16)));
    }
    const bool digits = text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!digits || text.size() % 2 == 1) {
      reader.problem(say({"found {0}; allowed: pairs of hexadecimal digits such as \"0101080a\"",
                          "发现 {0}；允许：成对的十六进制数字，例如 \"0101080a\""},
                         {format::quote(text)}));
    }
    return octets;
  }

  void read_forgery(const Reader& reader) {
    auto& segment = injection_.segment;
    wire::Forgery forgery;
    std::vector<wire::SackBlock> blocks;
    for (const auto& block : reader["sack"].items()) {
      const auto edges = block.items();
      blocks.push_back({wire::Seq(edges[0].integer<std::uint32_t>()),
                        wire::Seq(edges[1].integer<std::uint32_t>())});
    }
    if (!blocks.empty()) forgery.options = wire::sack_option(blocks);
    if (const auto raw = reader["options"]) {
      const auto more = octets(raw);
      forgery.options.insert(forgery.options.end(), more.begin(), more.end());
    }
    forgery.urgent = reader["urgent"].integer<std::uint16_t>();
    forgery.reserved = reader["reserved"].integer<std::uint8_t>();
    if (const auto words = reader["data_offset"]) {
      forgery.data_offset = words.integer<std::uint8_t>();
    }
    forgery.bad_checksum = reader["bad_checksum"].boolean();
    if (const auto left = reader["cut_to"]) forgery.cut_to = left.integer<std::uint16_t>();
    const bool hides_ack = segment.ack != wire::Seq{} && !segment.has(wire::kAck);
    if (forgery == wire::Forgery{} && !hides_ack) return;
    check_sizes(reader, forgery);
    injection_.forgery = std::make_shared<const wire::Forgery>(std::move(forgery));
  }

  void check_sizes(const Reader& reader, const wire::Forgery& forgery) const {
    const auto& segment = injection_.segment;
    const std::size_t size = wire::options_size(segment.options, forgery);
    if (size > wire::kMostOptionBytes) {
      reader[reader.has("options") ? "options" : "sack"].problem(
          say({"the options take {0} octets; a header has room for 40",
               "这些选项占 {0} 字节；首部最多容纳 40 字节"},
              {std::to_string(size)}));
    }
    const std::size_t whole = wire::kTcpHeaderBytes + size + segment.payload.size();
    if (forgery.cut_to && *forgery.cut_to >= whole) {
      reader["cut_to"].problem(say({"the segment has {0} octets: nothing would be cut off",
                                    "这个报文段有 {0} 字节：截不掉任何内容"},
                                   {std::to_string(whole)}));
    }
  }

  const HostNames& names_;
  const Models& models_;
  Injection injection_;
};

}  // namespace

Shape endpoint_shape() { return described("host:port, or address:port", string(0, 80)); }
Shape flags_shape() { return words({"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}); }

Shape segment_match_shape() {
  return object(
      {"match", "匹配条件"},
      {optional("from", identifier(), "The sending host"),
       optional("to", identifier(), "The receiving host"),
       optional("flags", flags_shape(), "Its control bits, exactly; PSH does not count"),
       optional("len_min", integer(0, 65'535), "At least so many octets of text"),
       optional("nth", integer(1, 1'000'000), "Only the matching segment of this number, from 1")});
}

std::vector<Field> injection_fields() {
  return {optional("segment", segment_shape(), "The segment"),
          optional("icmp", icmp_shape(), "An ICMP error instead"),
          optional("label", identifier(), "By which later injections refer to this one")};
}

Injection read_injection(const Reader& action, const HostNames& names, const Models& models) {
  return InjectionReader(names, models).read(action);
}

}  // namespace tcplab::lab
