// TextQueue: a queue by its content, whatever has gone before; and Payload, which it holds.
#include "tcp/text_queue.hpp"

#include <string>

#include "catch.hpp"

using tcplab::tcp::TextQueue;
using tcplab::wire::Payload;

namespace text_queue_test {
namespace {

Payload payload(const std::string& text) { return Payload(text.begin(), text.end()); }
std::string text_of(const Payload& octets) { return std::string(octets.begin(), octets.end()); }

}  // namespace

TEST_CASE("Payload: a part is a payload by its content") {
  const Payload whole = payload("abcdef");
  CHECK(text_of(whole.part(1, 3)) == "bcd");
  CHECK(text_of(whole.first(2)) == "ab");
  CHECK(text_of(whole.without_first(4)) == "ef");
  CHECK(whole.part(1, 3) == payload("bcd"));
  CHECK_FALSE(whole == payload("abcdeg"));
  CHECK(whole.without_first(6) == Payload());
  CHECK(text_of(whole.part(1, 3) + whole.first(1)) == "bcda");
  Payload copy = whole;
  copy.clear();
  CHECK(copy.empty());
  CHECK(text_of(whole) == "abcdef");
}

TEST_CASE("TextQueue: what comes in at the back leaves at the front") {
  TextQueue queue;
  CHECK(queue.empty());
  queue.append(payload("abc"));
  queue.append(Payload());
  queue.append(payload("def"));
  CHECK(text_of(queue.take(1)) == "a");
  queue.append(payload("gh"));
  CHECK(text_of(queue.take(4)) == "bcde");  // out of two pieces
  CHECK(queue.size() == 3);

  TextQueue same;
  same.append(payload("fgh"));
  CHECK(queue == same);
  CHECK(text_of(queue.take(3)) == "fgh");
  CHECK(queue.empty());
  CHECK_FALSE(queue == same);
  queue.append(payload("x"));
  queue.clear();
  CHECK(queue == TextQueue{});
}

}  // namespace text_queue_test
