// parity_answers EXERCISE SEED: the witnesses and the chaffs of this copy, with its parameters
// filled in, as {"witnesses": [answers, ...], "chaffs": [answers, ...]}. The page is never told
// them.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "exercise/exercise.hpp"
#include "exercise/instance.hpp"
#include "exercise/witness.hpp"
#include "format/json.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[1]);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto exercise = tcplab::exercise::parse_exercise(text);
  if (!exercise) return 1;
  const auto instance =
      tcplab::exercise::instantiate(*exercise, std::strtoull(argv[2], nullptr, 10));
  if (!instance) return 1;
  tcplab::format::Json answers;
  answers["witnesses"] = tcplab::exercise::witnesses(instance->exercise);
  for (const auto& chaff : instance->exercise["chaffs"]) {
    answers["chaffs"].push_back(chaff["answers"]);
  }
  std::puts(tcplab::format::dump(answers).c_str());
  return 0;
}
