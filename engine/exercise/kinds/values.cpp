#include "exercise/kinds/values.hpp"

#include <vector>

#include "exercise/plain_text.hpp"
#include "format/problem.hpp"
#include "tcp/state.hpp"
#include "wire/segment.hpp"

namespace tcplab::exercise {

using format::say;

ReadOne read_number(const format::Text& name, const Json& value) {
  const auto refuse = [&] {
    return tl::unexpected(say({"{0}: found {1}; allowed: a whole number from 0 to 4294967295",
                               "{0}：发现 {1}；允许：从 0 到 4294967295 的整数"},
                              {name, format::show(value)}));
  };
  if (value.is_number_integer()) {
    const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <= 0xffffffff
                                                 : value.get<std::int64_t>() >= 0 &&
                                                       value.get<std::int64_t>() <= 0xffffffff;
    if (!fits) return refuse();
    return Json(value.get<std::uint32_t>());
  }
  if (!value.is_string()) return refuse();
  std::uint64_t result = 0;
  bool any = false;
  for (const char c : plain(value.get_ref<const std::string&>().substr(0, 100))) {
    if (c == ' ' || c == ',' || c == '_' || c == '\'') continue;
    if (c < '0' || c > '9') return refuse();
    result = result * 10 + static_cast<std::uint64_t>(c - '0');
    any = true;
    if (result > 0xffffffff) return refuse();
  }
  if (!any) return refuse();
  return Json(static_cast<std::uint32_t>(result));
}

ReadOne read_flags(const Json& value) {
  const auto refuse = [&] {
    return tl::unexpected(
        say({"flags: found {0}; allowed: one or more of SYN, FIN, RST, PSH, ACK, URG",
             "flags：发现 {0}；允许：SYN、FIN、RST、PSH、ACK、URG 中的一个或多个"},
            {format::show(value)}));
  };
  if (!value.is_string()) return refuse();
  std::string text = plain(value.get_ref<const std::string&>().substr(0, 200));
  for (char& c : text) {
    if (c == '+' || c == '/' || c == '|' || c == '-') c = ' ';
  }
  const auto parsed = wire::parse_flags(text);
  if (!parsed || text.find_first_not_of(" ,") == std::string::npos) return refuse();
  return Json(without_push(wire::flags_text(*parsed)));
}

ReadOne read_state(const format::Text& name, const Json& value) {
  const std::string text =
      value.is_string() ? value.get_ref<const std::string&>().substr(0, 40) : "";
  if (const auto typed = typed_state(text)) return Json(tcp::to_text(*typed));
  const std::vector<std::string> names(tcp::kStateNames.begin(), tcp::kStateNames.end());
  return tl::unexpected(say(
      {"{0}: found {1}{2}; allowed: {3}", "{0}：发现 {1}{2}；允许：{3}"},
      {name, format::show(value), format::suggestion(plain(text), names), format::list(names)}));
}

std::string without_push(const Json& flags) {
  const auto set = wire::parse_flags(flags.get_ref<const std::string&>());
  return wire::flags_text(static_cast<wire::Flags>(set.value_or(wire::Flags{0}) & ~wire::kPsh));
}

}  // namespace tcplab::exercise
