// From a socket to a connection: socket, bind, listen, connect, accept.
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

constexpr std::string_view kOnCall = "on_call";

format::Shape port() { return integer(1, 65'535); }

Field application_field(std::string_view key, format::Doc doc) {
  return optional(key, enumeration({"each", std::string(kOnCall)}), doc, "each");
}

host::Application application(const Reader& reader) {
  return reader.text() == kOnCall ? host::Application::kOnCall : host::Application::kEach;
}

Field as_field(const verb::SocketName& otherwise) {
  return optional("as", identifier(), "The socket's name", otherwise.name);
}

// An existing socket, or else a new one.
verb::SocketName new_or_known(const Reader& reader, const verb::SocketName& otherwise) {
  if (const auto known = reader["socket"]) {
    if (reader.has("as")) {
      reader["as"].key_problem(
          say({"a socket that is there keeps its name: give \"socket\" or \"as\", not both",
               "已有的套接字不能改名：\"socket\" 和 \"as\" 只能写一个"}));
    }
    return {known.text(), false};
  }
  return {reader["as"].text(otherwise.name), true};
}

struct Listen {
  using What = verb::Listen;
  static constexpr Call kCall = Call::kListen;
  static constexpr const char* kDoc = "Passive OPEN: waits for connections";
  static constexpr Sentence kTitle{"wait for connections", "等待连接到来"};

  static std::vector<Field> fields() {
    const What otherwise;
    return {host_field(),
            optional("port", port(), "The local port of a new socket that may share it"),
            optional("socket", identifier(), "A socket that bind has given a port"),
            optional("backlog", integer(0, 65'535), "Connections that may wait for accept",
                     otherwise.backlog),
            as_field(otherwise.socket),
            application_field("accept", "When the application calls accept"),
            application_field("read", "When accepted sockets' application reads")};
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    if (reader.has("socket") == reader.has("port")) {
      reader.problem(say({"listen needs exactly one of \"port\" and \"socket\"",
                          "listen 需要 \"port\" 和 \"socket\" 中恰好一个"}));
    }
    what.socket = new_or_known(reader, what.socket);
    what.port = reader["port"].integer<std::uint16_t>(what.port);
    what.backlog = reader["backlog"].integer<std::size_t>(what.backlog);
    what.accept = application(reader["accept"]);
    what.read = application(reader["read"]);
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.listen(site.context, {site.socket, what.port, what.backlog, what.accept, what.read});
  }
};

struct Connect {
  using What = verb::Connect;
  static constexpr Call kCall = Call::kConnect;
  static constexpr const char* kDoc = "Active OPEN";
  static constexpr Sentence kTitle{"open a connection", "建立连接"};

  static std::vector<Field> fields() {
    return {
        host_field(),
        required("to", endpoint_shape(), "The remote socket"),
        optional("port", port(), "The local port; the next ephemeral one if missing"),
        as_field(What{}.socket),
        optional("socket", identifier(), "An existing socket; a listening one is opened actively"),
        application_field("read", "When the application reads")};
  }
  static What read(const Reader& reader, const Referents& referents) {
    What what;
    what.socket = new_or_known(reader, what.socket);
    what.port = reader["port"].integer<std::uint16_t>(what.port);
    what.read = application(reader["read"]);
    what.to = referents.hosts.endpoint(reader["to"]);
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.connect(site.context, {site.socket, what.to, what.port, what.read});
  }
};

struct Accept {
  using What = verb::Accept;
  static constexpr Call kCall = Call::kAccept;
  static constexpr const char* kDoc = "Takes a connection from the queue, or waits for one";
  static constexpr Sentence kTitle{"take a connection from the queue", "从队列取出一条连接"};

  static std::vector<Field> fields() {
    return {host_field(), required("socket", identifier(), "The listener"),
            optional("as", identifier(), "The new socket's name", What{}.as)};
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    what.socket = known_socket(reader);
    what.as = reader["as"].text(what.as);
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.accept(site.context, site.socket, what.as);
  }
};

struct Socket {
  using What = verb::Socket;
  static constexpr Call kCall = Call::kSocket;
  static constexpr const char* kDoc = "Makes a socket";
  static constexpr Sentence kTitle{"make a socket", "新建套接字"};

  static std::vector<Field> fields() {
    const What otherwise;
    return {host_field(), as_field(otherwise.socket),
            optional("nonblocking", boolean(), "Its calls never wait", otherwise.non_blocking),
            application_field("read", "When the application reads")};
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    what.socket.name = reader["as"].text(what.socket.name);
    what.non_blocking = reader["nonblocking"].boolean(what.non_blocking);
    what.read = application(reader["read"]);
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.socket(site.context, {site.socket, what.non_blocking, what.read});
  }
};

struct Bind {
  using What = verb::Bind;
  static constexpr Call kCall = Call::kBind;
  static constexpr const char* kDoc = "Gives a socket a local port and address";
  static constexpr Sentence kTitle{"choose the local port", "选定本端端口"};

  static std::vector<Field> fields() {
    return {host_field(), socket_field(),
            optional("port", integer(0, 65'535), "0: an ephemeral one", What{}.port),
            optional("address", address(), "One of the host's addresses; any if missing")};
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    what.socket = known_socket(reader);
    what.port = reader["port"].integer<std::uint16_t>(what.port);
    if (const auto address = reader["address"]) what.address = wire::Address{address.address()};
    return what;
  }
  static void make(const What& what, const CallSite& site) {
    site.host.bind(site.context, {site.socket, what.address, what.port});
  }
};

}  // namespace

Field host_field() { return required("host", identifier(), "The host that acts"); }
Field socket_field() { return required("socket", identifier(), "The socket's name"); }
verb::SocketName known_socket(const Reader& reader) { return {reader["socket"].text(), false}; }

std::vector<Verb> verbs_of_opening() {
  return {call_row<Listen>(), call_row<Connect>(), call_row<Accept>(), call_row<Socket>(),
          call_row<Bind>()};
}

}  // namespace tcplab::lab
