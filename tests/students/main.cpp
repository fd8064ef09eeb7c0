// students [--variants N] [--careless N] [--random N] [--claims N] [--plausible N]
// EXERCISE|FOLDER...: how simulated students are judged; see README.md.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "chance.hpp"
#include "claims.hpp"
#include "on_all_cores.hpp"
#include "silence.hpp"
#include "student.hpp"

using namespace tcplab;
using exercise::Json;
using students::Desk;
using students::Idea;
using students::Misled;

namespace {

struct Options {
  std::uint64_t variants = 20;
  std::uint64_t careless = 50;  // students of a variant, and a fifth where something is done
  std::uint64_t random = 50;    // students of a variant
  std::uint64_t claims = 40;    // variants on which is looked for what is taught
  std::uint64_t plausible = 4;  // variants to which every plausible wrong answer is given
  std::vector<std::filesystem::path> paths;
};

struct Figures {
  std::uint64_t misled = 0;     // students whose idea shows in some answer
  std::uint64_t wrong = 0;      // wrong answers of theirs
  std::uint64_t named = 0;      // of these, with the right name first
  std::uint64_t unshown = 0;    // students whose answers do not show their idea
  std::uint64_t hasty = 0;      // of these, with a name for it all the same
  std::uint64_t alike = 0;      // students whose answers another idea gives as well
  std::uint64_t right = 0;      // right students
  std::uint64_t accused = 0;    // of these, with a name or a slip
  std::uint64_t careless = 0;   // students with a slip
  std::uint64_t misjudged = 0;  // of these, with a name
  std::uint64_t told = 0;       // of these, told of a slip
  std::uint64_t random = 0;     // students who answer by chance
  std::uint64_t passed = 0;     // of these, with everything right

  void add(const Figures& other) {
    unshown += other.unshown, hasty += other.hasty;
    misled += other.misled, wrong += other.wrong, named += other.named, alike += other.alike;
    right += other.right, accused += other.accused;
    careless += other.careless, misjudged += other.misjudged, told += other.told;
    random += other.random, passed += other.passed;
  }
  bool names_well() const { return named * 100 >= wrong * 95 && accused == 0 && hasty == 0; }
  bool good() const {
    return names_well() && misjudged * 100 < std::max<std::uint64_t>(careless, 1) * 5 &&
           passed * 100 < std::max<std::uint64_t>(random, 1) * 5;
  }
};

// What is found out about one exercise.
struct Findings {
  Figures figures;
  std::string names = {};  // a line for each that is wrong, where TCPLAB_MEASURE asks for them
  std::vector<students::Claim> claims = {};
  students::Silence silence = {};
};

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void print(const std::string& name, const Figures& f, bool good) {
  std::printf(
      "%-30s misled %4ju (%ju alike): %4ju of %4ju wrong answers named right, %5.1f %%; "
      "not shown %3ju: %ju named; "
      "right %3ju: %ju accused; careless %4ju: %3ju named, %4.1f %%, %4.1f %% told of the slip; "
      "random %4ju: %3ju passed, %4.1f %%%s\n",
      name.c_str(), f.misled, f.alike, f.named, f.wrong, percent(f.named, f.wrong), f.unshown,
      f.hasty, f.right, f.accused, f.careless, f.misjudged, percent(f.misjudged, f.careless),
      percent(f.told, f.careless), f.random, f.passed, percent(f.passed, f.random),
      good ? "" : "  MISSED");
}

bool is_named(const Idea& idea, const std::vector<Json>& verdicts) {
  for (const Json& verdict : verdicts) {
    for (const Json& each : verdict.value("diagnoses", Json::array())) {
      for (const auto& name : idea.misconceptions) {
        if (each.at("misconception") == name) return true;
      }
    }
  }
  return false;
}

bool names_are_asked_for() { return std::getenv("TCPLAB_MEASURE") != nullptr; }

// Each wrong answer is to be given one of these names first.
void judge_misled(Desk& desk, const Misled& student, const std::set<std::string>& names,
                  const std::string& about, Findings& found) {
  Figures& figures = found.figures;
  ++figures.misled;
  figures.alike += names.size() > student.misconceptions.size() ? 1 : 0;
  for (const Json& verdict : desk.verdicts(student.answers)) {
    if (verdict.at("correct").get<bool>()) continue;
    ++figures.wrong;
    const Json& diagnoses = verdict.at("diagnoses");
    const auto first =
        diagnoses.empty() ? "nothing" : diagnoses.at(0).at("misconception").get<std::string>();
    if (names.count(first) != 0) {
      ++figures.named;
    } else if (names_are_asked_for()) {
      found.names += "  " + about + " " + verdict.at("id").get<std::string>() + ": " +
                     student.misconceptions.front() + " is told " + first + "\n";
    }
  }
}

void play_misled(Desk& desk, const std::string& about, Findings& found) {
  std::vector<Misled> misled;
  for (const Idea& idea : students::ideas()) {
    auto student = desk.misled_answers(idea);
    if (!student) continue;
    if (student->is_shown) {
      misled.push_back(std::move(*student));
      continue;
    }
    ++found.figures.unshown;
    found.figures.hasty += is_named(idea, desk.verdicts(student->answers)) ? 1 : 0;
  }
  for (const Misled& student : misled) {
    std::set<std::string> names;
    for (const Misled& each : misled) {
      if (each.answers != student.answers) continue;
      names.insert(each.misconceptions.begin(), each.misconceptions.end());
    }
    judge_misled(desk, student, names, about, found);
  }
}

// What students answered, where the idea is not the answer to every question.
void play_known(Desk& desk, const std::string& about, Findings& found) {
  for (const Misled& student : desk.known_answers()) {
    const auto& names = student.misconceptions;
    judge_misled(desk, student, {names.begin(), names.end()}, about, found);
  }
}

void play_right(Desk& desk, Figures& figures) {
  ++figures.right;
  for (const Json& verdict : desk.verdicts(desk.right_answers())) {
    const bool silent = verdict.value("diagnoses", Json::array()).empty() &&
                        verdict.value("slips", Json::array()).empty();
    if (!silent || !verdict.at("correct").get<bool>()) ++figures.accused;
  }
}

void play_careless(Desk& desk, net::Random& random, std::uint64_t count, const std::string& about,
                   Findings& found) {
  Figures& figures = found.figures;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Json answers = desk.careless_answers(random);
    ++figures.careless;
    bool named = false;
    bool told = false;
    for (const Json& verdict : desk.verdicts(answers)) {
      const Json diagnoses = verdict.value("diagnoses", Json::array());
      named |= !diagnoses.empty();
      told |= !verdict.value("slips", Json::array()).empty();
      if (!diagnoses.empty() && names_are_asked_for()) {
        found.names += "  " + about + " careless: " + format::dump(verdict).substr(0, 400) + "\n";
      }
    }
    figures.misjudged += named ? 1 : 0;
    figures.told += told ? 1 : 0;
  }
}

