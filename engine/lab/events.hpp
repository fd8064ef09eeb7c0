// A whole trace as JSON. An event's JSON is made when it is first read: a diagnosis compares many
// runs and reads only a few of their thousands of events. Only one thread may read at a time.
#pragma once
#include <chrono>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/json.hpp"
#include "lab/trace.hpp"

namespace tcplab::lab {

class Events {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = format::Json;
    using difference_type = std::ptrdiff_t;
    using pointer = const format::Json*;
    using reference = const format::Json&;

    Iterator() = default;
    Iterator(const Events& events, std::size_t n)
        : events_(&events), n_(static_cast<difference_type>(n)) {}

    reference operator*() const { return (*events_)[static_cast<std::size_t>(n_)]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator& operator+=(difference_type by) {
      n_ += by;
      return *this;
    }
    difference_type operator-(const Iterator& other) const { return n_ - other.n_; }
    bool operator==(const Iterator& other) const { return n_ == other.n_; }

   private:
    const Events* events_ = nullptr;
    difference_type n_ = 0;
  };

  Events() = default;
  Events(std::vector<format::Json> made) : made_(std::move(made)) {}
  // Host names come from `names`.
  Events(EventList events, std::vector<std::string> names)
      : events_(std::move(events)), names_(std::move(names)), made_(events_.size()) {}

  std::size_t size() const { return made_.size(); }
  bool empty() const { return made_.empty(); }
  const format::Json& operator[](std::size_t n) const {
    if (made_[n].is_null()) made_[n] = to_json(events_[n], names_);
    return made_[n];
  }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  // Fields of event `n`, without making its JSON.
  std::string_view kind(std::size_t n) const;
  std::string_view host(std::size_t n) const;          // "": none
  host::ConnectionId connection(std::size_t n) const;  // 0: none
  std::chrono::microseconds time(std::size_t n) const;
  const EventList& recorded() const { return events_; }

 private:
  EventList events_;  // empty: all JSON was given
  std::vector<std::string> names_;
  mutable std::vector<format::Json> made_;  // null: not yet
};

}  // namespace tcplab::lab
