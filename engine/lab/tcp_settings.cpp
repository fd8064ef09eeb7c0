#include "lab/tcp_settings.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <type_traits>

#include "base/enum_name.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "tcp/behaviour_fields.hpp"
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

constexpr std::string_view kNever = "never";

// A field's type, without std::optional.
template <typename T>
struct Made {
  using Type = T;
};
template <typename T>
struct Made<std::optional<T>> {
  using Type = T;
};
template <typename T>
constexpr bool kIsOptional = !std::is_same_v<typename Made<T>::Type, T>;

// The shape of a field, by its type and its allowed values.
template <typename T>
Shape shape_of(const tcp::Allowed& allowed) {
  using Value = typename Made<T>::Type;
  if constexpr (kIsOptional<T>) {
    Shape shape = shape_of<Value>(allowed);
    if (!allowed.may_be_missing) return shape;
    return alternatives({std::move(shape), constant(std::string(kNever))});
  } else if constexpr (std::is_same_v<T, bool>) {
    return boolean();
  } else if constexpr (std::is_enum_v<T>) {
    return enumeration(enum_names<T>());
  } else if constexpr (std::is_same_v<T, Duration>) {
    return duration(Duration(allowed.least), Duration(allowed.most));
  } else {
    return allowed.is_size ? size(allowed.least, allowed.most)
                           : integer(allowed.least, allowed.most);
  }
}

// Reads a field from a setting that has passed its shape.
template <typename T>
void read(const Reader& reader, T& field) {
  if constexpr (kIsOptional<T>) {
    if (reader.text() == kNever) return field.reset();
    read(reader, field.emplace());
  } else if constexpr (std::is_same_v<T, bool>) {
    field = reader.boolean();
  } else if constexpr (std::is_enum_v<T>) {
    const auto names = enum_names<T>();
    field = static_cast<T>(std::find(names.begin(), names.end(), reader.text()) - names.begin());
  } else if constexpr (std::is_same_v<T, Duration>) {
    field = reader.duration();
  } else {
    field = static_cast<T>(reader.size());
  }
}

struct Setting {
  std::string_view key;
  Shape shape;
  format::Doc doc;
  void (*apply)(Behaviour&, const Reader&);
};

// The settings of the fields that scenarios may set.
class Settings {
 public:
  template <auto Member>
  void add(const tcp::BehaviourField& field, format::Doc doc) {
    using Type = std::remove_cvref_t<decltype(Behaviour{}.*Member)>;
    // No scenario sets the three numbers of a keep-alive.
    if constexpr (!std::is_same_v<Type, tcp::KeepAlive>) {
      if (!field.allowed.by_scenarios) return;
      all_.push_back({field.setting(), shape_of<Type>(field.allowed), doc,
                      [](Behaviour& b, const Reader& r) { read(r, b.*Member); }});
    }
  }
  const std::vector<Setting>& all() const { return all_; }

 private:
  std::vector<Setting> all_;
};

const std::vector<Setting>& settings() {
  static const Settings made = [] {
    Settings settings;
    const auto* field = tcp::behaviour_fields().data();
#define TCPLAB_FIELD(type, name, value, allowed, doc, source) \
  settings.add<&Behaviour::name>(*field++, doc);
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD
    return settings;
  }();
  return made.all();
}

constexpr std::uint16_t mtu_of_mss(std::uint16_t mss) {
  return static_cast<std::uint16_t>(mss + wire::kIpv4HeaderBytes + wire::kTcpHeaderBytes);
}

// Checks that involve more than one field.
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

Shape tcp_shape() {
  const Shape isn = integer(0, 0xffffffff);
  auto fields = tcp_setting_fields();
  fields.push_back(optional(
      "isn", alternatives({isn, array(isn, 1, 100)}),
      "Initial sequence numbers of its connections, in order; later ones come from the clock"));
  return named("tcp", object({"tcp", "tcp 设置"}, std::move(fields)));
}

void read_tcp_settings(const Reader& tcp, Behaviour& behaviour) {
  const auto& all = settings();
  for (const auto& [key, value] : tcp.members()) {
    const auto setting = std::find_if(all.begin(), all.end(),
                                      [&key = key](const auto& each) { return each.key == key; });
    if (setting != all.end()) setting->apply(behaviour, value);
  }
  // Without "mtu" the link must carry segments of the host's MSS.
  if (!tcp.has("mtu")) behaviour.mtu = std::max(behaviour.mtu, mtu_of_mss(behaviour.mss));
  check_together(tcp, behaviour);
}

}  // namespace tcplab::lab
