// What is done on a connection: send, recv, shutdown, close, abort.
#include <algorithm>

#include "lab/read_injection.hpp"
#include "lab/verbs/row.hpp"

namespace tcplab::lab {

using namespace format::shapes;
using format::Field;
using format::Reader;
using format::say;
using format::Sentence;
using host::Call;

namespace {

constexpr std::size_t kMostText = 65'536;

// Text "abc...", restarting after z, so that readers see where in it they are. Made once.
wire::Payload filler(std::size_t octets) {
  static const wire::Payload all = [] {
    wire::Bytes bytes(kMostText);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<std::uint8_t>('a' + i % 26);
    }
    return bytes;
  }();
  return all.first(octets);
}

struct Send {
  using What = verb::Send;
  static constexpr Call kCall = Call::kSend;
  static constexpr const char* kDoc = "SEND";
  static constexpr Sentence kTitle{"send data", "发送数据"};

  static std::vector<Field> fields() {
    return {host_field(), socket_field(),
            optional("bytes", integer(1, kMostText), "How many bytes of filler to send"),
            optional("text", string(1, kMostText), "The bytes to send"),
            optional("to", endpoint_shape(), "In LISTEN: the remote socket")};
  }
  static What read(const Reader& reader, const Referents& referents) {
    What what;
    what.socket = known_socket(reader);
    if (reader.has("bytes") == reader.has("text")) {
      reader.problem(say({"send needs exactly one of \"bytes\" and \"text\"",
                          "send 需要 \"bytes\" 和 \"text\" 中恰好一个"}));
    }
    const auto text = reader["text"].text();
    what.octets = reader.has("bytes") ? filler(reader["bytes"].integer<std::size_t>(0))
                                      : wire::Payload(text.begin(), text.end());
    if (const auto to = reader["to"]) what.to = referents.hosts.endpoint(to);
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.send(site.context, site.socket, what.octets,
                   what.to.port != 0 ? std::optional(what.to) : std::nullopt);
  }
};

struct Recv {
  using What = verb::Recv;
  static constexpr Call kCall = Call::kRecv;
  static constexpr const char* kDoc = "RECEIVE";
  static constexpr Sentence kTitle{"read data", "读取数据"};

  static std::vector<Field> fields() {
    return {host_field(), socket_field(),
            optional("bytes", integer(1, kMostText), "The most bytes to take", What{}.most)};
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    what.socket = known_socket(reader);
    what.most = reader["bytes"].integer<std::uint32_t>(what.most);
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.recv(site.context, site.socket, what.most);
  }
};

struct Shutdown {
  using What = verb::Shutdown;
  static constexpr Call kCall = Call::kShutdown;
  static constexpr const char* kDoc = "CLOSE of the sending side, or no more reading";
  static constexpr Sentence kTitle{"close one direction", "关闭一个方向"};

  static std::vector<Field> fields() {
    const auto& names = host::kShutNames;
    return {host_field(), socket_field(),
            optional("how", enumeration({names.begin(), names.end()}), "The side to shut down",
                     host::to_text(What{}.how))};
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    what.socket = known_socket(reader);
    const auto how = std::find(host::kShutNames.begin(), host::kShutNames.end(),
                               reader["how"].text(host::to_text(what.how)));
    what.how = static_cast<host::Shut>(how - host::kShutNames.begin());
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.shutdown(site.context, site.socket, what.how);
  }
};

struct Close {
  using What = verb::Close;
  static constexpr Call kCall = Call::kClose;
  static constexpr const char* kDoc = "Closes both directions";
  static constexpr Sentence kTitle{"close the socket", "关闭套接字"};

  static std::vector<Field> fields() { return {host_field(), socket_field()}; }
  static What read(const Reader& reader, const Referents&) { return {known_socket(reader)}; }
  static void make(const What&, const CallSite& site) {
    site.host.close(site.context, site.socket);
  }
};

struct Abort {
  using What = verb::Abort;
  static constexpr Call kCall = Call::kAbort;
  static constexpr const char* kDoc = "ABORT";
  static constexpr Sentence kTitle{"end the connection by a RST", "用 RST 中止连接"};

  static std::vector<Field> fields() { return {host_field(), socket_field()}; }
  static What read(const Reader& reader, const Referents&) { return {known_socket(reader)}; }
  static void make(const What&, const CallSite& site) {
    site.host.abort(site.context, site.socket);
  }
};

}  // namespace

std::vector<Verb> verbs_of_connections() {
  return {call_row<Send>(), call_row<Recv>(), call_row<Shutdown>(), call_row<Close>(),
          call_row<Abort>()};
}

}  // namespace tcplab::lab
