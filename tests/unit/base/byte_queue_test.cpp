// ByteQueue: a queue by its content, whatever has gone before.
#include "base/byte_queue.hpp"

#include <string>

#include "catch.hpp"

using tcplab::ByteQueue;

namespace {

void append(ByteQueue& queue, const std::string& text) { queue.append({text.begin(), text.end()}); }
std::string text_of(const ByteQueue& queue) { return std::string(queue.begin(), queue.end()); }

}  // namespace

TEST_CASE("ByteQueue: what comes in at the back leaves at the front") {
  ByteQueue queue;
  CHECK(queue.empty());
  append(queue, "abcdef");
  queue.drop_front(1);  // less than half of it
  CHECK(text_of(queue) == "bcdef");
  append(queue, "gh");
  queue.drop_front(4);  // more
  CHECK(text_of(queue) == "fgh");
  CHECK(queue.size() == 3);

  ByteQueue same;
  append(same, "fgh");
  CHECK(queue == same);
  queue.drop_front(3);
  CHECK(queue.empty());
  CHECK_FALSE(queue == same);
  append(queue, "x");
  queue.clear();
  CHECK(queue == ByteQueue{});
}
