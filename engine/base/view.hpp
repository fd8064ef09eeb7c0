// A pointer to a T that may be stored in another form: it points to the stored T, or holds a T that
// was made for this view. It may be null.
#pragma once
#include <cstddef>
#include <optional>
#include <utility>

namespace tcplab {

template <typename T>
class View {
 public:
  View(std::nullptr_t) {}
  View(const T* kept) : kept_(kept) {}
  View(T made) : made_(std::move(made)) {}

  const T* get() const { return made_ ? &*made_ : kept_; }
  const T& operator*() const { return *get(); }
  const T* operator->() const { return get(); }
  friend bool operator==(const View& view, std::nullptr_t) { return view.get() == nullptr; }

 private:
  const T* kept_ = nullptr;
  std::optional<T> made_;
};

}  // namespace tcplab
