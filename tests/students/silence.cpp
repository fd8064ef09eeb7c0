#include "silence.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "plausible.hpp"

namespace tcplab::students {

void Silence::note(const std::string& name, const Json& verdict, const Json& answer) {
  if (verdict.at("correct").get<bool>()) return;  // as right as the right one
  Cluster& cluster = clusters_[name];
  ++cluster.all;
  const bool is_told = !verdict.value("diagnoses", Json::array()).empty() ||
                       !verdict.value("slips", Json::array()).empty();
  if (is_told) return;
  ++cluster.silent;
  if (cluster.example.empty()) cluster.example = format::dump(answer).substr(0, 160);
}

void Silence::listen_to(Desk& desk) {
  const std::string id = desk.exercise().at("id");
  for (auto& [question, shape, answers] : plausible_answers(desk)) {
    const auto [name, part] = desk.place_of(*question);
    const Json verdict = desk.verdict_on(*question, answers);
    note(id + " " + name + (part.empty() ? "" : "/" + part) + " " + shape, verdict,
         desk.answer_to(answers, *question));
  }
  auto misled = desk.known_answers();
  for (const Idea& idea : ideas()) {
    if (auto student = desk.misled_answers(idea)) misled.push_back(std::move(*student));
  }
  for (const Misled& student : misled) {
    for (const Json& verdict : desk.verdicts(student.answers)) {
      note(id + " " + verdict.at("id").get<std::string>() + " as of a wrong idea", verdict,
           student.answers);
    }
  }
}

void Silence::add(const Silence& other) {
  for (const auto& [name, theirs] : other.clusters_) {
    Cluster& cluster = clusters_[name];
    cluster.all += theirs.all;
    cluster.silent += theirs.silent;
    if (cluster.example.empty()) cluster.example = theirs.example;
  }
}

void Silence::print(std::size_t most) const {
  std::uint64_t all = 0;
  std::uint64_t silent = 0;
  std::vector<std::pair<std::string, Cluster>> largest;
  for (const auto& [name, cluster] : clusters_) {
    all += cluster.all;
    silent += cluster.silent;
    if (cluster.silent > 0) largest.emplace_back(name, cluster);
  }
  if (all == 0) return;
  std::printf("plausible wrong answers: %ju; nothing explains %ju, %.1f %%%s\n", all, silent,
              100.0 * static_cast<double>(silent) / static_cast<double>(all),
              largest.empty() ? "" : "; the largest clusters:");
  std::stable_sort(largest.begin(), largest.end(), [](const auto& one, const auto& other) {
    return one.second.silent > other.second.silent;
  });
  largest.resize(std::min(largest.size(), most));
  for (const auto& [name, cluster] : largest) {
    std::printf("  %3ju of %3ju  %s, such as %s\n", cluster.silent, cluster.all, name.c_str(),
                cluster.example.c_str());
  }
}

}  // namespace tcplab::students
