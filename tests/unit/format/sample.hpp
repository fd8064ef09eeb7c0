// A small format with every kind of shape, and documents that have it or not.
#pragma once

#include <string>
#include <vector>

#include "format/shape.hpp"

namespace tcplab::format::sample {

inline Shape goal() {
  using namespace shapes;
  const Shape below = reference("goal");
  return named(
      "goal",
      described(
          "What must hold",
          choice({"goal", "目标"},
                 {optional("state",
                           object({"state goal", "状态目标"},
                                  {required("host", identifier(), "Which host"),
                                   required("is", enumeration({"CLOSED", "LISTEN", "ESTABLISHED"}),
                                            "State")}),
                           "A host is in a state"),
                  optional("all", array(below, 1, 5), "All of these"),
                  optional("never", below, "Not this")})));
}

inline Shape action() {
  using namespace shapes;
  using namespace std::chrono_literals;
  const Shape flags = words({"SYN", "ACK", "FIN"});
  return tagged(
      {"action", "动作"}, "do",
      {optional("at", duration(0s, 1h), "When"), optional("when", goal(), "Under which condition"),
       required("host", identifier(), "Who acts")},
      {when("listen", "Waits for connections",
            {required("port", integer(1, 65535), "Where"),
             optional("backlog", integer(0, 128), "How many", 16)}),
       when("send", "Sends", {required("bytes", size(1, 1 << 20), "How much")}),
       when("inject", "Sends a raw segment",
            {required("flags", flags, "Its flags"), optional("from", address(), "Its source")}),
       when("close", "Closes", {})},
      {{"at", "when"}});
}

inline Shape lab() {
  using namespace shapes;
  return object(
      {"lab", "实验"},
      {required("format", constant("sample/1"), "The format's name"),
       optional("title", map(enumeration({"en", "zh"}), string(1, 10)), "For people"),
       optional("loss", number(0, 1), "Probability", 0),
       optional("isn", alternatives({integer(0, 4294967295), array(integer(0, 4294967295), 1, 3)}),
                "Sequence numbers"),
       optional("until", alternatives({duration(), enumeration({"never", "quiet"})}), "The end"),
       optional("fast", boolean(), "Whether"),
       optional("script", array(action(), 0, 3), "What happens"),
       optional("answers", map(identifier(), any()), "Free"), optional("goal", goal(), "The aim"),
       optional("template", templated(array(action())), "Actions with places for parameters")});
}

struct Bad {
  std::string text;
  std::vector<std::string> problems;  // as to_text("", problem)
  bool schema_refuses = true;         // false: only check() knows
};

// Each is put into {"format": "sample/1", ...}.
inline std::vector<std::string> good() {
  return {
      R"("title": {"en": "one", "zh": "一二三四五六七八九十"})",
      R"("loss": 0)",
      R"("loss": 0.25)",
      R"("isn": 4294967295)",
      R"("isn": [1, 2, 3])",
      R"("until": "1.5s")",
      R"("until": "never")",
      R"("fast": false, "script": [])",
      R"("script": [{"at": "50ms", "do": "listen", "host": "a", "port": 80, "backlog": 0}])",
      R"("script": [{"do": "send", "at": "10µs", "host": "a.b-c_d", "bytes": "64KiB"},
                        {"do": "send", "at": "0", "host": "a", "bytes": 1}])",
      R"("script": [{"do": "inject", "at": "1h", "host": "a", "flags": "SYN ACK", "from": "10.0.0.255"}])",
      R"("script": [{"do": "close", "host": "a", "when": {"state": {"host": "b", "is": "CLOSED"}}}])",
      R"("answers": {"q1": null, "q2": {"x": [1]}, "3": "${y}"})",
      R"("goal": {"all": [{"never": {"all": [{"state": {"host": "b", "is": "LISTEN"}}]}}]})",
      R"("template": [{"do": "listen", "at": "${t}", "host": "${who}", "port": "${port}"}])",
      R"("template": ["${action}", {"do": "${act}", "at": "${ms}ms", "host": "a", "port": 5}])",
      R"("template": [{"do": "close", "host": "a", "when": {"all": ["${goal}", {"never": "${g}"}]}}])",
      R"("template": "${script}")"};
}

