#include "lab/workload.hpp"

#include <algorithm>
#include <string>

#include "base/time.hpp"
#include "format/quantity.hpp"

namespace tcplab::lab {

namespace {

using namespace format::shapes;
using format::Json;

constexpr std::uint64_t most_rounds = 1'000;

Duration time_in(const Json& item, const char* key) {
  const auto text = item.find(key);
  if (text == item.end() || !text->is_string()) return {};
  return format::parse_duration(text->get_ref<const std::string&>()).value_or(Duration{});
}

std::uint64_t times_in(const Json& item) {
  const auto times = item.find("times");
  const bool is_read = times != item.end() && times->is_number_integer() && *times > 0;
  return is_read ? std::min<std::uint64_t>(times->get<std::uint64_t>(), most_rounds) : 0;
}

std::string numbered(std::string text, std::uint64_t round) {
  const std::string number = std::to_string(round);
  for (auto at = text.find('#'); at != std::string::npos; at = text.find('#', at + number.size())) {
    text.replace(at, 1, number);
  }
  return text;
}

Json value_of(const Json& written, std::uint64_t round) {
  if (written.is_array() && !written.empty()) {
    return value_of(written[(round - 1) % written.size()], round);
  }
  if (written.is_string()) return numbered(written.get<std::string>(), round);
  return written;
}

}  // namespace

format::Field workload_field() {
  const format::Shape item =
      object({"workload", "工作负载"},
             {optional("from", duration(), "When it is done first", "0"),
              required("every", duration(Time(1)), "How long after it comes again"),
              required("times", integer(1, static_cast<std::int64_t>(most_rounds)),
                       "How often it is done"),
              required("action", any(),
                       "As an entry of the script, without a time: a # in a text is the round's "
                       "number, from 1; of a list, each round takes the next value in turn")});
  return optional("workload", map(identifier(), item),
                  "What is done again and again, by name, beside the script");
}

Json rounds_of(const Json& item) {
  if (!item.is_object()) return Json::array();
  const auto from = time_in(item, "from");
  const auto every = time_in(item, "every");
  const auto times = times_in(item);
  const Json action = item.value("action", Json::object());
  Json entries = Json::array();
  for (std::uint64_t round = 1; round <= times; ++round) {
    Json entry = Json::object();
    entry["at"] = format::to_text(from + every * static_cast<std::int64_t>(round - 1));
    if (action.is_object()) {
      for (const auto& [key, written] : action.get_ref<const Json::object_t&>()) {
        entry[key] = value_of(written, round);
      }
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::size_t rounds_in(const Json& workload) {
  std::size_t sum = 0;
  for (const Json& item : workload) sum += item.is_object() ? times_in(item) : 0;
  return sum;
}

}  // namespace tcplab::lab
