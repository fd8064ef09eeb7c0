// The notation in which a student sees what has happened when a question is asked: the diagram, or
// one of the listings and tables that practitioners read. Variants of a question differ in it, so
// that the thing is learnt and not the picture.
//
// A variant prefers the notations in an order that it draws from a stream of its own: whatever else
// is drawn stays as it is. A question is shown in the first of them that serves it and in which
// there is something to see, so that the questions of one variant are alike where they can be.
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
  // Whether it shows anything of a run of which so many events were seen.
  bool (*shows)(const Run& run, std::size_t seen);
};
// In the order in which the format lists them.
std::span<const Notation> notations();

class Notations {
 public:
  // As the variant of this seed prefers them.
  Notations(std::string_view exercise, std::uint64_t seed);
  // The one in which the question is shown; "": what it shows is no matter of notation.
  std::string_view of(const Json& question, const Run& run) const;

 private:
  std::vector<std::string_view> preferred_;
};

// The key that names those of a question; without it, they are those of its kind.
format::Field notations_field();

// That a question can be shown in each notation that it names.
void check_notations(const format::Reader& question, const Run& run);
// That it names more than one.
void warn_of_notations(const format::Reader& question);

}  // namespace tcplab::exercise
