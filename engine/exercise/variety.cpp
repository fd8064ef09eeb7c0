#include "exercise/variety.hpp"

#include <string>
#include <string_view>

#include "base/fnv1a.hpp"

namespace tcplab::exercise {

namespace {

class Digest {
 public:
  void add(std::string_view text) {
    constexpr std::string_view end{"\0", 1};
    value_ = fnv1a(end, fnv1a(text, value_));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = fnv1a("");
};

// Adds the texts for students, and the goals, which the page shows as texts.
void add_shown(const Json& value, bool in_text, Digest& digest) {
  if (value.is_string() && in_text) digest.add(value.get_ref<const std::string&>());
  if (value.is_array()) {
    for (const Json& item : value) add_shown(item, in_text, digest);
  }
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
    if (key == "goals") {
      digest.add(format::dump(member));
    } else {
      add_shown(member, in_text || key == "en" || key == "zh", digest);
    }
  }
}

}  // namespace

std::uint64_t digest(const Instance& instance, const Json& right_answers) {
  Digest digest;
  digest.add(format::dump(right_answers));
  for (const char* key : {"text", "questions", "hints"}) {
    if (const auto part = instance.exercise.find(key); part != instance.exercise.end()) {
      add_shown(*part, false, digest);
    }
  }
  return digest.value();
}

}  // namespace tcplab::exercise
