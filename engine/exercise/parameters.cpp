#include "exercise/parameters.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "exercise/formula.hpp"
#include "format/quantity.hpp"
#include "format/reader.hpp"
#include "format/substitute.hpp"
#include "net/random.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}

class Drawing {
 public:
  // The constant makes the sequence differ from the one that the world draws from the same seed.
  Drawing(std::uint64_t seed, std::vector<std::string> all)
      : all_(std::move(all)), random_(seed ^ 0x6578657263697365) {}

  void add(const std::string& name, const Reader& parameter) {
    const auto [kind, how] = parameter.members().front();
    if (kind == "words") return add_words(name, how);
    Json value = kind == "integer"    ? integer(how)
                 : kind == "duration" ? duration(how)
                 : kind == "choice"   ? choice(how)
                 : kind == "map"      ? chosen(mapped(how["of"], how["to"]))
                                      : formula(how);
    drawn_.values[name] = value;
    drawn_.english[name] = value;
    drawn_.chinese[name] = std::move(value);
  }

  Parameters take() { return std::move(drawn_); }

 private:
  // Both numbers are always drawn, so that a changed range does not move later parameters.
  Json integer(const Reader& ranges) {
    const auto items = ranges.items();
    for (const Reader& range : items) {
      if (range.items()[0].integer() > range.items()[1].integer()) {
        range.problem(say(
            {"the range's first number is greater than its last", "范围的第一个数大于最后一个数"}));
      }
    }
    const Reader& range = items[static_cast<std::size_t>(random_.below(items.size()))];
    const auto first = range.items()[0].integer<std::uint64_t>();
    const auto last = range.items()[1].integer<std::uint64_t>();
    const std::uint64_t step = random_.below(first <= last ? last - first + 1 : 1);
    return first + step;
  }

  Json duration(const Reader& how) {
    const auto from = how["from"].duration();
    const auto to = how["to"].duration();
    const auto step = how["step"].duration();
    if (from > to) {
      how.problem(
          say({"the range's \"from\" is longer than its \"to\"", "范围的 \"from\" 比 \"to\" 长"}));
      return format::to_text(from);
    }
    const auto count = static_cast<std::uint64_t>((to - from) / step) + 1;
    if (count > 0xffffffff) {
      how["step"].problem(say({"the range has more than 2^32 steps", "范围的步数超过 2^32"}));
      return format::to_text(from);
    }
    return format::to_text(from + step * static_cast<std::int64_t>(random_.below(count)));
  }

  Json choice(const Reader& values) {
    const auto items = values.items();
    for (const auto& item : items) refuse_placeholder(item);
    return items[static_cast<std::size_t>(random_.below(items.size()))].json();
  }

  static void refuse_placeholder(const Reader& value) {
    if (value.text().find("${") != std::string::npos) {
      value.problem(say({"a parameter's value cannot hold a placeholder; use a formula",
                         "参数的值里不能有占位符；请用 formula"}));
    }
  }

  // Reports the name of a parameter that comes later in the file and so has no value yet.
  bool refuse_later(const Reader& use, const std::string& name) {
    const bool is_one = std::find(all_.begin(), all_.end(), name) != all_.end();
    if (!is_one || drawn_.english.contains(name)) return false;
    use.problem(say({"the parameter {0} must stand before the one that uses it",
                     "参数 {0} 必须写在用到它的参数之前"},
                    {format::quote(name)}));
    return true;
  }

  // None if there is a problem, which has been reported.
  std::optional<Reader> mapped(const Reader& of, const Reader& table) {
    const auto source = drawn_.values.find(of.text());
    if (source == drawn_.values.end()) {
      if (refuse_later(of, of.text())) return std::nullopt;
      of.problem(say({"unknown parameter {0}{1}", "未知的参数 {0}{1}"},
                     {format::quote(of.text()), format::suggestion(of.text(), all_)}));
      return std::nullopt;
    }
    if (source->is_null()) return std::nullopt;
    const std::string key =
        source->is_string() ? source->get<std::string>() : format::dump(*source);
    const Reader value = table[key];
    if (!value) {
      table.problem(say({"{0} can be {1}, which is missing here", "{0} 可能是 {1}，这里却没有它"},
                        {format::quote(of.text()), format::quote(key)}));
    }
    return value;
  }

  // A value of a map; "${isn}" stands for the value of that earlier parameter.
  Json chosen(const std::optional<Reader>& value) {
    if (!value) return nullptr;
    const auto text = value->text();
    const auto names = format::placeholder_names(text);
    if (names.size() != 1 || text != "${" + names.front() + "}") return as_it_is(*value);
    if (refuse_later(*value, names.front())) return nullptr;
    const auto earlier = drawn_.values.find(names.front());
    if (earlier != drawn_.values.end()) return *earlier;
    value->problem(say({"unknown parameter {0}{1}", "未知的参数 {0}{1}"},
                       {format::quote(names.front()), format::suggestion(names.front(), all_)}));
    return nullptr;
  }

  static Json as_it_is(const std::optional<Reader>& value) {
    if (!value) return nullptr;
    refuse_placeholder(*value);
    return value->json();
  }

  void add_words(const std::string& name, const Reader& how) {
    drawn_.english[name] = as_it_is(mapped(how["of"], how["en"]));
    drawn_.chinese[name] = as_it_is(mapped(how["of"], how["zh"]));
  }

  Json formula(const Reader& how) {
    for (const auto& name : format::placeholder_names(how.text())) {
      if (refuse_later(how, name)) return nullptr;
      const auto value = drawn_.values.find(name);
      if (value != drawn_.values.end() && value->is_null()) return nullptr;  // reported there
    }
    const auto text = format::substitute_text(how.text(), drawn_.values, 2'000);
    const auto value = text ? evaluate(*text, how.text()) : tl::unexpected(text.error());
    if (!value) {
      how.problem(value.error());
      return nullptr;
    }
    return *value;
  }

  std::vector<std::string> all_;  // the names of all parameters, in their order
  net::Random random_;
  Parameters drawn_{Json::object(), Json::object(), Json::object()};
};

}  // namespace

tl::expected<Parameters, Problems> draw(const Exercise& exercise, std::uint64_t seed) {
  Problems problems;
  const format::Source source = exercise.source();
  const Reader root(exercise.json(), source, problems);
  Drawing drawing(seed, keys(root["params"].json()));
  for (const auto& [name, parameter] : root["params"].members()) drawing.add(name, parameter);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return drawing.take();
}

}  // namespace tcplab::exercise
