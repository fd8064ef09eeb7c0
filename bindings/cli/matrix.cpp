#include "matrix.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "exercise/shown_ideas.hpp"
#include "files.hpp"
#include "format/document.hpp"
#include "on_all_cores.hpp"
#include "variants.hpp"

namespace tcplab::cli {

namespace {

using exercise::Exercise;
using exercise::ShownIdea;
using format::Json;

// How one exercise can show one misconception.
struct Entry {
  const Exercise* exercise;
  std::uint64_t variants = 0;
  std::uint64_t shown = 0;                       // variants, by any mutant
  std::map<std::string, std::uint64_t> by = {};  // variants by mutant; "": declared by the author
  bool taught = false;

  bool is_rare(std::uint64_t count) const { return count < exercise::fewest_shown(variants); }
  // Whether a mutant alone, or all of them together, show a taught misconception on too few
  // variants.
  bool is_rare() const {
    if (!taught) return false;
    const auto shows_rarely = [&](const auto& each) {
      return !each.first.empty() && is_rare(each.second);
    };
    return is_rare(shown) || std::any_of(by.begin(), by.end(), shows_rarely);
  }
};
using Matrix = std::map<std::string, std::vector<Entry>>;  // by misconception

struct Job {
  const Checked* checked;
  std::uint64_t seeds;
  std::vector<std::vector<ShownIdea>> shown;  // by seed
  format::Problems problems;
};

std::vector<Job> jobs_of(const std::vector<Checked>& all, const CheckOptions& options,
                         ExitCode& worst) {
  std::vector<Job> jobs;
  for (const Checked& checked : all) {
    auto errors = checked.findings.errors;
    if (checked.exercise && errors.empty()) errors = exercise::check_static(*checked.exercise);
    if (!errors.empty()) {
      worst = std::max(worst, fail(checked.file, errors));
    } else if (checked.exercise) {
      const auto seeds = seeds_of(*checked.exercise, options.seeds);
      jobs.push_back({&checked, seeds, std::vector<std::vector<ShownIdea>>(seeds), {}});
    }
  }
  return jobs;
}

void work_on(std::vector<Job>& jobs) {
  std::vector<std::pair<Job*, std::uint64_t>> variants;
  for (Job& job : jobs) {
    for (std::uint64_t seed = 1; seed <= job.seeds; ++seed) variants.emplace_back(&job, seed);
  }
  std::mutex mutex;
  on_all_cores(variants.size(), [&](std::uint64_t i) {
    auto& [job, seed] = variants[i];
    auto shown = exercise::shown_ideas(*job->checked->exercise, seed);
    if (shown) {
      job->shown[seed - 1] = std::move(*shown);
    } else {
      const std::lock_guard lock(mutex);
      job->problems = std::move(shown.error());
    }
  });
}

void add(const Job& job, Matrix& matrix) {
  const Exercise& exercise = *job.checked->exercise;
  std::map<std::string, Entry> found;
  for (const Json& taught : exercise.json().at("teaches")) {
    auto& entry = found.try_emplace(taught.get<std::string>(), Entry{&exercise}).first->second;
    entry.taught = true;
  }
  for (const auto& shown : job.shown) {
    std::set<std::string> here;
    for (const ShownIdea& idea : shown) {
      auto& entry = found.try_emplace(idea.misconception, Entry{&exercise}).first->second;
      ++entry.by[idea.mutant];
      if (here.insert(idea.misconception).second) ++entry.shown;
    }
  }
  for (auto& [misconception, entry] : found) {
    entry.variants = job.seeds;
    matrix[misconception].push_back(std::move(entry));
  }
}

std::string of(std::uint64_t some, std::uint64_t all) {
  return std::to_string(some) + " of " + std::to_string(all);
}

std::string line_of(const Entry& entry) {
  std::string line = "  " + entry.exercise->id();
  line.resize(std::max<std::size_t>(line.size() + 1, 40), ' ');
  line += of(entry.shown, entry.variants) + (entry.taught ? ", taught" : "") + ":";
  if (entry.by.empty()) line += " nothing shows it";
  for (const auto& [mutant, count] : entry.by) {
    line += " " + (mutant.empty() ? "as declared" : mutant);
    if (count != entry.shown) line += " (" + std::to_string(count) + ")";
    line += ",";
  }
  if (line.back() == ',') line.pop_back();
  return line + "\n";
}

// `is_whole` says that all named exercises could be run.
std::string table(const Matrix& matrix, bool is_whole) {
  std::string text;
  std::string rare;
  for (const auto& [misconception, entries] : matrix) {
    text += misconception + "\n";
    for (const Entry& entry : entries) {
      text += line_of(entry);
      if (entry.is_rare()) rare += "  " + misconception + line_of(entry);
    }
  }
  if (rare.empty() && !is_whole) return text;
  if (rare.empty() && matrix.empty()) return text + "no exercise, so nothing to show\n";
  if (rare.empty())
    return text + "every misconception shows on 95 % of the variants of what teaches it\n";
  return text + "shown on fewer than 95 % of the variants of an exercise that teaches it:\n" + rare;
}

Json to_json(const Matrix& matrix) {
  Json list = Json::array();
  for (const auto& [misconception, entries] : matrix) {
    for (const Entry& entry : entries) {
      Json by = Json::object();
      for (const auto& [mutant, count] : entry.by) {
        if (!mutant.empty()) by[mutant] = count;
      }
      const auto declared = entry.by.find("");
      list.push_back({{"misconception", misconception},
                      {"exercise", entry.exercise->id()},
                      {"taught", entry.taught},
                      {"variants", entry.variants},
                      {"shown", entry.shown},
                      {"by_mutant", std::move(by)},
                      {"declared", declared == entry.by.end() ? 0 : declared->second},
                      {"rare", entry.is_rare()}});
    }
  }
  return list;
}

}  // namespace

ExitCode print_matrix(const std::vector<Checked>& all, const CheckOptions& options,
                      ExitCode worst) {
  auto jobs = jobs_of(all, options, worst);
  work_on(jobs);
  Matrix matrix;
  for (const Job& job : jobs) {
    if (job.problems.empty()) {
      add(job, matrix);
    } else {
      worst = std::max(worst, fail(job.checked->file, job.problems));
    }
  }
  const auto text = options.json ? format::dump(to_json(matrix), 2) + "\n"
                                 : table(matrix, worst == ExitCode::kDone);
  if (const auto failure = write_text("-", text)) worst = std::max(worst, fail(*failure));
  return worst;
}

}  // namespace tcplab::cli
