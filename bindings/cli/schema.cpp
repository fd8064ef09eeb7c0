// tcplab schema: the JSON Schema of a format, for editors.
#include "commands.hpp"
#include "exercise/exercise.hpp"
#include "format/json.hpp"
#include "format/shape.hpp"
#include "lab/scenario.hpp"

namespace tcplab::cli {

ExitCode schema(const std::string& format) {
  const bool scenario = format == "scenario";
  const auto& shape = scenario ? lab::scenario_shape() : exercise::exercise_shape();
  const auto json =
      format::schema(shape, format + ".schema.json",
                     scenario ? "TCP Connection Lab: scenario" : "TCP Connection Lab: exercise");
  const auto failure = write_text("-", format::dump(json, 2) + "\n");
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
