// Plausible wrong answers that are told nothing, neither an idea nor a slip, by what they have in
// common.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "student.hpp"

namespace tcplab::students {

class Silence {
 public:
  // Gives every plausible wrong answer to a variant: those that are right but for one thing, and
  // those of who holds a wrong idea.
  void listen_to(Desk& desk);
  void add(const Silence& other);
  // The share, and the largest clusters.
  void print(std::size_t most) const;

 private:
  void note(const std::string& cluster, const Json& verdict, const Json& answer);

  struct Cluster {
    std::uint64_t silent = 0;
    std::uint64_t all = 0;
    std::string example = {};
  };
  std::map<std::string, Cluster> clusters_;  // by exercise, question and shape
};

}  // namespace tcplab::students
