// A mutator for targets that read JSON: it changes values, not characters, so that most of what it
// makes is still JSON and gets past the parser. Every fourth time it leaves the text to libFuzzer.
#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "format/document.hpp"
#include "net/random.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace tcplab::fuzz {

using format::Json;

class JsonMutator {
 public:
  explicit JsonMutator(unsigned seed) : random_(seed) {}

  // The mutated text; empty: it is not JSON, or it is not to be kept.
  std::string mutate(std::string_view text) {
    auto document = random_.below(4) == 0 ? format::parse("") : format::parse(text);
    if (!document) return {};
    Json json = document->value();
    for (auto changes = 1 + random_.below(3); changes > 0; --changes) change(json);
    return format::dump(json);
  }

 private:
  static void collect(Json& value, std::vector<Json*>& found) {
    found.push_back(&value);
    if (!value.is_structured()) return;
    for (auto& each : value) collect(each, found);
  }

  template <typename List>
  auto& one_of(List& list) {
    return list[random_.below(list.size())];
  }

  void change(Json& json) {
    std::vector<Json*> all;
    collect(json, all);
    Json& target = *one_of(all);
    const Json other = *one_of(all);
    if (random_.below(4) == 0) {
      target = other;
    } else if (target.is_array()) {
      change_array(target, other);
    } else if (target.is_object()) {
      change_object(target, other);
    } else {
      target = target.is_string() ? some_text(target) : some_scalar();
    }
  }

  void change_array(Json& array, const Json& other) {
    if (array.empty() || random_.below(4) == 0) return array.push_back(other);
    const auto at = random_.below(array.size());
    if (random_.below(2) == 0) return array.erase(at);
    const Json copy = array[at];
    array.insert(array.begin() + one_below(array.size()), copy);
  }

  void change_object(Json& object, const Json& other) {
    auto& members = object.get_ref<Json::object_t&>();
    if (!members.empty() && random_.below(2) == 0) {
      members.erase(members.begin() + one_below(members.size()));
    } else if (other.is_object() && !other.empty()) {
      const auto from = std::next(other.begin(), one_below(other.size()));
      object[from.key()] = from.value();
    }
  }

  std::ptrdiff_t one_below(std::size_t bound) {
    return static_cast<std::ptrdiff_t>(random_.below(bound));
  }

  Json some_text(const Json& text) {
    auto bytes = text.get<std::string>();
    const auto size = bytes.size();
    bytes.resize(size + 40);
    auto* data = reinterpret_cast<std::uint8_t*>(bytes.data());
    bytes.resize(LLVMFuzzerMutate(data, size, bytes.size()));  // knows the dictionary
    return bytes;
  }

  Json some_scalar() {
    switch (random_.below(6)) {
      case 0:
        return random_.below(2) == 0;
      case 1:
        return nullptr;
      case 2:
        return static_cast<double>(random_.below(4)) - 1.5;
      case 3:
        return std::uint64_t{1} << random_.below(64);
      default:
        return random_.below(300);
    }
  }

  net::Random random_;
};

}  // namespace tcplab::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mutated = tcplab::fuzz::JsonMutator(seed).mutate(text);
  if (mutated.empty() || mutated.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, mutated.data(), mutated.size());
  return mutated.size();
}
