#include "lab/names.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "format/text.hpp"
#include "host/call.hpp"
#include "host/socket.hpp"
#include "lab/trace.hpp"
#include "lab/verbs/verb.hpp"
#include "tcp/effect.hpp"
#include "tcp/state.hpp"
#include "tcp/transition.hpp"
#include "wire/icmp.hpp"
#include "wire/segment.hpp"

namespace tcplab::lab {

using format::Json;
using format::Sentence;

namespace {

// Names in the order of the ids. An id without a name does not compile.
template <std::size_t Size>
using Names = std::array<Sentence, Size>;

template <typename Id>
constexpr std::size_t up_to(Id last) {
  return static_cast<std::size_t>(last) + 1;
}

struct Named {
  std::string_view id;
  Sentence name;
};

// What an end of a connection does in this state.
constexpr Names<tcp::kStateNames.size()> kStates{
    {{"there is no connection", "没有连接"},
     {"waits for a SYN from anyone", "等待任意一端的 SYN"},
     {"has sent a SYN, waits for a SYN in return", "已发送 SYN，等待对端的 SYN"},
     {"both have sent a SYN, waits for the ACK of its own", "两端都发过 SYN，等待对端确认"},
     {"data flows in both directions", "双向传送数据"},
     {"has sent a FIN, waits for its ACK", "已发送 FIN，等待对端确认"},
     {"its FIN is acknowledged, waits for the other FIN", "FIN 已被确认，等待对端的 FIN"},
     {"has received a FIN, waits for its own application to close",
      "已收到 FIN，等待本端应用程序关闭"},
     {"both have sent a FIN, waits for the ACK of its own", "两端都发过 FIN，等待对端确认"},
     {"has sent the second FIN, waits for its ACK", "已发送后一个 FIN，等待对端确认"},
     {"both FINs are acknowledged, waits 2 MSL", "两个 FIN 都已确认，等待 2 MSL"}}};

constexpr Names<tcp::kTimerCount> kTimers{{{"retransmission timer", "重传定时器"},
                                           {"persist timer", "持续定时器"},
                                           {"2 MSL timer", "2 MSL 定时器"},
                                           {"user timeout", "用户超时定时器"},
                                           {"delayed ACK timer", "延迟确认定时器"},
                                           {"keep-alive timer", "保活定时器"},
                                           {"FIN_WAIT_2 timer", "FIN_WAIT_2 定时器"},
                                           {"SO_LINGER timer", "SO_LINGER 定时器"},
                                           {"CLOSE_WAIT timer", "CLOSE_WAIT 定时器"}}};

// For a label in the diagram.
constexpr Names<tcp::kTimerCount> kShortTimers{{{"RTO", "RTO"},
                                                {"persist", "持续"},
                                                {"2 MSL", "2 MSL"},
                                                {"user timeout", "用户超时"},
                                                {"delayed ACK", "延迟确认"},
                                                {"keep-alive", "保活"},
                                                {"FIN_WAIT_2", "FIN_WAIT_2"},
                                                {"SO_LINGER", "SO_LINGER"},
                                                {"CLOSE_WAIT", "CLOSE_WAIT"}}};

constexpr Names<up_to(tcp::Trigger::kCrash)> kTriggers{{{"passive open", "被动打开"},
                                                        {"active open", "主动打开"},
                                                        {"send", "发送数据"},
                                                        {"close", "关闭"},
                                                        {"abort", "中止"},
                                                        {"SYN arrives", "收到 SYN"},
                                                        {"SYN,ACK arrives", "收到 SYN,ACK"},
                                                        {"SYN acknowledged", "SYN 得到确认"},
                                                        {"FIN arrives", "收到 FIN"},
                                                        {"FIN and ACK arrive", "收到 FIN 和 ACK"},
                                                        {"FIN acknowledged", "FIN 得到确认"},
                                                        {"RST arrives", "收到 RST"},
                                                        {"data arrives", "收到数据"},
                                                        {"ICMP error arrives", "收到 ICMP 错误"},
                                                        {"2 MSL have passed", "2 MSL 到时"},
                                                        {"user timeout", "用户超时"},
                                                        {"FIN_WAIT_2 timeout", "FIN_WAIT_2 超时"},
                                                        {"crash", "崩溃"}}};

constexpr Names<up_to(tcp::Origin::kStacks)> kOrigins{
    {{"RFC 9293, figure 5", "RFC 9293 图 5"},
     {"RFC 9293, figure 5, note 1", "RFC 9293 图 5 注 1"},
     {"RFC 9293, figure 5, note 2", "RFC 9293 图 5 注 2"},
     {"RFC 9293, figure 5, note 3", "RFC 9293 图 5 注 3"},
     {"RFC 9293, in the text", "RFC 9293 正文"},
     {"in no RFC, but in common stacks", "RFC 未作规定，常见协议栈如此"}}};

// Many edges share a few actions, so each action is named once.
constexpr Named kActions[] = {
    {"create TCB", {"create the TCB", "建立 TCB"}},
    {"create TCB, snd SYN", {"create the TCB, send SYN", "建立 TCB，发送 SYN"}},
    {"delete TCB", {"delete the TCB", "删除 TCB"}},
    {"snd SYN", {"send SYN", "发送 SYN"}},
    {"snd SYN,ACK", {"send SYN,ACK", "发送 SYN,ACK"}},
    {"snd ACK", {"send ACK", "发送 ACK"}},
    {"snd FIN", {"send FIN", "发送 FIN"}},
    {"snd RST", {"send RST", "发送 RST"}}};

constexpr Names<wire::kIcmpNames.size()> kIcmp{{{"network unreachable", "网络不可达"},
                                                {"host unreachable", "主机不可达"},
                                                {"protocol unreachable", "协议不可达"},
                                                {"port unreachable", "端口不可达"},
                                                {"fragmentation needed", "需要分片"},
                                                {"source route failed", "源路由失败"},
                                                {"source quench", "源点抑制"},
                                                {"time exceeded", "时间超过"},
                                                {"parameter problem", "参数问题"}}};

constexpr Names<up_to(EventKind::kNote)> kEventKinds{
    {{"call", "调用"},
     {"return of a call", "调用返回"},
     {"segment sent", "发送报文段"},
     {"segment received", "收到报文段"},
     {"segment dropped or ignored", "报文段丢失或被忽略"},
     {"segment held", "扣留报文段"},
     {"segment released", "放行报文段"},
     {"segment delayed", "延迟报文段"},
     {"segment duplicated", "复制报文段"},
     {"segment damaged", "报文段出错"},
     {"change of state", "状态改变"},
     {"timer started", "启动定时器"},
     {"timer stopped", "停止定时器"},
     {"timer expired", "定时器到时"},
     {"data delivered", "交付数据"},
     {"accept queue changed", "全连接队列改变"},
     {"ICMP error", "ICMP 错误"},
     {"remark", "说明"}}};

constexpr Names<host::kOptionNames.size()> kOptions{
    {{"bind to a port in TIME_WAIT", "可绑定处于 TIME_WAIT 的端口"},
     {"how long close() waits", "close() 最多等待多久"},
     {"probe a silent peer", "探测长时间没有消息的对端"},
     {"last error", "最近一次错误"},
     {"send small segments at once", "立即发送小报文段"},
     {"largest segment", "最大报文段长度"},
     {"silence before the first probe", "首次探测前的空闲时间"},
     {"time between probes", "两次探测的间隔"},
     {"probes before giving up", "放弃前的探测次数"},
     {"time before giving up", "放弃前的等待时间"},
     {"accept() waits for data", "数据到达后 accept() 才返回"},
     {"what TCP knows", "TCP 的内部信息"},
     {"share a port with other sockets", "与其他套接字共用端口"},
     {"SYNs sent again before giving up", "放弃前重传 SYN 的次数"},
     {"longest FIN_WAIT_2 after close()", "close() 之后 FIN_WAIT_2 的最长时间"}}};

// The kind of value that setsockopt() takes for an option, and a value to offer first; empty if the
// option is read only.
struct OptionValue {
  std::string_view form;
  std::string_view first;
};
constexpr std::array<OptionValue, host::kOptionNames.size()> kOptionValues{{{"flag", "true"},
                                                                            {"time", "0s"},
                                                                            {"flag", "true"},
                                                                            {"error", ""},
                                                                            {"flag", "true"},
                                                                            {"number", "536"},
                                                                            {"time", "60s"},
                                                                            {"time", "10s"},
                                                                            {"number", "3"},
                                                                            {"time", "30s"},
                                                                            {"time", "5s"},
                                                                            {"info", ""},
                                                                            {"flag", "true"},
                                                                            {"number", "2"},
                                                                            {"time", "10s"}}};

struct Variable {
  std::string_view id;
  Sentence name;
  bool is_time = false;  // in microseconds
};

// The variables of RFC 9293 §3.3.1, those of the round-trip time estimate (RFC 6298), and what else
// TCP_INFO returns.
constexpr Variable kVariables[] = {{"state", {"state", "状态"}},
                                   {"iss", {"own initial number", "本端初始序号"}},
                                   {"snd.una", {"oldest not acknowledged", "最早未确认的序号"}},
                                   {"snd.nxt", {"next to send", "下一个要发送的序号"}},
                                   {"snd.wnd", {"send window", "发送窗口"}},
                                   {"irs", {"initial number of the peer", "对端初始序号"}},
                                   {"rcv.nxt", {"next expected", "期望收到的序号"}},
                                   {"rcv.wnd", {"receive window", "接收窗口"}},
                                   {"rto", {"retransmission timeout", "超时重传时间"}, true},
                                   {"srtt", {"smoothed round-trip time", "平滑往返时间"}, true},
                                   {"rttvar", {"round-trip variation", "往返时间偏差"}, true},
                                   {"snd.mss", {"largest segment to send", "可发送的最大报文段"}},
                                   {"unsent", {"bytes not sent yet", "尚未发送的字节"}},
                                   {"unread", {"bytes not read yet", "尚未读取的字节"}},
                                   {"rtt", {"round-trip time", "往返时间"}, true},
                                   {"snd_mss", {"largest segment to send", "可发送的最大报文段"}},
                                   {"unacked", {"segments not acknowledged", "未确认的报文段"}},
                                   {"retransmits", {"times sent again", "重传次数"}},
                                   {"options", {"options", "选项"}}};

// How the octets of a field are to be read.
enum class Form : std::uint8_t {
  kNumber,
  kHex,
  kAddress,
  kLowWords,   // two halves; the lower one counts the header's 32-bit words
  kHighWords,  // the upper half counts the header's 32-bit words
  kFlags,
  kShift,  // a power of two
  kPair,   // two numbers of 32 bits
  kPairs,  // any number of them
  kNone,
};
constexpr std::array<std::string_view, 10> kFormNames{"number",     "hex",   "address", "low_words",
                                                      "high_words", "flags", "shift",   "pair",
                                                      "pairs",      "none"};
using enum Form;

struct HeaderField {
  std::string_view part;
  std::uint8_t at;
  std::uint8_t octets;
  Form form;
  Sentence name;
};

struct OptionField {
  std::uint8_t kind;
  std::uint8_t octets;  // with kind and length
  Form form;
  Sentence name;
};

// RFC 791 §3.1, RFC 9293 §3.1.
constexpr HeaderField kFields[] = {
    {"IPv4", 0, 1, kLowWords, {"version, header length", "版本，首部长度"}},
    {"IPv4", 1, 1, kHex, {"differentiated services", "区分服务"}},
    {"IPv4", 2, 2, kNumber, {"total length", "总长度"}},
    {"IPv4", 4, 2, kHex, {"identification", "标识"}},
    {"IPv4", 6, 2, kHex, {"flags, fragment offset", "标志，片偏移"}},
    {"IPv4", 8, 1, kNumber, {"time to live", "生存时间"}},
    {"IPv4", 9, 1, kNumber, {"protocol", "协议"}},
    {"IPv4", 10, 2, kHex, {"header checksum", "首部检验和"}},
    {"IPv4", 12, 4, kAddress, {"source address", "源地址"}},
    {"IPv4", 16, 4, kAddress, {"destination address", "目的地址"}},
    {"TCP", 0, 2, kNumber, {"source port", "源端口"}},
    {"TCP", 2, 2, kNumber, {"destination port", "目的端口"}},
    {"TCP", 4, 4, kNumber, {"sequence number", "序号"}},
    {"TCP", 8, 4, kNumber, {"acknowledgment number", "确认号"}},
    {"TCP", 12, 1, kHighWords, {"data offset", "数据偏移"}},
    {"TCP", 13, 1, kFlags, {"flags", "标志位"}},
    {"TCP", 14, 2, kNumber, {"window", "窗口"}},
    {"TCP", 16, 2, kHex, {"checksum", "检验和"}},
    {"TCP", 18, 2, kNumber, {"urgent pointer", "紧急指针"}}};

// RFC 9293 §3.2, RFC 7323, RFC 2018: those that the lab's stacks send, and SACK's blocks.
constexpr OptionField kTcpOptions[] = {{0, 1, kNone, {"end of options", "选项表结束"}},
                                       {1, 1, kNone, {"no operation", "无操作"}},
                                       {2, 4, kNumber, {"maximum segment size", "最大报文段长度"}},
                                       {3, 3, kShift, {"window scale", "窗口扩大"}},
                                       {4, 2, kNone, {"SACK permitted", "允许 SACK"}},
                                       {5, 10, kPairs, {"SACK blocks", "SACK 块"}},
                                       {8, 10, kPair, {"timestamps", "时间戳"}}};

Json text(const Sentence& sentence) {
  Json json = Json::object();
  json["en"] = sentence.en;
  json["zh"] = sentence.zh;
  return json;
}

// Not a template, as each instance would make the page's engine larger.
using IdOf = std::string_view (*)(std::size_t);
Json by_id(IdOf id, std::span<const Sentence> names) {
  Json json = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) json[std::string(id(i))] = text(names[i]);
  return json;
}

Json by_id(std::span<const Named> rows) {
  Json json = Json::object();
  for (const auto& row : rows) json[std::string(row.id)] = text(row.name);
  return json;
}

template <const auto& Ids>
std::string_view in(std::size_t i) {
  return Ids[i];
}

template <typename Id>
std::string_view spelled(std::size_t i) {
  return to_text(static_cast<Id>(i));
}

}  // namespace