inline std::vector<Bad> bad() {
  const std::string action = R"("script": [{"do": "close", "at": "0", "host": "a")";
  return {
      {R"("dleay": 1)",
       {R"(1:24: /dleay: unknown key "dleay" in lab; allowed: "format", "title", "loss", "isn", "until", "fast", "script", "answers", "goal", "template")"}},
      {R"("los": 1)",
       {R"(1:24: /los: unknown key "los" in lab (did you mean "loss"?); allowed: "format", "title", "loss", "isn", "until", "fast", "script", "answers", "goal", "template")"}},
      {R"("title": "x")", {R"(1:33: /title: found "x"; allowed: an object)"}},
      {R"("title": {"fr": "x"})", {R"(1:34: /title/fr: the key: found "fr"; allowed: "en", "zh")"}},
      {R"("title": {"en": ""})",
       {R"(1:40: /title/en: found ""; allowed: a text of 1 to 10 characters)"}},
      {R"("title": {"en": "12345678901"})",
       {R"(1:40: /title/en: found "12345678901"; allowed: a text of 1 to 10 characters)"}},
      {R"("title": {"en": 5})",
       {R"(1:40: /title/en: found 5; allowed: a text of 1 to 10 characters)"}},
      {R"("loss": 1.5)", {"1:32: /loss: found 1.5; allowed: a number from 0.0 to 1.0"}},
      {R"("loss": -1)", {"1:32: /loss: found -1; allowed: a number from 0.0 to 1.0"}},
      {R"("loss": "0")", {R"(1:32: /loss: found "0"; allowed: a number from 0.0 to 1.0)"}},
      {R"("isn": -1)", {"1:31: /isn: found -1; allowed: a whole number from 0 to 4294967295"}},
      {R"("isn": 18446744073709551615)",
       {"1:31: /isn: found 18446744073709551615; allowed: a whole number from 0 to 4294967295"}},
      {R"("isn": 1.5)", {"1:31: /isn: found 1.5; allowed: a whole number from 0 to 4294967295"}},
      {R"("isn": "1")",
       {R"(1:31: /isn: found "1"; allowed: a whole number from 0 to 4294967295, or a list of 1 to 3 elements)"}},
      {R"("isn": [1, true])",
       {"1:35: /isn/1: found true; allowed: a whole number from 0 to 4294967295"}},
      {R"("isn": [])", {"1:31: /isn: found a list of 0; allowed: a list of 1 to 3 elements"}},
      {R"("isn": [1,2,3,4])",
       {"1:31: /isn: found a list of 4; allowed: a list of 1 to 3 elements"}},
      {R"("until": "nevr")",
       {R"(1:33: /until: found "nevr"; allowed: a duration such as "50ms", or "never", "quiet")"}},
      {R"("until": 5)",
       {R"(1:33: /until: found 5; allowed: a duration such as "50ms", or "never", "quiet")"}},
      {R"("fast": 1)", {"1:32: /fast: found 1; allowed: true or false"}},
      {R"("fast": null)", {"1:32: /fast: found null; allowed: true or false"}},
      {R"("script": {})",
       {"1:34: /script: found an object; allowed: a list of 0 to 3 elements, each an object "
        "(action)"}},
      {R"("script": [1])", {"1:35: /script/0: found 1; allowed: an object (action)"}},
      {R"("script": [{"at": "0", "host": "a"}])",
       {R"(1:35: /script/0: missing key "do" in action; needed: one of "listen", "send", "inject", "close")"}},
      {R"("script": [{"do": "lisen", "at": "0", "host": "a"}])",
       {R"(1:42: /script/0/do: found "lisen" (did you mean "listen"?); allowed: "listen", "send", "inject", "close")"}},
      {R"("script": [{"do": 1, "at": "0", "host": "a"}])",
       {R"(1:42: /script/0/do: found 1; allowed: "listen", "send", "inject", "close")"}},
      {R"("script": [{"do": "listen", "at": "0", "host": "a"}])",
       {R"(1:35: /script/0: missing key "port" in an action of the kind "listen"; needed: a whole number from 1 to 65535)"}},
      {action + R"(, "port": 80}])",
       {R"(1:75: /script/0/port: unknown key "port" in an action of the kind "close"; allowed: "do", "at", "when", "host")"}},
      {R"("script": [{"do": "listen", "at": "0", "host": "a", "prot": 0}])",
       {R"(1:35: /script/0: missing key "port" in an action of the kind "listen"; needed: a whole number from 1 to 65535)",
        R"(1:76: /script/0/prot: unknown key "prot" in an action of the kind "listen" (did you mean "port"?); allowed: "do", "at", "when", "host", "port", "backlog")"}},
      {R"("script": [{"do": "close", "host": "a"}])",
       {R"(1:35: /script/0: found none; needed: exactly one of the keys "at", "when")"}},
      {action + R"(, "when": {"never": {"all": []}}}])",
       {R"(1:35: /script/0: found "at", "when"; needed: exactly one of the keys "at", "when")",
        "1:101: /script/0/when/never/all: found a list of 0; allowed: a list of 1 to 5 elements"}},
      {R"("script": [{"do": "close", "at": "0"}])",
       {R"(1:35: /script/0: missing key "host" in an action of the kind "close"; needed: a name (1 to 64 letters, digits, "_", "-", "."))"}},
      {R"("script": [{"do": "close", "at": "0", "host": "a b"}])",
       {R"(1:70: /script/0/host: found "a b"; allowed: a name (1 to 64 letters, digits, "_", "-", "."))"}},
      {R"("script": [{"do": "close", "at": 5, "host": "a"}])",
       {R"(1:57: /script/0/at: found 5; allowed: a duration such as "50ms", from "0" to "1h")"}},
      {R"("script": [{"do": "close", "at": "5", "host": "a"}])",
       {R"(1:57: /script/0/at: found "5"; allowed: a duration such as "50ms", "1.5s" or "2min"; the unit is missing (us, ms, s, min, h))"}},
      {R"("script": [{"do": "close", "at": "2h", "host": "a"}])",
       {R"(1:57: /script/0/at: found "2h"; allowed: a duration such as "50ms", from "0" to "1h")"},
       false},
      {R"("script": [{"do": "send", "at": "0", "host": "a", "bytes": 0}])",
       {R"(1:83: /script/0/bytes: found 0; allowed: a number of bytes such as 1460 or "64KiB", from 1 to 1048576)"}},
      {R"("script": [{"do": "send", "at": "0", "host": "a", "bytes": "2MiB"}])",
       {R"(1:83: /script/0/bytes: found "2MiB"; allowed: a number of bytes such as 1460 or "64KiB", from 1 to 1048576)"},
       false},
      {R"("script": [{"do": "send", "at": "0", "host": "a", "bytes": "2KB"}])",
       {R"(1:83: /script/0/bytes: found "2KB"; allowed: a number of bytes such as 1460, "100B" or "64KiB")"}},
      {R"("script": [{"do": "inject", "at": "0", "host": "a", "flags": "SYN  ACK"}])",
       {R"(1:85: /script/0/flags: found "SYN  ACK"; allowed: one or more, with blanks between, of "SYN", "ACK", "FIN")"}},
      {R"("script": [{"do": "inject", "at": "0", "host": "a", "flags": ""}])",
       {R"(1:85: /script/0/flags: found ""; allowed: one or more, with blanks between, of "SYN", "ACK", "FIN")"}},
      {R"("script": [{"do": "inject", "at": "0", "host": "a", "flags": "SYN Akc"}])",
       {R"(1:85: /script/0/flags: found "SYN Akc" (did you mean "ACK"?); allowed: one or more, with blanks between, of "SYN", "ACK", "FIN")"}},
      {R"("script": [{"do": "inject", "at": "0", "host": "a", "flags": "SYN SYN"}])",
       {R"(1:85: /script/0/flags: found "SYN SYN"; "SYN" is there twice)"},
       false},
      {R"("script": [{"do": "inject", "at": "0", "host": "a", "flags": "SYN", "from": "10.0.0.256"}])",
       {R"(1:100: /script/0/from: found "10.0.0.256"; allowed: an IPv4 address such as "10.0.0.1" (four numbers from 0 to 255, no leading zeros))"}},
      {R"("script": [{"do": "close", "at": "${t}", "host": "a"}])",
       {R"(1:57: /script/0/at: found "${t}"; allowed: a duration such as "50ms", "1.5s" or "2min")"}},
      {R"("answers": {"": 1})",
       {R"(1:36: /answers/: the key: found ""; allowed: a name (1 to 64 letters, digits, "_", "-", "."))"}},
      {R"("goal": {})",
       {R"(1:32: /goal: found none; needed: exactly one of the keys "state", "all", "never")"}},
      {R"("goal": {"all": [{"never": {"state": {"host": "b", "is": "LISTENING"}}}]})",
       {R"(1:81: /goal/all/0/never/state/is: found "LISTENING" (did you mean "LISTEN"?); allowed: "CLOSED", "LISTEN", "ESTABLISHED")"}},
      {R"("goal": {"never": [1]})",
       {"1:42: /goal/never: found a list; allowed: an object (goal: one of \"state\", \"all\", "
        "\"never\")"}},
      {R"("template": [{"do": "${act}", "at": "$t", "host": "a"}])",
       {R"(1:60: /template/0/at: found "$t"; allowed: a duration such as "50ms", "1.5s" or "2min")"}},
      {R"("template": [{"do": "close", "at": "0", "host": "${", "x": "${y}"}])",
       {R"(1:72: /template/0/host: found "${"; allowed: a name (1 to 64 letters, digits, "_", "-", "."))",
        R"(1:78: /template/0/x: unknown key "x" in an action of the kind "close"; allowed: "do", "at", "when", "host")"}},
  };
}

inline std::string whole(const std::string& members) {
  return "{\"format\": \"sample/1\", " + members + "}";
}

}  // namespace tcplab::format::sample
