// A scene: what a peer made by hand and an application do to one host, step by step. It is played
// against the engine and against a real kernel. Its numbers count from the two ISNs, so that it
// means the same on both sides. README.md tells how one is written.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "format/document.hpp"
#include "format/json.hpp"
#include "host/call.hpp"
#include "host/socket.hpp"
#include "tcp/state.hpp"
#include "wire/forgery.hpp"
#include "wire/icmp.hpp"
#include "wire/segment.hpp"

namespace tcplab::interop {

using format::Json;

// What a step does. `open` is the first step of every scene, and of no file: listen() or connect().
enum class Do : std::uint8_t {
  kOpen,
  kInject,  // the peer sends a segment
  kSend,
  kRecv,
  kShutdown,
  kClose,
  kAbort,  // close() with SO_LINGER on and a time of 0
  kCloseListener,
  kSetsockopt,
  kSoError,  // getsockopt(SO_ERROR)
  kLook,     // nothing: time passes, and the state is read
  kIcmp,     // the network tells an error about a segment of the host's
};
inline constexpr std::array<std::string_view, 12> kDoNames{
    "open",  "inject",         "send",       "recv",     "shutdown", "close",
    "abort", "close_listener", "setsockopt", "so_error", "look",     "icmp"};
constexpr std::string_view to_text(Do what) { return kDoNames[static_cast<std::size_t>(what)]; }

// A sequence number of the peer: from its ISN, or from the right edge of the window that the host
// advertised last.
struct PeerSeq {
  bool from_edge = false;
  std::int64_t value = 0;
  friend bool operator==(const PeerSeq&, const PeerSeq&) = default;
};

// A SACK block: numbers from the host's ISN.
struct Block {
  std::int64_t left = 0;
  std::int64_t right = 0;
  friend bool operator==(const Block&, const Block&) = default;
};

// What the peer's segment carries. TSecr is not among it: it echoes the host's last TSval.
struct Injected {
  wire::Flags flags = 0;
  PeerSeq seq;
  std::int64_t ack = 0;  // from the host's ISN; meaningful only with ACK
  std::uint16_t window = 65'535;
  std::size_t length = 0;  // octets of text
  std::uint16_t port = 4000;
  std::optional<std::uint16_t> mss;
  std::optional<std::uint8_t> window_scale;
  bool sack_permitted = false;
  std::optional<std::uint32_t> tsval;
  wire::Forgery forgery;      // its options stand behind the blocks
  std::vector<Block> blocks;  // of a SACK option
  // Nobody takes it for a segment.
  bool is_damaged() const { return forgery.bad_checksum || forgery.data_offset; }
  friend bool operator==(const Injected&, const Injected&) = default;
};

// An ICMP error. It quotes a segment to the peer with this number, from the host's ISN.
struct Told {
  wire::Icmp error = wire::Icmp::kHostUnreachable;
  std::int64_t seq = 0;
  std::uint16_t mtu = 576;  // with kFragmentationNeeded
  friend bool operator==(const Told&, const Told&) = default;
};

struct SocketOption {
  host::Option option = host::Option::kKeepAlive;
  Json value;  // as a scenario writes it
  friend bool operator==(const SocketOption&, const SocketOption&) = default;
};

struct Step {
  Do what = Do::kLook;
  Duration lasts{60'000};  // until the next step, or the end of the scene
  Injected segment;        // inject
  std::size_t octets = 0;  // send
  host::Shut how = host::Shut::kWrite;
  SocketOption option;  // setsockopt
  Told told;            // icmp
  friend bool operator==(const Step&, const Step&) = default;
};

struct Scene {
  std::string name;
  std::string shows;  // the kind of difference that it is kept for; "": both sides agree
  bool active = false;
  bool accepts = true;  // the application calls accept()
  std::size_t backlog = 128;
  std::vector<SocketOption> options;  // set before connect()
  std::uint32_t peer_isn = 1000;
  std::vector<Step> steps;  // the first is kOpen

  Duration length() const;
  // Whether a SYN of the peer has the option: what may then be agreed.
  bool offers_window_scale() const;
};

inline constexpr std::uint16_t kPeerPort = 4000;

// Reads a file of scenes: `{"scenes": [...]}`. Never throws; all problems have their place.
tl::expected<std::vector<Scene>, format::Problems> parse_scenes(std::string_view text);
// The scene as an object of such a file, with every number written out.
Json to_json(const Scene& scene);

// "inject ACK FIN seq=1 ack=1 len=3", "shutdown write": for people.
std::string to_text(const Step& step);

}  // namespace tcplab::interop
