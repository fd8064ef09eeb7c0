#include "exercise/diagnosis.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

constexpr std::size_t most_diagnoses = 3;

struct Candidate {
  const tcp::Mutant* mutant;
  Json explained = Json::array();  // wrong fields in which the student has the mutant's value
  int unexplained = 0;
  int contradicted = 0;  // right fields that the mutant gets wrong
  bool taught = false;

  auto rank() const { return std::tuple(unexplained, contradicted, !taught); }
};

Candidate compare(const tcp::Mutant& mutant, const Json& mutated, const Json& answer,
                  const Json& right) {
  Candidate candidate;
  candidate.mutant = &mutant;
  for (const auto& [name, expected] : right.get_ref<const Json::object_t&>()) {
    const Json& given = answer.at(name);
    const auto under = mutated.find(name);
    const bool same = under != mutated.end() && *under == given;
    if (given == expected) {
      candidate.contradicted += same ? 0 : 1;
    } else if (same) {
      candidate.explained.push_back(name);
    } else {
      ++candidate.unexplained;
    }
  }
  return candidate;
}

bool contains(const Json& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

Json to_json(const tcp::Mutant* mutant, std::string_view misconception, const Json& fields) {
  Json json = Json::object();
  if (mutant != nullptr) json["mutant"] = mutant->id;
  json["misconception"] = misconception;
  json["fields"] = fields;
  return json;
}

}  // namespace

Json diagnose(const Json& answer, const Json& right, const Json& teaches, const Under& under) {
  std::vector<Candidate> candidates;
  for (const tcp::Mutant& mutant : tcp::mutants()) {
    const auto mutated = under(mutant.id);
    if (!mutated) continue;
    Candidate candidate = compare(mutant, *mutated, answer, right);
    candidate.taught = contains(teaches, mutant.misconception);
    if (!candidate.explained.empty()) candidates.push_back(std::move(candidate));
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.rank() < b.rank(); });
  Json diagnoses = Json::array();
  for (const Candidate& candidate : candidates) {
    // Once something explains every wrong field, a part of an explanation only distracts.
    const bool worse = candidate.unexplained > candidates.front().unexplained;
    if (worse || diagnoses.size() == most_diagnoses) break;
    if (candidates.front().taught && !candidate.taught) continue;
    diagnoses.push_back(
        to_json(candidate.mutant, candidate.mutant->misconception, candidate.explained));
  }
  return diagnoses;
}

Json declared_diagnosis(std::string_view misconception, const Json& fields) {
  const auto mutants = tcp::mutants();
  const auto it = std::find_if(mutants.begin(), mutants.end(), [&](const tcp::Mutant& mutant) {
    return mutant.misconception == misconception;
  });
  return to_json(it == mutants.end() ? nullptr : &*it, misconception, fields);
}

}  // namespace tcplab::exercise