void play_random(Desk& desk, net::Random& random, std::uint64_t count, Figures& figures) {
  students::Chance chance(desk);
  for (std::uint64_t i = 0; i < count; ++i) {
    ++figures.random;
    figures.passed += chance.passes(random) ? 1 : 0;
  }
}

// Each action that a student takes is tried in the world of every mutant.
bool is_slow(const Json& questions) {
  return std::any_of(questions.begin(), questions.end(), [](const Json& question) {
    const Json& kind = question.at("kind");
    return kind == "build" || kind == "break" || is_slow(question.value("parts", Json::array()));
  });
}

void play_students(const exercise::Exercise& exercise, const Options& options, Findings& found) {
  net::Random random(1);
  const auto variants = std::min(options.variants, exercise.variants());
  // Of few variants as many students as of many.
  const auto a_variant = [&](std::uint64_t students) {
    return students * options.variants / variants;
  };
  const auto careless =
      a_variant(options.careless) / (is_slow(exercise.json().at("questions")) ? 5 : 1);
  for (std::uint64_t seed = 1; seed <= variants; ++seed) {
    Desk desk(exercise, seed);
    const auto about = exercise.id() + " seed " + std::to_string(seed);
    play_misled(desk, about, found);
    play_known(desk, about, found);
    play_right(desk, found.figures);
    play_careless(desk, random, careless, about, found);
    play_random(desk, random, a_variant(options.random), found.figures);
  }
}

// Whether all that is taught shows often enough; what does not is printed.
bool tell_claims(const std::string& exercise, const std::vector<students::Claim>& claims) {
  bool good = true;
  for (const auto& claim : claims) {
    if (claim.good()) continue;
    good = false;
    std::printf("%s teaches %s%s%s, which shows on %ju of %ju variants  MISSED\n", exercise.c_str(),
                claim.misconception.c_str(), claim.mutant.empty() ? "" : " by ",
                claim.mutant.c_str(), claim.shown, claim.variants);
  }
  return good;
}

void try_claims(const exercise::Exercise& exercise, const Options& options, Findings& found) {
  found.claims = students::claims_of(exercise, options.claims);
}

void listen(const exercise::Exercise& exercise, const Options& options, Findings& found) {
  for (std::uint64_t seed = 1; seed <= std::min(options.plausible, exercise.variants()); ++seed) {
    Desk desk(exercise, seed);
    found.silence.listen_to(desk);
  }
}

