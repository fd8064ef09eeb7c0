#include "exercise/slip.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "exercise/fields.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

namespace {

using format::say;

struct Names {
  std::vector<std::string> wrong;
  std::size_t right = 0;
};

Names names_of(const Statement& statement) {
  Names names;
  for (const auto& [name, expected] : statement.right.get_ref<const Json::object_t&>()) {
    const Json& given = statement.given.at(name);
    if (given == expected) {
      ++names.right;
    } else if (!given.is_null()) {
      names.wrong.push_back(name);
    }
  }
  return names;
}

Json slip(const char* kind, Json fields, const format::Text& text) {
  return {{"kind", kind}, {"fields", std::move(fields)}, {"text", format::to_json(text)}};
}

Json swapped(const Statement& statement, const std::vector<std::string>& wrong) {
  for (const auto& one : wrong) {
    for (const auto& other : wrong) {
      if (one >= other) continue;
      if (statement.given.at(one) != statement.right.at(other) ||
          statement.given.at(other) != statement.right.at(one)) {
        continue;
      }
      return slip(
          "swapped", Json::array({one, other}),
          say({"The values of {0} and {1} are swapped.", "{0} 与 {1} 的值填反了。"}, {one, other}));
    }
  }
  return {};
}

// The fields whose given value is the right one counted from the initial sequence number.
Json relative(const Statement& statement, const std::vector<std::string>& wrong) {
  const Json numbers = relative_numbers(*statement.question, *statement.run);
  Json fields = Json::array();
  for (const auto& name : wrong) {
    const auto number = numbers.find(name);
    if (number != numbers.end() && *number == statement.given.at(name)) fields.push_back(name);
  }
  if (fields.empty()) return {};
  format::Text list;
  for (const Json& name : fields) {
    const auto& field = name.get_ref<const std::string&>();
    list = list.empty() ? format::Text(field) : say({"{0}, {1}", "{0}、{1}"}, {list, field});
  }
  return slip("relative", std::move(fields),
              say({"Relative numbers, counted from the initial sequence number: {0}. The absolute "
                   "ones are asked for.",
                   "这里填的是从初始序号算起的相对序号：{0}。题目要的是绝对序号。"},
                  {list}));
}

Json off_by_one(const Statement& statement, const std::string& name) {
  const Json& given = statement.given.at(name);
  const Json& right = statement.right.at(name);
  if (!given.is_number_unsigned() || !right.is_number_unsigned()) return {};
  const auto distance = given.get<std::uint32_t>() - right.get<std::uint32_t>();
  if (distance != 1 && distance != 0xffffffff) return {};
  return slip("off_by_one", Json::array({name}),
              say({"{0} is off by one.", "{0} 差了 1。"}, {name}));
}

bool has_named_fields(const Json& question) {
  const Json& kind = question.at("kind");
  return kind == "state" || kind == "segment";
}

}  // namespace

Json slips(const Statement& statement) {
  Json told = Json::array();
  if (!has_named_fields(*statement.question)) return told;
  const Names names = names_of(statement);
  for (Json found : {swapped(statement, names.wrong), relative(statement, names.wrong)}) {
    if (!found.is_null()) told.push_back(std::move(found));
  }
  if (!told.empty() || names.wrong.size() != 1) return told;
  const std::string& name = names.wrong.front();
  if (Json found = off_by_one(statement, name); !found.is_null()) told.push_back(std::move(found));
  if (names.right > 0) {
    told.push_back(slip(
        "one_field", Json::array({name}),
        say({"Only {0} is wrong. The rest of this answer is right.", "只有 {0} 不对，其余都对。"},
            {name})));
  }
  return told;
}

}  // namespace tcplab::exercise
