#include "known.hpp"

#include <algorithm>

#include "format/reader.hpp"
#include "format/shape.hpp"

namespace tcplab::interop {

using namespace format::shapes;

namespace {

const format::Shape& table_shape() {
  static const auto text = string(1, 2000);
  static const format::Shape kind =
      object({"kind", "种类"},
             {required("kind", identifier(), "Its name"),
              required("why", text, "What differs, and why it may"),
              required("source", text, "Where one can read it"),
              required("signatures", array(text, 1, 200), "What it covers; * is anything")});
  static const format::Shape shape =
      object({"table of known differences", "已知差异表"},
             {required("kernel", string(3, 20), "The series of kernels, such as 6.18"),
              required("kinds", array(kind, 0, 500), "What may differ")});
  return shape;
}

}  // namespace

bool covers(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (text.substr(0, star) != pattern.substr(0, star)) return false;
  const auto rest = pattern.substr(star + 1);
  for (auto from = star; from <= text.size(); ++from) {
    if (covers(rest, text.substr(from))) return true;
  }
  return false;
}

const Kind* Known::kind_of(std::string_view signature) const {
  for (const auto& kind : kinds) {
    for (const auto& pattern : kind.signatures) {
      if (covers(pattern, signature)) return &kind;
    }
  }
  return nullptr;
}

bool Known::has(std::string_view name) const {
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](const Kind& kind) { return kind.name == name; });
}

tl::expected<Known, format::Problems> parse_known(std::string_view text) {
  const auto document = format::parse(text);
  if (!document) return tl::make_unexpected(document.error());
  auto problems = format::check(table_shape(), *document);
  if (!problems.empty()) return tl::make_unexpected(problems);
  const format::Reader table(document->value(), {&*document, ""}, problems);
  Known known{table["kernel"].text(), {}};
  for (const auto& item : table["kinds"].items()) {
    Kind kind{item["kind"].text(), item["why"].text(), item["source"].text(), {}};
    for (const auto& signature : item["signatures"].items()) {
      kind.signatures.push_back(signature.text());
    }
    if (known.has(kind.name)) {
      item["kind"].problem(format::say({"two kinds have this name", "有两个种类同名"}));
    }
    known.kinds.push_back(std::move(kind));
  }
  if (!problems.empty()) return tl::make_unexpected(problems);
  return known;
}

std::vector<std::string> contradictions(const Known& known, const std::vector<Scene>& scenes) {
  std::vector<std::string> told;
  for (const auto& scene : scenes) {
    if (!scene.shows.empty() && !known.has(scene.shows)) {
      told.push_back("scene \"" + scene.name + "\" shows " + scene.shows +
                     ", which is not in known.json");
    }
  }
  for (const auto& kind : known.kinds) {
    const bool shown = std::any_of(scenes.begin(), scenes.end(),
                                   [&](const Scene& scene) { return scene.shows == kind.name; });
    if (!shown) told.push_back("known.json has " + kind.name + ", which no scene shows");
  }
  return told;
}

}  // namespace tcplab::interop
