#include "texts/style.hpp"

#include <algorithm>
#include <cstdint>
#include <regex>
#include <sstream>
#include <string_view>

namespace tcplab::test {
namespace {

constexpr std::size_t kMostWords = 20;
constexpr std::size_t kMostSigns = 40;  // an ideograph, or a run of other letters

struct Word {
  const char* bad;
  const char* instead;
};

// Regular expressions, whole words, capitals or not.
const Word kEnglish[] = {
    {"texts?", "data"},
    {"octets?", "bytes"},
    {"really", "in fact"},
    {"we|us|our|ours", "the end that is meant"},
    {"honest|believable", "what the segment is"},
    {"else", "otherwise"},
    {"silen(t|ce|tly)", "without an answer"},
    {"peers?", "the other end"},
    {"simply|obviously|of course|just", "nothing"},
    {"anew", "again"},
    {"SYN ACK", "SYN,ACK"},
    {"2MSL", "2 MSL"},
    {"(ca|do|does|is|are|wo|should)n[’']t", "the two words"},
};

// `but`: what may follow.
struct Sign {
  const char* bad;
  const char* but;
  const char* instead;
};
const Sign kChinese[] = {
    {"应用", "程序", "应用程序"},
    {"监听者", "", "监听套接字"},
    {"对方", "", "对端"},
    {"重发", "", "重传"},
    {"一切", "", "所指的内容"},
    {"沉默", "", "没有应答"},
    {"会说 TCP", "", "所指的内容"},
    {"计时器", "", "定时器"},
    {"校验和", "", "检验和"},
    {"半打开", "", "半开连接"},
    {"半开", "连接", "半开连接"},
    {"接受队列", "", "全连接队列"},
    {"未完成握手队列", "", "半连接队列"},
    {"回答", "", "应答"},
    {"发送者", "", "客户端、服务器或这一端"},
    {"发送方", "向", "客户端、服务器或这一端"},
    {"接收方", "向", "客户端、服务器或这一端"},
    {"接收者", "", "客户端、服务器或这一端"},
    {"序列号", "", "序号"},
    {"数据包", "", "报文段"},
    {"头部", "", "首部"},
    {"我们", "", "这一端"},
    {"我方", "", "这一端"},
    {"初始发送序号", "", "初始序号"},
    {"报文最大生存时间", "", "最长报文段寿命"},
    {"暗杀", "", "被提前终止"},
    {"洪泛", "攻击", "SYN 洪泛攻击"},
    {"SYN cookie", "", "SYN Cookie"},
    {"坚持", "", "持续"},
    {"客户", "端", "客户端"},
    {"确保", "", "所指的动作"},
    {"保证", "", "所指的动作"},
    {"已死", "", "故障"},
};

std::u32string code_points(const std::string& text) {
  std::u32string points;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t point = size == 1 ? lead : lead & (0x7fu >> size);
    for (std::size_t k = 1; k < size && i + k < text.size(); ++k) {
      point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fu);
    }
    points.push_back(point);
    i += size;
  }
  return points;
}

bool is_ideograph(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }
bool is_full_width(char32_t c) { return (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00); }
bool is_latin(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

// Ends where a mark of `ends` stands; in English a blank follows it.
std::vector<std::string> sentences(const std::string& text, const std::string& ends, bool blank) {
  std::vector<std::string> found;
  std::string rest = text;
  while (!rest.empty()) {
    std::size_t at = rest.find(ends);
    while (blank && at != std::string::npos && at + ends.size() < rest.size() &&
           rest[at + ends.size()] != ' ') {
      at = rest.find(ends, at + 1);
    }
    const std::size_t size = at == std::string::npos ? rest.size() : at + ends.size();
    found.push_back(rest.substr(0, size));
    rest.erase(0, size + (blank && size < rest.size() ? 1 : 0));
  }
  return found;
}

std::size_t words(const std::string& sentence) {
  std::istringstream stream(sentence);
  std::string word;
  std::size_t count = 0;
  while (stream >> word) ++count;
  return count;
}

std::size_t signs(const std::string& sentence) {
  std::size_t count = 0;
  bool in_run = false;
  for (const char32_t c : code_points(sentence)) {
    const bool stands_alone = is_ideograph(c) || is_full_width(c);
    if (stands_alone || (c != U' ' && !in_run)) ++count;
    in_run = !stands_alone && c != U' ';
  }
  return count;
}

bool starts_with(const std::string& text, std::string_view start) {
  return text.compare(0, start.size(), start) == 0;
}

// Blanks and half-width marks beside ideographs; no blank between the two kinds of letters.
std::vector<std::string> faults_of_marks(const std::string& text) {
  std::vector<std::string> faults;
  const std::u32string points = code_points(text);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const char32_t a = points[i - 1];
    const char32_t b = points[i];
    const bool blank = (a == U' ' && is_full_width(b)) || (is_full_width(a) && b == U' ');
    const bool half = is_ideograph(a) && std::u32string(U",;:!?()").find(b) != std::u32string::npos;
    const bool joined = (is_ideograph(a) && is_latin(b)) || (is_latin(a) && is_ideograph(b));
    if (blank) faults.push_back("a blank beside a full-width mark: " + text);
    if (half) faults.push_back("a half-width mark after an ideograph: " + text);
    if (joined) faults.push_back("no blank between the two scripts: " + text);
  }
  return faults;
}

}  // namespace

std::vector<std::string> faults_of_english(const std::string& text) {
  std::vector<std::string> faults;
  const auto tell = [&](const std::string& what) { faults.push_back(what + ": " + text); };
  for (const auto& sentence : sentences(text, ".", true)) {
    const std::size_t count = words(sentence);
    if (count > kMostWords) {
      faults.push_back(std::to_string(count) + " words, at most " + std::to_string(kMostWords) +
                       ": " + sentence);
    }
    for (const char* start : {"It ", "Its ", "They ", "Their "}) {
      if (starts_with(sentence, start)) {
        faults.push_back("begins with a pronoun, not its noun: " + sentence);
      }
    }
  }
  for (const auto& [bad, instead] : kEnglish) {
    const std::regex word("\\b(" + std::string(bad) + ")\\b", std::regex::icase);
    std::smatch match;
    if (std::regex_search(text, match, word)) {
      tell("\"" + match.str() + "\", better: " + instead);
    }
  }
  if (text.find('\'') != std::string::npos) tell("a straight apostrophe");
  if (text.find(';') != std::string::npos) tell("a semicolon");
  return faults;
}

std::vector<std::string> faults_of_chinese(const std::string& text) {
  std::vector<std::string> faults = faults_of_marks(text);
  for (const auto& sentence : sentences(text, "。", false)) {
    const std::size_t count = signs(sentence);
    if (count > kMostSigns) {
      faults.push_back(std::to_string(count) + " signs, at most " + std::to_string(kMostSigns) +
                       ": " + sentence);
    }
    if (starts_with(sentence, "它")) faults.push_back("begins with 它, not its noun: " + sentence);
  }
  for (const auto& [bad, but, instead] : kChinese) {
    const std::string word = bad;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::string_view may(but);
      if (!may.empty() && text.compare(at + word.size(), may.size(), may) == 0) continue;
      faults.push_back(word + ", better " + instead + ": " + text);
    }
  }
  return faults;
}

}  // namespace tcplab::test
