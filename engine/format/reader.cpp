#include "format/reader.hpp"

#include "format/quantity.hpp"

namespace tcplab::format {

namespace {

const std::string* string_of(const Json& value) { return value.get_ptr<const std::string*>(); }

}  // namespace

Reader Reader::operator[](std::string_view key) const {
  const Json* member = nullptr;
  if (value_ != nullptr && value_->is_object()) {
    for (const auto& [name, value] : value_->get_ref<const Json::object_t&>()) {
      if (name == key) member = &value;
    }
  }
  return Reader(member, child(pointer_, key), *this);
}

std::vector<Reader> Reader::items() const {
  std::vector<Reader> result;
  if (value_ == nullptr || !value_->is_array()) return result;
  for (const Json& item : *value_)
    result.push_back(Reader(&item, child(pointer_, result.size()), *this));
  return result;
}

std::vector<std::pair<std::string, Reader>> Reader::members() const {
  std::vector<std::pair<std::string, Reader>> result;
  if (value_ == nullptr || !value_->is_object()) return result;
  for (const auto& [key, value] : value_->get_ref<const Json::object_t&>()) {
    result.emplace_back(key, Reader(&value, child(pointer_, key), *this));
  }
  return result;
}

const Json& Reader::json() const {
  static const Json absent;
  return value_ == nullptr ? absent : *value_;
}

std::string Reader::text(std::string_view fallback) const {
  const std::string* text = string_of(json());
  return text == nullptr ? std::string(fallback) : *text;
}

bool Reader::boolean(bool fallback) const {
  const bool* value = json().get_ptr<const bool*>();
  return value == nullptr ? fallback : *value;
}

double Reader::number(double fallback) const {
  return json().is_number() ? json().get<double>() : fallback;
}

std::int64_t Reader::whole(std::int64_t fallback) const {
  return json().is_number_integer() ? json().get<std::int64_t>() : fallback;
}

std::chrono::microseconds Reader::duration(std::chrono::microseconds fallback) const {
  const std::string* text = string_of(json());
  return text == nullptr ? fallback : parse_duration(*text).value_or(fallback);
}

std::int64_t Reader::size(std::int64_t fallback) const {
  const std::string* text = string_of(json());
  return text == nullptr ? whole(fallback) : parse_size(*text).value_or(fallback);
}

std::uint32_t Reader::address(std::uint32_t fallback) const {
  const std::string* text = string_of(json());
  return text == nullptr ? fallback : parse_address(*text).value_or(fallback);
}

void Reader::problem(Text message) const {
  if (problems_->size() < max_problems)
    problems_->push_back(Source{document_, ""}.problem(pointer_, std::move(message)));
}

void Reader::key_problem(Text message) const {
  if (problems_->size() < max_problems)
    problems_->push_back(Source{document_, ""}.key_problem(pointer_, std::move(message)));
}

}  // namespace tcplab::format
