#include "scene.hpp"

#include <algorithm>
#include <set>

#include "format/quantity.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"
#include "lead.hpp"

namespace tcplab::interop {

using namespace format::shapes;
using namespace std::chrono_literals;
using format::Field;
using format::Reader;
using format::Shape;

namespace {

constexpr std::int64_t kFarthest = 0xffffffff;
constexpr Duration kPace = 60ms;
constexpr Duration kLongestStep = 10min;
constexpr std::array<std::string_view, 2> kEnds{"passive", "active"};

Shape flags() { return words({"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}); }

Shape socket_option() {
  return object(
      {"socket option", "套接字选项"},
      {required("option", enumeration({host::kOptionNames.begin(), host::kOptionNames.end()}),
                "The option's name"),
       required("value", alternatives({boolean(), integer(0, 0x7fffffff), duration()}),
                "Its value, as the option requires")});
}

std::vector<Field> syn_fields() {
  return {optional("mss", integer(0, 65'535), "MSS option"),
          optional("window_scale", integer(0, 255), "Window scale option, the shift count"),
          optional("sack_permitted", boolean(), "SACK-permitted option", false),
          optional("tsval", integer(0, kFarthest), "TSval of a timestamps option")};
}

std::vector<Field> inject_fields() {
  const Shape seq = alternatives(
      {integer(-kFarthest, kFarthest),
       object({"place", "位置"}, {required("edge", integer(-kFarthest, kFarthest),
                                           "From the right edge that the host advertised last")})});
  std::vector<Field> fields{
      required("flags", flags(), "Control bits"),
      optional("seq", seq, "From the peer's ISN; the next in order if missing (a SYN: 0)"),
      optional("ack", integer(-kFarthest, kFarthest),
               "From the host's ISN; all that the script lets the host send if missing"),
      optional("win", integer(0, 65'535), "Window, as in the header", 65'535),
      optional("len", integer(0, 1460), "Octets of text", 0),
      optional("port", integer(0, 65'535), "The peer's port", kPeerPort),
      optional("timestamps", boolean(),
               "false: no timestamps option, though the scene's SYN has one", true),
      optional("urgent", integer(0, 65'535), "Urgent pointer", 0),
      optional("reserved", integer(0, 15), "The reserved bits", 0),
      optional("data_offset", integer(0, 15), "The data offset, in words, if it is to be wrong"),
      optional("bad_checksum", boolean(), "One bit of the checksum is wrong", false),
      optional("options", array(integer(0, 255), 1, wire::kMostOptionBytes),
               "Octets behind the other options"),
      optional("sack", array(array(integer(-kFarthest, kFarthest), 2, 2), 1, 4),
               "SACK option: blocks of left and right edge, from the host's ISN")};
  for (auto& field : syn_fields()) fields.push_back(std::move(field));
  return fields;
}

std::vector<format::Case> step_cases() {
  return {
      when("inject", "The peer sends a segment", inject_fields()),
      when("send", "The application sends", {required("bytes", integer(1, 65'536), "How many")}),
      when("recv", "It reads; it waits where its socket waits", {}),
      when("shutdown", "It shuts one side, or both",
           {optional("how", enumeration({host::kShutNames.begin(), host::kShutNames.end()}),
                     "Which side", "write")}),
      when("close", "It closes", {}),
      when("abort", "It closes, with SO_LINGER on and a time of 0", {}),
      when("close_listener", "It closes the listener", {}),
      when("setsockopt", "It sets an option", {required("set", socket_option(), "Which")}),
      when("so_error", "It reads and clears SO_ERROR", {}),
      when("icmp", "The network tells an error",
           {required("error", enumeration({wire::kIcmpNames.begin(), wire::kIcmpNames.end()}),
                     "What it tells"),
            optional("seq", integer(-kFarthest, kFarthest),
                     "Number of the segment that it quotes, from the host's ISN", 0),
            optional("mtu", integer(0, 65'535), "For fragmentation_needed", 576)}),
      when("look", "Nothing: time passes", {})};
}

const Shape& file_shape() {
  const Shape step = tagged({"step", "步骤"}, "do",
                            {optional("lasts", duration(1ms, kLongestStep),
                                      "Until the next step; the scene's pace if missing")},
                            step_cases());
  const Shape scene =
      object({"scene", "场面"},
             {required("name", string(1, 100), "What it is about; no other scene has the name"),
              optional("shows", identifier(), "The kind of known.json that it is kept for"),
              optional("opens", enumeration({kEnds.begin(), kEnds.end()}),
                       "Whether the host listens or connects", "passive"),
              optional("accepts", boolean(), "Whether the application calls accept", true),
              optional("backlog", integer(0, 65'535), "Of listen()", 128),
              optional("options", array(socket_option(), 1, 20), "Set before connect()"),
              optional("peer_isn", integer(0, kFarthest), "The peer's ISN", 1000),
              optional("syn", object({"SYN options", "SYN 选项"}, syn_fields()),
                       "The options of the peer's SYN; an MSS of 1460 if missing"),
              optional("reach", enumeration({tcp::kStateNames.begin(), tcp::kStateNames.end()}),
                       "Steps that lead to this state come before the scene's own"),
              optional("by", enumeration({"close", "shutdown"}), "How `reach` closes", "close"),
              optional("pace", duration(1ms, kLongestStep), "How long a step lasts", "60ms"),
              required("steps", array(step, 0, 200), "What happens")});
  static const Shape shape =
      object({"scenes", "场面集"}, {required("scenes", array(scene, 1, 1000), "The scenes")});
  return shape;
}

template <typename Names>
std::size_t index_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

template <typename T>
std::optional<T> number(const Reader& value) {
  return value ? std::optional(value.integer<T>()) : std::nullopt;
}

SocketOption read_option(const Reader& option) {
  return {static_cast<host::Option>(index_in(host::kOptionNames, option["option"].text())),
          option["value"].json()};
}

SynOptions read_syn(const Reader& syn) {
  if (!syn) return {};
  return {number<std::uint16_t>(syn["mss"]), number<std::uint8_t>(syn["window_scale"]),
          syn["sack_permitted"].boolean(), number<std::uint32_t>(syn["tsval"])};
}

void read_forgery(const Reader& step, Injected& segment) {
  auto& forgery = segment.forgery;
  forgery.urgent = step["urgent"].integer<std::uint16_t>(0);
  forgery.reserved = step["reserved"].integer<std::uint8_t>(0);
  forgery.data_offset = number<std::uint8_t>(step["data_offset"]);
  forgery.bad_checksum = step["bad_checksum"].boolean();
  for (const auto& octet : step["options"].items()) {
    forgery.options.push_back(octet.integer<std::uint8_t>());
  }
  for (const auto& block : step["sack"].items()) {
    const auto edges = block.items();
    segment.blocks.push_back({edges[0].integer(), edges[1].integer()});
  }
}

// What is not written is what comes next in order; SYNs have no order, and no timestamp of theirs.
Step read_inject(const Reader& step, Lead& lead) {
  const auto flags = *wire::parse_flags(step["flags"].text());
  const bool is_syn = (flags & wire::kSyn) != 0;
  const bool stamped = !is_syn && step["timestamps"].boolean(true) && !step.has("tsval");
  Step made = lead.step(Do::kInject);
  if (stamped) made = lead.in_order(flags);
  Injected& segment = made.segment;
  segment.flags = flags;
  segment.seq = {false, is_syn ? 0 : lead.next_seq()};
  segment.ack = lead.next_ack();
  if (const auto edge = step["seq"]["edge"]) {
    segment.seq = {true, edge.integer()};
  } else if (step.has("seq")) {
    segment.seq = {false, step["seq"].integer()};
  }
  if (step.has("ack")) segment.ack = step["ack"].integer();
  if (!stamped) segment.tsval = number<std::uint32_t>(step["tsval"]);
  segment.length = step["len"].integer<std::size_t>(0);
  segment.window = step["win"].integer<std::uint16_t>(segment.window);
  segment.port = step["port"].integer<std::uint16_t>(kPeerPort);
  segment.mss = number<std::uint16_t>(step["mss"]);
  segment.window_scale = number<std::uint8_t>(step["window_scale"]);
  segment.sack_permitted = step["sack_permitted"].boolean();
  read_forgery(step, segment);
  return made;
}

Told read_told(const Reader& step) {
  return {static_cast<wire::Icmp>(index_in(wire::kIcmpNames, step["error"].text())),
          step["seq"].integer(0), step["mtu"].integer<std::uint16_t>(Told{}.mtu)};
}

Step read_step(const Reader& step, Lead& lead) {
  const auto what = static_cast<Do>(index_in(kDoNames, step["do"].text()));
  Step made = what == Do::kInject ? read_inject(step, lead) : lead.step(what);
  made.lasts = step["lasts"].duration(made.lasts);
  made.octets = step["bytes"].integer<std::size_t>(0);
  made.how = static_cast<host::Shut>(index_in(host::kShutNames, step["how"].text("write")));
  if (step.has("set")) made.option = read_option(step["set"]);
  if (what == Do::kIcmp) made.told = read_told(step);
  return made;
}

// Nothing can be done to a socket that is closed, nor to a listener of an active opener.
void check_calls(const Reader& scene, bool active) {
  bool closed = false;
  for (const auto& step : scene["steps"].items()) {
    const auto what = step["do"].text();
    const bool is_call =
        what != "inject" && what != "icmp" && what != "look" && what != "close_listener";
    if (is_call && closed) {
      step["do"].problem(format::say(
          {"the socket is closed: no call can be made on it", "套接字已关闭，不能再对它调用"}));
    }
    if (what == "close_listener" && active) {
      step["do"].problem(format::say(
          {"there is no listener: the scene opens actively", "没有监听套接字：本场面是主动打开"}));
    }
    closed = closed || what == "close" || what == "abort";
  }
}

Scene read_scene(const Reader& json) {
  Scene scene;
  scene.name = json["name"].text();
  scene.shows = json["shows"].text();
  scene.active = json["opens"].text() == "active";
  scene.accepts = json["accepts"].boolean(true);
  scene.backlog = json["backlog"].integer<std::size_t>(scene.backlog);
  scene.peer_isn = json["peer_isn"].integer<std::uint32_t>(scene.peer_isn);
  for (const auto& option : json["options"].items()) scene.options.push_back(read_option(option));
  check_calls(json, scene.active);
  Lead lead(scene, read_syn(json["syn"]), json["pace"].duration(kPace));
  if (const auto reach = json["reach"]) {
    lead.to(*tcp::state_named(reach.text()),
            json["by"].text() == "shutdown" ? Do::kShutdown : Do::kClose);
  }
  for (const auto& step : json["steps"].items()) lead.add(read_step(step, lead));
  return scene;
}

Json option_json(const SocketOption& option) {
  return {{"option", to_text(option.option)}, {"value", option.value}};
}

void add_forgery(Json& json, const Injected& segment) {
  const auto& forgery = segment.forgery;
  if (forgery.urgent != 0) json["urgent"] = forgery.urgent;
  if (forgery.reserved != 0) json["reserved"] = forgery.reserved;
  if (forgery.data_offset) json["data_offset"] = *forgery.data_offset;
  if (forgery.bad_checksum) json["bad_checksum"] = true;
  if (!forgery.options.empty()) json["options"] = forgery.options;
  for (const auto& [left, right] : segment.blocks) {
    json["sack"].push_back(Json::array({left, right}));
  }
}

Json inject_json(const Injected& segment) {
  Json json;
  json["do"] = to_text(Do::kInject);
  json["flags"] = wire::flags_text(segment.flags);
  json["seq"] = segment.seq.from_edge ? Json{{"edge", segment.seq.value}} : Json(segment.seq.value);
  if ((segment.flags & wire::kAck) != 0) json["ack"] = segment.ack;
  if (segment.window != Injected{}.window) json["win"] = segment.window;
  if (segment.length != 0) json["len"] = segment.length;
  if (segment.port != kPeerPort) json["port"] = segment.port;
  if (segment.mss) json["mss"] = *segment.mss;
  if (segment.window_scale) json["window_scale"] = *segment.window_scale;
  if (segment.sack_permitted) json["sack_permitted"] = true;
  if (segment.tsval) json["tsval"] = *segment.tsval;
  add_forgery(json, segment);
  return json;
}

Json step_json(const Step& step) {
  Json json;
  if (step.what == Do::kInject) json = inject_json(step.segment);
  json["do"] = to_text(step.what);
  if (step.what == Do::kSend) json["bytes"] = step.octets;
  if (step.what == Do::kShutdown)
    json["how"] = host::kShutNames[static_cast<std::size_t>(step.how)];
  if (step.what == Do::kSetsockopt) json["set"] = option_json(step.option);
  if (step.what == Do::kIcmp) {
    json["error"] = to_text(step.told.error);
    json["seq"] = step.told.seq;
    if (step.told.error == wire::Icmp::kFragmentationNeeded) json["mtu"] = step.told.mtu;
  }
  return json;
}

}  // namespace

Duration Scene::length() const {
  Duration length{0};
  for (const auto& step : steps) length += step.lasts;
  return length;
}

bool Scene::offers_window_scale() const {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    const bool is_syn = step.what == Do::kInject && (step.segment.flags & wire::kSyn) != 0;
    return is_syn && step.segment.window_scale.has_value();
  });
}

tl::expected<std::vector<Scene>, format::Problems> parse_scenes(std::string_view text) {
  const auto document = format::parse(text);
  if (!document) return tl::make_unexpected(document.error());
  auto problems = format::check(file_shape(), *document);
  if (!problems.empty()) return tl::make_unexpected(problems);

  const format::Source source{&*document, ""};
  const Reader file(document->value(), source, problems);
  std::vector<Scene> scenes;
  std::set<std::string> names;
  for (const auto& item : file["scenes"].items()) {
    scenes.push_back(read_scene(item));
    if (!names.insert(scenes.back().name).second) {
      item["name"].problem(format::say({"two scenes have this name", "有两个场面同名"}));
    }
  }
  if (!problems.empty()) return tl::make_unexpected(problems);
  return scenes;
}

Json to_json(const Scene& scene) {
  Json json;
  json["name"] = scene.name;
  if (!scene.shows.empty()) json["shows"] = scene.shows;
  if (scene.active) json["opens"] = "active";
  if (!scene.accepts) json["accepts"] = false;
  if (scene.backlog != Scene{}.backlog) json["backlog"] = scene.backlog;
  for (const auto& option : scene.options) json["options"].push_back(option_json(option));
  if (scene.peer_isn != Scene{}.peer_isn) json["peer_isn"] = scene.peer_isn;
  const Duration pace = scene.steps.front().lasts;
  if (pace != kPace) json["pace"] = format::to_text(pace);
  json["steps"] = Json::array();
  for (auto step = scene.steps.begin() + 1; step < scene.steps.end(); ++step) {
    json["steps"].push_back(step_json(*step));
    if (step->lasts != pace) json["steps"].back()["lasts"] = format::to_text(step->lasts);
  }
  return json;
}

std::string to_text(const Step& step) {
  const Json json = step_json(step);
  std::string text;
  for (const auto& [key, value] : json.items()) {
    const auto shown = value.is_string() ? value.get<std::string>() : format::dump(value);
    text += key == "do" || key == "flags" ? ' ' + shown : ' ' + key + '=' + shown;
  }
  return text.substr(1);
}

}  // namespace tcplab::interop
