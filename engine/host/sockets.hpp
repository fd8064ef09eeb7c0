// The sockets of a host, for iterating over them.
#pragma once
#include <cstddef>

#include "host/records.hpp"

namespace tcplab::host {

// A host's sockets in the order in which they were made. A reference is valid until the iterator
// moves.
class Sockets {
 public:
  class Iterator {
   public:
    Iterator(const Records& records, std::size_t at) : records_(records), at_(at) {}
    const Socket& operator*() {
      look_ = records_.socket(static_cast<Records::Index>(at_));
      return *look_;
    }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.at_ != b.at_; }

   private:
    const Records& records_;
    std::size_t at_;
    View<Socket> look_ = nullptr;
  };

  explicit Sockets(const Records& records) : records_(records) {}
  std::size_t size() const { return records_.size(); }
  bool empty() const { return size() == 0; }
  View<Socket> operator[](std::size_t i) const {
    return records_.socket(static_cast<Records::Index>(i));
  }
  Iterator begin() const { return {records_, 0}; }
  Iterator end() const { return {records_, size()}; }

 private:
  const Records& records_;
};

}  // namespace tcplab::host
