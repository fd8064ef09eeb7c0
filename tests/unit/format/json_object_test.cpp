// An object as text is the text of the same object as a value.
#include "format/json_object.hpp"

#include <cstdint>
#include <limits>

#include "catch.hpp"

using namespace tcplab::format;

namespace {

const auto write_sample = [](auto& to) {
  to.add("least", std::numeric_limits<std::int64_t>::min());
  to.add("most", std::numeric_limits<std::uint64_t>::max());
  to.add("octet", std::uint8_t{7});
  to.add("yes", true);
  to.add("plain", "a b");
  to.add("marks", std::string("\"\\\n\x01\x7f"));
  to.add("not UTF-8", std::string("a\xff"));
  to.add("chinese", "关闭");
  to.add("value", Json{{"a", nullptr}, {"b", {1, "x"}}});
  to.add("list", std::vector<unsigned>{1, 2});
  to.add("none", std::vector<unsigned>{});
  to.add("pairs", std::vector<std::pair<std::size_t, std::size_t>>{{1, 2}, {3, 4}});
  to.object("inner", [](auto& inner) { inner.add("x", 1); });
  to.object("empty", [](auto&) {});
};

}  // namespace

TEST_CASE("an object is the same as a value and as text") {
  ValueObject value(0);
  write_sample(value);
  std::string text = "before ";
  {
    TextObject object(text);
    write_sample(object);
  }
  CHECK(text == "before " + dump(value.take()));
}

TEST_CASE("what stands in a string of JSON as it is") {
  for (int octet = 0; octet < 256; ++octet) {
    const bool plain = octet >= 0x20 && octet < 0x7f && octet != '"' && octet != '\\';
    // At each place of a word, beside neighbours that borrow and carry, and in what is left over.
    for (const char around : {'a', '~', ' '}) {
      for (std::size_t length = 1; length <= 11; ++length) {
        std::string text(length, around);
        CHECK(is_plain(text));
        text[length - 1] = static_cast<char>(octet);
        CHECK(is_plain(text) == plain);
      }
    }
  }
  CHECK(is_plain(""));
}
