// Free text for the page and for Node.js: what the published rules find in it.
#include <emscripten/bind.h>

#include <string>

#include "answer.hpp"
#include "rubric/match.hpp"
#include "rubric/rubric.hpp"

namespace {

using tcplab::wasm::problems;

// {"ideas": [...]}, or the problems of the rules or of the text.
std::string match_text(const std::string& rubric, const std::string& text) {
  const auto rules = tcplab::rubric::parse_rubric(rubric);
  if (!rules) return problems(rules.error());
  const auto findings = tcplab::rubric::match(*rules, text);
  if (!findings) return problems(findings.error());
  return tcplab::format::dump(tcplab::rubric::to_json(*findings));
}

}  // namespace

EMSCRIPTEN_BINDINGS(tcplab_rubrics) { emscripten::function("match_text", &match_text); }
