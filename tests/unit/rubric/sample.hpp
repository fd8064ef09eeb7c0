// A small set of rules, of which tests change what they are about.
#pragma once
#include <fstream>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "format/json.hpp"
#include "rubric/match.hpp"

namespace tcplab::test {

inline std::string read_source(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(std::string(TCPLAB_SOURCE_DIR) + "/" + path).rdbuf();
  REQUIRE(!text.str().empty());
  return text.str();
}

inline format::Json sample_rubric() {
  return format::Json::parse(R"({
    "format": "tcplab-rubric/1", "exercise": "sample", "part": "explain/words",
    "words": {
      "negation": ["not", "never", "cant", "不", "没有"],
      "denial": ["is wrong", "不对"],
      "neutral": ["not only", "不仅"],
      "speech": ["the", "is", "so", "会", "了"],
      "ack": ["ack*", "确认"],
      "last-ack": ["last ack*"],
      "lost": ["lost", "drop*", "丢失", "丢"],
      "again": ["again", "retransmi*"],
      "hedge": ["perhaps"]
    },
    "ideas": [{
      "id": "lost-ack",
      "says": {"en": "An ACK is lost.", "zh": "确认丢失。"}, "next": {"en": "Then?", "zh": "然后？"},
      "for": [{"words": ["ack", "lost"], "within": 6}]
    }]
  })");
}

}  // namespace tcplab::test
