// A Chunked and its copies do what vectors and their copies do, whoever shares what.
#include "base/chunked.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "net/random.hpp"

using tcplab::Chunked;

namespace {

struct Pair {
  Chunked<std::string, 4> chunked;
  std::vector<std::string> plain;

  void check() const {
    REQUIRE(chunked.size() == plain.size());
    REQUIRE(std::equal(chunked.begin(), chunked.end(), plain.begin(), plain.end()));
  }
};

void change(Pair& pair, tcplab::net::Random& random) {
  const auto size = pair.plain.size();
  switch (random.below(5)) {
    case 0: {
      const auto left = random.below(size + 1);
      pair.chunked.truncate(left);
      pair.plain.resize(left);
      return;
    }
    case 1: {
      if (size == 0) return;
      const auto at = random.below(size);
      pair.chunked.at(at) += '!';
      pair.plain[at] += '!';
      return;
    }
    default:
      for (auto more = random.below(40); more > 0; --more) {
        const auto text = std::to_string(random.below(1'000'000));
        pair.chunked.push_back(text);
        pair.plain.push_back(text);
      }
  }
}

}  // namespace

TEST_CASE("what is done to a copy of a chunked sequence is not done to the original") {
  tcplab::net::Random random(GENERATE(1u, 2u, 3u, 4u));
  std::vector<Pair> pairs(1);
  for (int i = 0; i < 600; ++i) {
    auto& one = pairs[random.below(pairs.size())];
    change(one, random);
    if (random.below(4) == 0) {
      Pair copy = one;
      if (pairs.size() < 6) {
        pairs.push_back(std::move(copy));
      } else {
        pairs[random.below(pairs.size())] = std::move(copy);
      }
    }
    for (const auto& pair : pairs) pair.check();
  }
}

TEST_CASE("a chunked sequence is longer than one group of its chunks") {
  Chunked<int, 1> sequence;
  for (int i = 0; i < 1'000; ++i) sequence.push_back(i);
  const auto copy = sequence;
  sequence.truncate(500);
  for (int i = 500; i < 1'000; ++i) sequence.push_back(-i);
  for (int i = 0; i < 1'000; ++i) {
    CHECK(copy[static_cast<std::size_t>(i)] == i);
    CHECK(sequence[static_cast<std::size_t>(i)] == (i < 500 ? i : -i));
  }
}
