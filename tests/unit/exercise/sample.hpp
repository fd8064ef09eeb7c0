// The shipped exercises, and small helpers to answer them.
#pragma once
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "exercise/exercise.hpp"
#include "exercise/grade.hpp"
#include "exercise/instance.hpp"

namespace tcplab::test {

using exercise::Exercise;
using exercise::Instance;
using format::Json;

inline std::string read_file(const std::string& path) {
  std::ifstream file(std::string(TCPLAB_SOURCE_DIR) + "/" + path, std::ios::binary);
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Exercise parse(const std::string& text) {
  auto exercise = exercise::parse_exercise(text);
  INFO((exercise ? "" : format::to_text("", exercise.error())));
  REQUIRE(exercise);
  return *exercise;
}

inline std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().stem().string();
    const bool is_exercise = std::isdigit(static_cast<unsigned char>(name.front())) != 0;
    if (is_exercise && entry.path().extension() == ".json") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

inline const std::vector<std::string>& shipped_names() {
  static const auto names = names_in(std::string(TCPLAB_SOURCE_DIR) + "/exercises");
  return names;
}

inline Exercise shipped(const std::string& name) {
  return parse(read_file("exercises/" + name + ".json"));
}

inline Instance copy_of(const Exercise& exercise, std::uint64_t seed) {
  auto instance = exercise::instantiate(exercise, seed);
  INFO((instance ? "" : format::to_text("", instance.error())));
  REQUIRE(instance);
  return *instance;
}

inline Json graded(const Exercise& exercise, std::uint64_t seed, const Json& answers) {
  const auto verdict = exercise::grade(exercise, copy_of(exercise, seed), answers);
  INFO((verdict ? "" : format::to_text("", verdict.error())));
  REQUIRE(verdict);
  return *verdict;
}

// The verdict on one question's (or part's) answer.
inline Json judged(const Exercise& exercise, std::uint64_t seed, const std::string& id,
                   const Json& answer) {
  Json answers = Json::object();
  answers[id] = answer;
  return graded(exercise, seed, answers).at("questions").at(0);
}
inline Json judged_part(const Exercise& exercise, std::uint64_t seed, const std::string& question,
                        const std::string& part, const Json& answer) {
  Json parts = Json::object();
  parts[part] = answer;
  return judged(exercise, seed, question, parts).at("parts").at(0);
}

// How much a test of all exercises tries: sanitizers cost a factor of ten. `tcplab check` tries
// every variant, and simulated students guess a thousand times.
#ifdef TCPLAB_SANITIZED
inline constexpr std::uint64_t many_seeds = 20;
#else
inline constexpr std::uint64_t many_seeds = 60;
#endif

}  // namespace tcplab::test
