// Sequence arithmetic, RFC 9293 §3.4: modulo 2^32, right across both 2^32 and 2^31.
#include "wire/seq.hpp"

#include "catch.hpp"

using namespace tcplab::wire;

TEST_CASE("sequence numbers: adding wraps at 2^32") {
  CHECK(Seq(0xffffffff) + 1 == Seq(0));
  CHECK(Seq(0xfffffffe) + 5 == Seq(3));
  CHECK(Seq(0) - 1 == Seq(0xffffffff));
  CHECK(distance(Seq(0xfffffff0), Seq(0x10)) == 0x20);
  CHECK(distance(Seq(0x10), Seq(0xfffffff0)) == 0xffffffe0);
}

TEST_CASE("sequence numbers: the order of two numbers less than 2^31 apart") {
  struct Row {
    std::uint32_t a, b;
    bool a_before_b;
  };
  const auto row =
      GENERATE(Row{0, 1, true}, Row{1, 0, false}, Row{7, 7, false}, Row{0xffffffff, 0, true},
               Row{0, 0xffffffff, false}, Row{0x7fffffff, 0x80000000, true},
               Row{0x80000000, 0x7fffffff, false}, Row{0, 0x7fffffff, true},
               Row{0x80000001, 0, true}, Row{0xc0000000, 0x3fffffff, true});
  INFO("a = " << row.a << ", b = " << row.b);
  CHECK(before(Seq(row.a), Seq(row.b)) == row.a_before_b);
  CHECK(after(Seq(row.b), Seq(row.a)) == row.a_before_b);
  const bool equal = row.a == row.b;
  CHECK(before_or_at(Seq(row.a), Seq(row.b)) == (row.a_before_b || equal));
  CHECK(after_or_at(Seq(row.a), Seq(row.b)) == !row.a_before_b);
}

TEST_CASE("sequence numbers: a window may straddle 2^32") {
  struct Row {
    std::uint32_t s, start, length;
    bool inside;
  };
  const auto row =
      GENERATE(Row{100, 100, 1, true}, Row{101, 100, 1, false}, Row{99, 100, 1, false},
               Row{100, 100, 0, false}, Row{0xfffffffe, 0xfffffffe, 4, true},
               Row{1, 0xfffffffe, 4, true}, Row{2, 0xfffffffe, 4, false},
               Row{0xfffffffd, 0xfffffffe, 4, false}, Row{0x80000000, 0x7fffffff, 2, true});
  INFO("s = " << row.s << " in [" << row.start << ", + " << row.length << ")");
  CHECK(in_window(Seq(row.s), Seq(row.start), row.length) == row.inside);
}
