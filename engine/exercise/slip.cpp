#include "exercise/slip.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "exercise/about.hpp"
#include "exercise/kinds/kind.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

namespace {

using format::say;

struct FieldNames {
  std::vector<std::string> wrong;  // that no misconception explains
  std::size_t right = 0;
};

FieldNames names_of(const Statement& statement, const Json& diagnoses) {
  const auto is_explained = [&](const std::string& name) {
    return std::any_of(diagnoses.begin(), diagnoses.end(), [&](const Json& each) {
      const Json& fields = each.at("fields");
      return std::find(fields.begin(), fields.end(), name) != fields.end();
    });
  };
  FieldNames names;
  for (const auto& [name, expected] : statement.right.get_ref<const Json::object_t&>()) {
    const Json& given = statement.given.at(name);
    if (given == expected) {
      ++names.right;
    } else if (!given.is_null() && !is_explained(name)) {
      names.wrong.push_back(name);
    }
  }
  return names;
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

// The wrong fields whose given value is the one in `values`.
Json that_have(const Json& values, const Statement& statement,
               const std::vector<std::string>& wrong) {
  Json fields = Json::array();
  for (const auto& name : wrong) {
    const auto value = values.find(name);
    if (value != values.end() && *value == statement.given.at(name)) fields.push_back(name);
  }
  return fields;
}

format::Text listed(const Json& fields) {
  format::Text list;
  for (const Json& name : fields) {
    const auto& field = name.get_ref<const std::string&>();
    list = list.empty() ? format::Text(field) : say({"{0}, {1}", "{0}、{1}"}, {list, field});
  }
  return list;
}

// The fields whose given value is the right one counted from the initial sequence number.
Json relative(const Statement& statement, const std::vector<std::string>& wrong) {
  const auto relative_numbers = kind_of(*statement.question).relative_numbers;
  if (!relative_numbers) return {};
  Json fields = that_have(relative_numbers(*statement.question, *statement.run), statement, wrong);
  if (fields.empty()) return {};
  const auto list = listed(fields);
  return slip("relative", std::move(fields),
              say({"Relative numbers, counted from the initial sequence number: {0}. The absolute "
                   "ones are asked for.",
                   "这里填的是从初始序号算起的相对序号：{0}。题目要的是绝对序号。"},
                  {list}));
}

// The fields that have the value of the segment that this one answers.
Json answered(const Statement& statement, const std::vector<std::string>& wrong) {
  const auto values = kind_of(*statement.question).answered;
  if (!values) return {};
  Json fields = that_have(values(*statement.question, *statement.run), statement, wrong);
  if (fields.empty()) return {};
  const auto list = listed(fields);
  return slip(
      "answered", std::move(fields),
      say({"Values of the segment that arrives: {0}. The question asks for the segment that "
           "answers it.",
           "这里填的是刚到达的报文段的值：{0}。题目问的是随后的应答报文段。"},
          {list}));
}

Json off_by_one_of(const Statement& statement, const std::string& name) {
  if (!is_off_by_one(statement.given.at(name), statement.right.at(name))) return {};
  return slip("off_by_one", Json::array({name}),
              say({"{0} is off by one.", "{0} 差了 1。"}, {name}));
}

}  // namespace

Json slip(const char* kind, Json fields, const format::Text& text) {
  return {{"kind", kind}, {"fields", std::move(fields)}, {"text", format::to_json(text)}};
}

Json slips(const Statement& statement, const Json& diagnoses) {
  Json told = Json::array();
  const Kind& kind = kind_of(*statement.question);
  if (!kind.has_slips) return told;
  const FieldNames names = names_of(statement, diagnoses);
  if (kind.own_slips) return kind.own_slips(statement, names.wrong);
  for (Json found : {swapped(statement, names.wrong), relative(statement, names.wrong)}) {
    if (!found.is_null()) told.push_back(std::move(found));
  }
  if (told.empty()) {
    if (Json found = answered(statement, names.wrong); !found.is_null()) {
      told.push_back(std::move(found));
    }
  }
  if (!told.empty() || !diagnoses.empty() || names.wrong.size() != 1) return told;
  const std::string& name = names.wrong.front();
  if (Json found = off_by_one_of(statement, name); !found.is_null())
    told.push_back(std::move(found));
  if (names.right > 0) {
    told.push_back(slip(
        "one_field", Json::array({name}),
        say({"Only {0} is wrong. The rest of this answer is right.", "只有 {0} 不对，其余都对。"},
            {name})));
  }
  return told;
}

}  // namespace tcplab::exercise
