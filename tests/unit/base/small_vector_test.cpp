// SmallVector: whatever is done to it, it holds what a vector would, and ends each element once.
#include "base/small_vector.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "catch.hpp"

using tcplab::SmallVector;

namespace {

using Held = std::shared_ptr<int>;
using Small = SmallVector<Held, 3>;

bool same(const Small& small, const std::vector<Held>& plain) {
  return std::equal(small.begin(), small.end(), plain.begin(), plain.end());
}

}  // namespace

TEST_CASE("SmallVector: in place and on the heap it holds the same as a vector") {
  const auto one = std::make_shared<int>(1);
  for (std::size_t most = 0; most <= 8; ++most) {
    Small small;
    std::vector<Held> plain;
    for (std::size_t i = 0; i < most; ++i) {
      small.push_back(one);
      plain.push_back(one);
    }
    CHECK(same(small, plain));
    CHECK(small.size() == most);
    CHECK(small.empty() == plain.empty());

    const auto two = std::make_shared<int>(2);
    for (std::size_t at = 0; at <= most; ++at) {
      Small changed = small;
      auto expected = plain;
      const auto place = static_cast<std::ptrdiff_t>(at);
      CHECK(*changed.insert(changed.begin() + place, two) == two);
      expected.insert(expected.begin() + place, two);
      CHECK(same(changed, expected));
      changed.erase(changed.begin() + place);
      expected.erase(expected.begin() + place);
      CHECK(same(changed, expected));
      changed.erase(changed.begin(), changed.begin() + place);
      expected.erase(expected.begin(), expected.begin() + place);
      CHECK(same(changed, expected));
    }
    CHECK(two.use_count() == 1);
  }
  CHECK(one.use_count() == 1);
}

TEST_CASE("SmallVector: a copy is its own, and what is moved from is empty") {
  for (const std::size_t size : {std::size_t{2}, std::size_t{5}}) {
    const auto one = std::make_shared<int>(1);
    Small from;
    for (std::size_t i = 0; i < size; ++i) from.push_back(one);
    Small copy;
    copy.push_back(std::make_shared<int>(9));
    copy = from;
    copy.pop_back();
    CHECK(from.size() == size);
    CHECK(copy.size() == size - 1);
    CHECK_FALSE(copy == from);

    Small moved(std::move(from));
    CHECK(moved.size() == size);
    CHECK(from.empty());
    from.push_back(one);
    CHECK(from.back() == one);
    copy = std::move(moved);
    CHECK(moved.empty());
    CHECK(copy.size() == size);
    CHECK(static_cast<std::size_t>(one.use_count()) == size + 2);  // and `from`, and `one`
    copy.clear();
    CHECK(copy.empty());
    CHECK(one.use_count() == 2);
  }
}

TEST_CASE("SmallVector: so many elements of their initial value") {
  const SmallVector<int, 2> few(2);
  const SmallVector<int, 2> many(7);
  CHECK(few.size() == 2);
  CHECK(many.size() == 7);
  CHECK(std::count(many.begin(), many.end(), 0) == 7);
}
