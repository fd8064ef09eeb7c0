#include "lab/due_queue.hpp"

#include <algorithm>
#include <vector>

#include "catch.hpp"

using namespace tcplab;
using namespace tcplab::lab;

namespace {

std::uint32_t entry_of(const Due& due) { return std::get<EntryDue>(due.what).entry; }

// What is due in the end: one in ten.
bool holds(const Due& due) { return entry_of(due) % 10 == 0; }

}  // namespace

TEST_CASE("what no longer holds makes the queue at most twice as long as what does") {
  DueQueue queue;
  for (std::uint32_t entry = 0; entry < 2000; ++entry) {
    // The latest first, so that nothing stale comes to the head while more is added.
    const bool is_head = entry == 0;
    queue.push(Time(is_head ? 1 : 10'000 - entry), EntryDue{entry});
    queue.forget_stale(holds);
    const std::size_t due = entry / 10 + 1;
    // Looked through at twice what was left the last time, or at 64.
    CHECK(queue.size() <= std::max<std::size_t>(64, 2 * due));
  }
}

TEST_CASE("what is left of the queue comes by time, and of one time in the order it was put in") {
  DueQueue queue;
  for (std::uint32_t entry = 0; entry < 500; ++entry) {
    queue.push(Time(1 + entry * 7 % 5), EntryDue{entry});
  }
  queue.forget_stale(holds);
  CHECK(queue.size() == 50);
  std::vector<std::pair<Time, std::uint32_t>> came;
  while (!queue.empty()) {
    const Due due = queue.pop();
    came.emplace_back(due.at, entry_of(due));
  }
  CHECK(came.size() == 50);
  CHECK(std::is_sorted(came.begin(), came.end()));
}