std::optional<Options> read(int argc, char** argv) {
  Options options;
  const std::map<std::string, std::uint64_t*> numbers{{"--variants", &options.variants},
                                                      {"--careless", &options.careless},
                                                      {"--random", &options.random},
                                                      {"--claims", &options.claims},
                                                      {"--plausible", &options.plausible}};
  for (int i = 1; i < argc; ++i) {
    const auto number = numbers.find(argv[i]);
    if (number == numbers.end()) {
      options.paths.emplace_back(argv[i]);
    } else if (++i < argc) {
      *number->second = std::strtoull(argv[i], nullptr, 10);
    }
  }
  if (options.paths.empty() || options.variants == 0) return std::nullopt;
  return options;
}

exercise::Exercise exercise_in(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  auto exercise = exercise::parse_exercise(text);
  if (!exercise) throw std::runtime_error(format::to_text(path.string(), exercise.error()));
  return std::move(*exercise);
}

std::vector<std::filesystem::path> exercises_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class Stage {
 public:
  explicit Stage(const Options& options) : options_(options) {}

  void add(const std::filesystem::path& path) {
    // What comes before a final "/" has no name.
    const auto named = path.has_filename() ? path : path.parent_path();
    if (!std::filesystem::is_directory(named)) {
      groups_.push_back({"", {exercise_in(named)}});
      return;
    }
    Group steps{"steps of " + named.parent_path().filename().string()};
    for (const auto& file : exercises_in(named)) steps.exercises.push_back(exercise_in(file));
    groups_.push_back(std::move(steps));
  }

  // Each part for all exercises before the next, for the parts with most to do come first.
  void play() {
    std::vector<std::pair<const exercise::Exercise*, Findings*>> all;
    for (Group& group : groups_) {
      group.findings.resize(group.exercises.size());
      for (std::size_t i = 0; i < group.exercises.size(); ++i) {
        all.emplace_back(&group.exercises[i], &group.findings[i]);
      }
    }
    using Part = void (*)(const exercise::Exercise&, const Options&, Findings&);
    static constexpr std::array<Part, 3> parts{play_students, try_claims, listen};
    cli::on_all_cores(all.size() * parts.size(), [&](std::uint64_t n) {
      const auto& [exercise, found] = all[n % all.size()];
      parts.at(n / all.size())(*exercise, options_, *found);
    });
  }

  // Whether every bar was met.
  bool tell() {
    for (const Group& group : groups_) tell_group(group);
    tell_figures("all", all_, all_.good());
    std::printf("what is taught, and each mutant that shows it: %ju, tried on %ju variants each\n",
                claims_, options_.claims);
    silence_.print(10);
    return good_ && all_.wrong > 0;
  }

 private:
  // The exercises of one path.
  struct Group {
    std::string steps = {};  // what they are together, if they are the steps of a lesson
    std::vector<exercise::Exercise> exercises = {};
    std::vector<Findings> findings = {};
  };

  // The steps of a lesson ask one thing each. What is named is judged of each; what chance does,
  // where one answer of two or three is right or an idea's, of all of them together.
  void tell_group(const Group& group) {
    Figures together;
    for (std::size_t i = 0; i < group.exercises.size(); ++i) {
      const Findings& found = group.findings[i];
      tell_exercise(group.exercises[i].id(), found,
                    group.steps.empty() ? found.figures.good() : found.figures.names_well());
      together.add(found.figures);
    }
    if (!group.steps.empty()) tell_figures(group.steps, together, together.good());
    all_.add(together);
  }

  void tell_exercise(const std::string& id, const Findings& found, bool good) {
    std::fputs(found.names.c_str(), stdout);
    claims_ += found.claims.size();
    good_ = tell_claims(id, found.claims) && good_;
    silence_.add(found.silence);
    tell_figures(id, found.figures, good);
  }

  void tell_figures(const std::string& name, const Figures& figures, bool good) {
    print(name, figures, good);
    good_ = good_ && good;
  }

  const Options& options_;
  std::vector<Group> groups_;
  Figures all_;
  bool good_ = true;
  std::uint64_t claims_ = 0;
  students::Silence silence_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto options = read(argc, argv);
  if (!options) {
    std::fputs(
        "students [--variants N] [--careless N] [--random N] [--claims N] [--plausible N] "
        "EXERCISE|FOLDER...\n",
        stderr);
    return 2;
  }
  try {
    Stage stage(*options);
    for (const auto& path : options->paths) stage.add(path);
    stage.play();
    return stage.tell() ? 0 : 1;
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
