// The format of questions, with a case for each kind.
#include <utility>

#include "exercise/kinds/kind.hpp"
#include "exercise/notation.hpp"
#include "exercise/shapes.hpp"

namespace tcplab::exercise {

using namespace format::shapes;
using format::Shape;

namespace {

std::vector<format::Field> fields_of_all() {
  return {required("id", identifier(), "The key of its answer"),
          required("text", bilingual(), "The question"),
          optional("hints", hints_shape(),
                   "Hints, from the most general to the most specific; default: those of the "
                   "explain, or of the exercise"),
          optional("weight", integer(1, 100), "Points for each of its fields", 1)};
}

std::vector<format::Case> cases(bool Kind::*stands_there) {
  std::vector<format::Case> cases;
  for (const Kind* kind : kinds()) {
    if (!(kind->*stands_there)) continue;
    auto fields = kind->fields();
    if (!kind->notations.empty()) fields.push_back(notations_field());
    cases.push_back(when(kind->name, kind->doc, std::move(fields)));
  }
  return cases;
}

}  // namespace

Shape question_shape() {
  return named("question",
               tagged({"question", "问题"}, "kind", fields_of_all(), cases(&Kind::stands_alone)));
}

Shape part_shape() {
  return named("part", tagged({"part", "部分"}, "kind", fields_of_all(), cases(&Kind::is_part)));
}

}  // namespace tcplab::exercise