Json names() {
  Json json;
  json["state"] = by_id(in<tcp::kStateNames>, kStates);
  json["timer"] = by_id(in<tcp::kTimerNames>, kTimers);
  json["timer_short"] = by_id(in<tcp::kTimerNames>, kShortTimers);
  json["event"] = by_id(spelled<tcp::Trigger>, kTriggers);
  json["action"] = by_id(kActions);
  json["origin"] = by_id(spelled<tcp::Origin>, kOrigins);
  json["icmp"] = by_id(in<wire::kIcmpNames>, kIcmp);
  json["kind"] = by_id(spelled<EventKind>, kEventKinds);
  for (const auto& verb : verbs()) {
    if (verb.title == nullptr) continue;
    json[verb.call ? "call" : "fault"][std::string(verb.name)] = text(*verb.title);
  }
  json["option"] = by_id(in<host::kOptionNames>, kOptions);
  for (const auto& variable : kVariables) {
    json["variable"][std::string(variable.id)] = text(variable.name);
  }
  return json;
}

Json time_variables() {
  Json json = Json::array();
  for (const auto& variable : kVariables) {
    if (variable.is_time) json.push_back(variable.id);
  }
  return json;
}

Json socket_options() {
  Json json = Json::array();
  for (std::size_t i = 0; i < kOptionValues.size(); ++i) {
    Json option;
    option["id"] = host::kOptionNames[i];
    option["form"] = kOptionValues[i].form;
    option["first"] = kOptionValues[i].first;
    json.push_back(std::move(option));
  }
  return json;
}

Json header_layout() {
  const auto field_json = [](std::uint8_t octets, Form form, const Sentence& name) {
    Json json;
    json["octets"] = octets;
    json["form"] = kFormNames[static_cast<std::size_t>(form)];
    json["name"] = text(name);
    return json;
  };
  Json json;
  json["fields"] = Json::array();
  for (const auto& field : kFields) {
    Json one = field_json(field.octets, field.form, field.name);
    one["part"] = field.part;
    one["at"] = field.at;
    json["fields"].push_back(std::move(one));
  }
  json["options"] = Json::array();
  for (const auto& option : kTcpOptions) {
    Json one = field_json(option.octets, option.form, option.name);
    one["kind"] = option.kind;
    json["options"].push_back(std::move(one));
  }
  json["flags"] = Json::array();
  for (unsigned bit = 0; bit < 8; ++bit) {
    json["flags"].push_back(wire::flags_text(static_cast<wire::Flags>(1u << bit)));
  }
  return json;
}

}  // namespace tcplab::lab
