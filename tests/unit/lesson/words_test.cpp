#include "lesson/words.hpp"

#include "../catch.hpp"

using namespace tcplab::lesson;

TEST_CASE("the length of a text is its words, or its Chinese characters") {
  struct Row {
    const char* text;
    std::size_t english, chinese;
  };
  const Row rows[] = {{"", 0, 0},
                      {"One segment.", 2, 2},
                      {"The client’s SYN,ACK at 60 ms", 6, 8},
                      {"服务器发送 SYN，再等待。", 1, 9},
                      {"— … 。", 0, 0}};
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(length_of(row.text, Language::kEnglish) == row.english);
    CHECK(length_of(row.text, Language::kChinese) == row.chinese);
  }
}

TEST_CASE("a term is found as whole words, and in Chinese anywhere") {
  struct Row {
    const char* text;
    const char* term;
    Language language;
    bool found;
  };
  const Row rows[] = {{"Two segments travel.", "segment", Language::kEnglish, true},
                      {"A Segment travels.", "segment", Language::kEnglish, true},
                      {"It is segmented.", "segment", Language::kEnglish, false},
                      {"the synonym", "SYN", Language::kEnglish, false},
                      {"a syn", "SYN", Language::kEnglish, false},
                      {"SYN,ACK", "SYN", Language::kEnglish, true},
                      {"SYN_SENT", "SYN", Language::kEnglish, false},
                      {"call close() now", "close()", Language::kEnglish, true},
                      {"一个报文段", "报文段", Language::kChinese, true},
                      {"发送SYN后", "SYN", Language::kChinese, true},
                      {"状态 SYN_SENT", "SYN", Language::kChinese, false},
                      {"anything", "", Language::kEnglish, false}};
  for (const auto& row : rows) {
    INFO(row.text << " / " << row.term);
    CHECK(has_term(row.text, row.term, row.language) == row.found);
  }
}
