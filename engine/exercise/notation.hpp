// The notation in which a student sees what has happened when a question is asked: the diagram, or
// one of the listings and tables that practitioners read. It differs between variants, so that
// students learn the protocol and not one picture of it.
//
// A variant draws the order in which it prefers the notations from a random stream of its own, so
// that no other drawn value changes. A question is shown in the first notation that suits it and in
// which there is something to see, so that the questions of one variant look alike where possible.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/run.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

struct Notation {
  std::string_view name;
  std::string_view doc;
  // Whether it shows anything of a run after its first `seen` events.
  bool (*shows)(const Run& run, std::size_t seen);
};
// In the order in which the format lists them.
std::span<const Notation> notations();

class Notations {
 public:
  // The preferences of the variant of this seed.
  Notations(std::string_view exercise, std::uint64_t seed);
  // The notation in which the question is shown; "" if notations do not apply to it.
  std::string_view of(const Json& question, const Run& run) const;

 private:
  std::vector<std::string_view> preferred_;
};

// The key that names the notations of a question; without it, those of its kind apply.
format::Field notations_field();

// Checks that a question can be shown in each notation that it names.
void check_notations(const format::Reader& question, const Run& run);
// Warns if it names only one.
void warn_of_notations(const format::Reader& question);

}  // namespace tcplab::exercise
