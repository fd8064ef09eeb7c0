// A view at something that may be kept in another form: behaves like a pointer to the T itself, or
// to a T that was made for the view. Null when there is none.
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
