// tcplab schema: the JSON Schema of a format, for editors.
#include <algorithm>
#include <iterator>

#include "commands.hpp"
#include "exercise/check.hpp"
#include "exercise/exercise.hpp"
#include "format/json.hpp"
#include "format/shape.hpp"
#include "lab/scenario.hpp"
#include "lesson/formats.hpp"
#include "rubric/measure.hpp"
#include "rubric/rubric.hpp"

namespace tcplab::cli {

namespace {

struct Schema {
  const char* name;
  const format::Shape& (*shape)();
};
constexpr Schema kSchemas[] = {
    {"scenario", lab::scenario_shape},    {"exercise", exercise::authored_shape},
    {"answers", exercise::answers_shape}, {"lesson", lesson::lesson_shape},
    {"terms", lesson::terms_shape},       {"path", lesson::path_shape},
    {"contents", lesson::contents_shape}, {"rubric", rubric::rubric_shape},
    {"labelled", rubric::labelled_shape}};

}  // namespace

std::vector<std::string> schema_formats() {
  std::vector<std::string> names;
  for (const auto& each : kSchemas) names.emplace_back(each.name);
  return names;
}

ExitCode schema(const std::string& format) {
  const auto found = std::find_if(std::begin(kSchemas), std::end(kSchemas),
                                  [&](const Schema& each) { return each.name == format; });
  const auto json =
      format::schema(found->shape(), format + ".schema.json", "TCP Connection Lab: " + format);
  const auto failure = write_text("-", format::dump(json, 2) + "\n");
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
