#include <algorithm>

#include "lesson/check_path.hpp"
#include "lesson/markdown.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace {

struct Told {
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

void add(std::vector<std::string>& lines, const char* file, const format::Problems& problems) {
  for (const auto& problem : problems)
    lines.push_back(file + (" " + problem.pointer + ": ") + problem.message.en);
}

Told told(const std::function<void(SampleLesson&)>& change) {
  SampleLesson sample;
  change(sample);
  const auto found = check(sample);
  Told told;
  add(told.errors, "lesson", found.lesson.errors);
  add(told.errors, "en", found.english.errors);
  add(told.errors, "zh", found.chinese.errors);
  add(told.warnings, "lesson", found.lesson.warnings);
  add(told.warnings, "en", found.english.warnings);
  add(told.warnings, "zh", found.chinese.warnings);
  return told;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

}  // namespace

TEST_CASE("a lesson that is right has nothing to mend") {
  const auto [errors, warnings] = told([](SampleLesson&) {});
  CHECK(errors == std::vector<std::string>{});
  CHECK(warnings == std::vector<std::string>{});
}

TEST_CASE("each thing that is wrong with a lesson is told where it is") {
  struct Row {
    std::function<void(SampleLesson&)> change;
    const char* told;
  };
  const Row rows[] = {
      {[](auto& s) { s.folder = "03-other"; },
       "lesson /id: found \"02-sample\"; needed: \"03-other\""},
      {[](auto& s) { s.lesson["beats"][1] = "secnd"; },
       "lesson /beats/1: no file has the beat \"secnd\" (did you mean \"second\"?)"},
      {[](auto& s) { s.beat_files.insert("third"); },
       "lesson /beats: beats/third.json is in no place"},
      {[](auto& s) { s.lesson["exercises"][0] = "countt"; },
       "lesson /exercises/0: no file has the exercise \"countt\" (did you mean \"count\"?); looked "
       "for in: lessons/02-sample/exercises and ."},
      {[](auto& s) { s.lesson["rests_on"].push_back("01-befor"); },
       "lesson /rests_on/0: no other lesson is called \"01-befor\" (did you mean \"01-before\"?)"},
      {[](auto& s) { s.lesson["rests_on"].push_back("02-sample"); },
       "lesson /rests_on/0: no other lesson is called \"02-sample\""},
      {[](auto& s) { replace(s.english, "## Two", "## Too"); },
       "en : found the title \"Too\"; the beat \"second\", which stands here, is called \"Two\""},
      {[](auto& s) { s.lesson["exercises"][0] = "states"; },
       "lesson /exercises/1: this exercise is here twice"},
      {[](auto& s) { s.lesson["mastery"] = Json::array({"count"}); },
       "lesson /mastery: mastery takes exercises of two kinds"},
      {[](auto& s) { s.lesson["mastery"][0] = "other"; },
       "lesson /mastery/0: found \"other\", which is none of the lesson's exercises"},
      {[](auto& s) { s.lesson["terms"][0] = "synn"; },
       "lesson /terms/0: terms.json has no term \"synn\" (did you mean \"syn\"?)"},
      {[](auto& s) { s.lesson["terms"].push_back("segment"); },
       "lesson /terms/1: \"segment\" is taught by lesson 1"},
      {[](auto& s) { s.lesson["terms"] = Json::array(); },
       "lesson /terms: terms.json says that this lesson teaches \"syn\""},
      {[](auto& s) { s.lesson["figures"]["first"]["again"]["nth"] = 99; },
       "lesson /figures/first/again/of: in the run of seed 1 such an event happens 4 times; "
       "needed: 99"},
      {[](auto& s) { s.lesson["figures"]["first"]["again"]["field"] = "segment.sequence"; },
       "lesson /figures/first/again/field: found \"segment.sequence\", which event"},
      {[](auto& s) { s.lesson["figures"]["first"]["again"]["of"]["host"] = "nobody"; },
       "lesson /figures/first/again/of/host: "},
      {[](auto& s) {
         s.lesson["figures"]["first"]["idle"] = s.lesson["figures"]["first"]["again"];
       },
       "lesson /figures/first/idle: nothing uses the figure \"idle\""},
      {[](auto& s) { s.lesson["figures"]["thrid"] = Json::object(); },
       "lesson /figures/thrid: no beat is called \"thrid\""},
      {[](auto& s) { s.lesson["labels"]["thrid"] = "flags"; },
       "lesson /labels/thrid: no beat is called \"thrid\""},
      {[](auto& s) { replace(s.english, "## Two\n\n---\n\nIt is sent again.\n\n", ""); },
       "en : found 2 sections (\"## \"); needed: one for each of the 2 beats"},
      {[](auto& s) { replace(s.english, "## Two\n\n---\n", "## Two\n"); },
       "en : this section lacks the \"---\""},
      {[](auto& s) { replace(s.english, "Nobody answers.", "Nobody answers until ${again}."); },
       "lesson /figures/first/again/of: prose uses it before the answer"},
      {[](auto& s) { s.english += "---\n"; }, "en : the last section is read whole"},
      {[](auto& s) { replace(s.english, "${again}", "${agian}"); },
       "en : \"${agian}\" stands for nothing here (did you mean \"again\"?)"},
      {[](auto& s) { s.english += "${again}"; }, "en : \"${again}\" stands for nothing here"},
      {[](auto& s) { replace(s.chinese, "${again}", "稍后"); },
       "zh : the languages differ in their placeholders: \"en\" has \"again\""},
      {[](auto& s) { replace(s.chinese, "term:syn", "term:sny"); },
       "zh : terms.json has no term \"sny\" (did you mean \"syn\"?)"},
      {[](auto& s) { replace(s.english, "term:syn", "term:half-close"); },
       "en : half-close is used here, and lesson 6 teaches it"},
      {[](auto& s) { replace(s.english, "term:syn", "rule:no_rule"); },
       "en : no rule is called \"no_rule\""},
      {[](auto& s) { s.english += "\n### More\n"; }, "en : a section has no headings of its own"},
      {[](auto& s) { s.english += "\n# More\n"; }, "en : a section has no headings of its own"},
      {[](auto& s) { s.chinese += "\n| a | b |\n|---|---|\n"; }, "zh : found a table"},
      {[](auto& s) { s.english += "\n~~no~~\n"; }, "en : found ~~"},
      {[](auto& s) { s.chinese = "# \xb1\xea\xcc\xe2\n"; }, "zh : the text is not UTF-8 here"}};
  for (const auto& row : rows) {
    const auto errors = told(row.change).errors;
    INFO("wanted: " << row.told);
    for (const auto& error : errors) INFO("found: " << error);
    CAPTURE(errors);
    CHECK(std::any_of(errors.begin(), errors.end(),
                      [&](const auto& error) { return begins(error, row.told); }));
  }
}

TEST_CASE("words whose cards the page has need none of the author's") {
  const auto bare = [](SampleLesson& s) {
    s.terms["terms"] = Json::array();
    s.page_terms = {"syn"};
  };
  CHECK(told(bare).errors == std::vector<std::string>{});
  const auto none = [](SampleLesson& s) {
    s.terms["terms"] = Json::array();
    s.lesson["terms"] = Json::array();
    replace(s.english, "[SYN](term:syn)", "SYN");
    replace(s.chinese, "[SYN](term:syn)", "SYN");
  };
  CHECK(told(none).errors == std::vector<std::string>{});
}

TEST_CASE("a byte order mark before the prose says nothing") {
  const auto marked = [](SampleLesson& s) {
    s.english = "\xEF\xBB\xBF" + s.english;
    s.chinese = "\xEF\xBB\xBF" + s.chinese;
  };
  CHECK(told(marked).errors == std::vector<std::string>{});
}

TEST_CASE("a paragraph in the other language, and an exercise that no list names, are warned of") {
  const auto warnings =
      told([](SampleLesson& s) {
        replace(s.chinese, "又发一次。", "又发一次。\n\nThe segment is sent again.");
        replace(s.english, "It is sent again.", "它又发了一次。");
        s.own_exercises.insert("idle");
      }).warnings;
  REQUIRE(warnings.size() == 3);
  CHECK(begins(warnings[0], "lesson /exercises: exercises/idle.json is in no place"));
  CHECK(begins(warnings[1], "en : found Chinese where English should stand"));
  CHECK(begins(warnings[2], "zh : found English where Chinese should stand"));
}

TEST_CASE("lines of Markdown that would stay signs are those that the page refuses") {
  for (const auto& row : Json::parse(read_file("tests/unit/lesson/markdown.json"))) {
    CAPTURE(row.at("line"));
    CHECK(lesson::unfit_in(row.at("line").get<std::string>()) == row.at("sign").get<std::string>());
  }
}

TEST_CASE("sections that stand in another order in one language are told") {
  const auto errors = told([](SampleLesson& s) {
                        replace(s.chinese, "## 一", "## X");
                        replace(s.chinese, "## 二", "## 一");
                        replace(s.chinese, "## X", "## 二");
                      }).errors;
  REQUIRE(errors.size() == 2);
  for (const auto& error : errors) CHECK(begins(error, "zh : found the title"));
}

TEST_CASE("what is wrong in prose is told at its line") {
  SampleLesson sample;
  replace(sample.english, "${again}", "${agian} $(again)");
  replace(sample.english, "It is sent again.", "It is sent\nin a half-close.");
  replace(sample.chinese, "又发一次。", "又发一次。\n在 ${again}。");
  const auto found = check(sample);
  std::vector<int> lines;
  for (const auto& problem : found.english.errors) lines.push_back(problem.line);
  CHECK(lines == std::vector{13});
  lines.clear();
  for (const auto& problem : found.english.warnings) lines.push_back(problem.line);
  CHECK(lines == std::vector{13, 20});
  lines.clear();
  for (const auto& problem : found.chinese.errors) lines.push_back(problem.line);
  // It stands for nothing in its section, and is in no section of the other language.
  CHECK(std::count(lines.begin(), lines.end(), 20) == 2);
}

TEST_CASE("an author is warned of long prose, and of terms before their lesson") {
  std::string many;
  for (std::size_t i = 0; i <= lesson::most_words; ++i) many += "word ";
  CHECK(told([&](auto& s) { s.english.insert(s.english.find("It is sent"), many); }).warnings ==
        std::vector<std::string>{"en : this beat has 65 words; allowed: 60"});
  CHECK(told([&](auto& s) { replace(s.english, "Nobody", "$(again) nobody"); }).warnings ==
        std::vector<std::string>{
            "en : \"$(\" stays as it is; a number of the run is written \"${name}\""});
  CHECK(
      told([&](auto& s) { replace(s.english, "Nobody", "${again nobody"); }).errors ==
      std::vector<std::string>{"en : found \"${\" without a name and \"}\"; a number of the run is "
                               "written \"${name}\""});
  CHECK(told([&](auto& s) { replace(s.chinese, "又发一次", "半关闭"); }).warnings ==
        std::vector<std::string>{"zh : half-close is used here, and lesson 6 teaches it"});
}

TEST_CASE("an author is warned of a name in capitals that is asked with before its card") {
  CHECK(told([](auto& s) {
          replace(s.english, " It is a [SYN](term:syn).", "");
          replace(s.english, "A SYN leaves", "A [SYN](term:syn) leaves");
        }).warnings ==
        std::vector<std::string>{"en : this step asks with SYN, whose card comes later; link it "
                                 "before \"---\", or in an earlier step"});
  // Nobody needs a card to read "segment".
  CHECK(told([](auto& s) {
          s.terms["terms"][0]["lesson"] = 2;
          s.lesson["terms"].push_back("segment");
        }).warnings.empty());
}

TEST_CASE("a pack names each of its lessons once, and lessons that are there") {
  const auto both = [](const Json& lists) {
    Json json{{"format", "tcplab-contents/1"}, {"title", {{"en", "Week 3"}, {"zh", "第三周"}}}};
    json.update(lists);
    const auto found =
        lesson::check_contents(document_of(json, lesson::contents_shape()),
                               {{"opening"}, {"quiz", "shared"}, {"own"}, {"shared"}});
    Told told;
    add(told.errors, "pack", found.errors);
    add(told.warnings, "pack", found.warnings);
    return told;
  };
  const auto told = [&](const Json& lists) { return both(lists).errors; };
  const auto right = both({{"lessons", {"opening"}}, {"exercises", {"quiz", "own"}}});
  CHECK(right.errors.empty());
  CHECK(right.warnings.empty());
  CHECK(
      both({{"exercises", {"own"}}}).warnings ==
      std::vector<std::string>{"pack : the lesson in the folder \"opening\" is not named here, so "
                               "no student meets it",
                               "pack : exercises/quiz.json is named neither here nor by a "
                               "lesson, so no student meets it"});
  CHECK(told({{"lessons", {"opening"}}, {"exercises", {"opening", "qiuz"}}}) ==
        std::vector<std::string>{
            "pack /exercises/0: \"opening\" is named twice",
            "pack /exercises/0: exercises/opening.json is not here, and the page has no such "
            "exercise",
            "pack /exercises/1: exercises/qiuz.json is not here, and the page has no such exercise "
            "(did you mean \"quiz\"?)"});
  CHECK(told({{"lessons", {"openin"}}}) ==
        std::vector<std::string>{"pack /lessons/0: no folder \"openin\" with a lesson.json is here "
                                 "(did you mean \"opening\"?)"});
  CHECK(told(Json::object()) ==
        std::vector<std::string>{"pack : no lesson and no exercise is named"});
}

TEST_CASE("a path is in order, and says of a written lesson what that says") {
  const auto step = [](int number, const char* id) {
    return Json{{"number", number},
                {"id", id},
                {"part", "open"},
                {"minutes", 5},
                {"rests_on", Json::array()},
                {"title", {{"en", "A sample"}, {"zh", "样例"}}},
                {"question", {{"en", "How many?"}, {"zh", "有几个？"}}}};
  };
  Json path{{"format", "tcplab-path/1"},
            {"lessons", Json::array({step(1, "01-a"), step(2, "02-sample")})},
            {"incidents", Json::array()}};
  const SampleLesson sample;
  const auto written = document_of(sample.lesson, lesson::lesson_shape());
  const auto told = [&](const Json& json) {
    const auto document = document_of(json, lesson::path_shape());
    std::vector<std::string> lines;
    add(lines, "path",
        lesson::check_path(
            document, {{"02-sample", {&written, {"A sample", "样例"}, {"How many?", "有几个？"}}}},
            {"lost-syn"}));
    return lines;
  };
  CHECK(told(path) == std::vector<std::string>{});
  struct Row {
    std::function<void(Json&)> change;
    const char* told;
  };
  const Row rows[] = {
      {[](Json& p) { p["lessons"][1]["number"] = 3; },
       "path /lessons/1/number: found 3; needed: 2"},
      {[](Json& p) { p["lessons"][1]["minutes"] = 6; },
       "path /lessons/1/minutes: found 6, but the lesson itself has 5"},
      {[](Json& p) { p["lessons"][1]["title"]["en"] = "Other"; }, "path /lessons/1/title: found"},
      {[](Json& p) { p["lessons"][0]["rests_on"] = Json::array({"02-sample"}); },
       "path /lessons/0/rests_on/0: no lesson before this one is called \"02-sample\""},
      {[](Json& p) { p["lessons"][1]["id"] = "02-other"; },
       "path /lessons: the lesson \"02-sample\" is not here"},
      {[](Json& p) { p["lessons"][1]["id"] = "01-a"; },
       "path /lessons/1/id: two lessons are called"},
      {[](Json& p) {
         p["incidents"].push_back({{"symptom", {{"en", "a"}, {"zh", "甲"}}},
                                   {"ask", {{"en", "b"}, {"zh", "乙"}}},
                                   {"lesson", 3},
                                   {"scenario", "lost-sny"}});
       },
       "path /incidents/0/scenario: no scenario is called \"lost-sny\" (did you mean "
       "\"lost-syn\"?)"}};
  for (const auto& row : rows) {
    Json changed = path;
    row.change(changed);
    const auto lines = told(changed);
    INFO("wanted: " << row.told);
    CAPTURE(lines);
    CHECK(std::any_of(lines.begin(), lines.end(),
                      [&](const auto& line) { return begins(line, row.told); }));
  }
}

TEST_CASE("terms are there once, and name rules that exist") {
  SampleLesson sample;
  sample.terms["terms"][1]["id"] = "segment";
  sample.terms["terms"][2]["rule"] = "no_rule";
  std::vector<std::string> lines;
  add(lines, "terms", lesson::check_terms_file(document_of(sample.terms, lesson::terms_shape())));
  REQUIRE(lines.size() == 2);
  CHECK(begins(lines[0], "terms /terms/1/id: two terms are called \"segment\""));
  CHECK(begins(lines[1], "terms /terms/2/rule: no rule is called \"no_rule\""));
}
