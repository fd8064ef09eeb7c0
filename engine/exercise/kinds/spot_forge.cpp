// Forges pictures: makes one cell wrong.
#include <algorithm>

#include "exercise/kinds/spot.hpp"
#include "exercise/kinds/values.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

using format::say;

namespace {

using Refused = std::pair<std::string, format::Text>;

bool may_differ(const Json& forgery, std::size_t row, const Cell& cell,
                const std::optional<std::size_t>& only) {
  return (!only || *only == row) && forgery.value("field", cell.field) == cell.field;
}

// The first cell that the forgery allows in which the mutant's run differs, and its value there.
tl::expected<std::pair<Spot, Json>, Refused> by_mutant(const Json& forgery,
                                                       const std::optional<std::size_t>& only,
                                                       const Picture& real, const Picture& other) {
  for (std::size_t row = 0; row < real.size(); ++row) {
    const Row* same = counterpart(real, row, other);
    if (same == nullptr && real[row].local.empty()) break;  // the runs differ from here on
    if (same == nullptr) continue;
    for (std::size_t cell = 0; cell < real[row].cells.size(); ++cell) {
      const Cell& here = real[row].cells[cell];
      if (!may_differ(forgery, row, here, only) || here.value.is_null()) continue;
      Json there = value_in(*same, here.field);
      if (there.is_null() || there == here.value) continue;
      return std::pair(Spot{row, cell}, std::move(there));
    }
  }
  return tl::unexpected(
      Refused("/by/mutant", say({"under this mutant, nothing there differs from the real run",
                                 "在这个变异下，那里与真实运行没有任何不同"})));
}

tl::expected<Spot, Refused> edited_spot(const Json& forgery, const std::optional<std::size_t>& row,
                                        const Picture& real) {
  const auto field = forgery.value("field", std::string());
  if (!row || field.empty()) {
    return tl::unexpected(Refused("", say({"an edit says of which segment and which field it is",
                                           "修改要写明是哪个报文段的哪个字段"})));
  }
  const auto spot = spot_named(std::to_string(*row + 1) + " " + field, real);
  if (spot) return *spot;
  return tl::unexpected(Refused(
      "/field", say({"nothing of this name stands in the row", "这一行没有这个名称的内容"})));
}

tl::expected<Json, Refused> edited_value(const Json& by, const Cell& cell) {
  if (const auto plus = by.find("plus"); plus != by.end()) {
    if (!cell.value.is_number()) {
      return tl::unexpected(Refused("/by/plus", say({"no number stands there", "那里不是数字"})));
    }
    const auto sum =
        static_cast<std::int64_t>(cell.value.get<std::uint32_t>()) + plus->get<std::int64_t>();
    return Json(static_cast<std::uint32_t>(sum));
  }
  auto value = read_value(cell.field, by.at("value"));
  if (!value) return tl::unexpected(Refused("/by/value", std::move(value.error())));
  return std::move(*value);
}

tl::expected<std::pair<Spot, Json>, Refused> forged_cell(const Json& question, const Json& forgery,
                                                         const std::optional<std::size_t>& row,
                                                         const Picture& real, Runs& runs) {
  const Json& by = forgery.at("by");
  if (const auto mutant = by.find("mutant"); mutant != by.end()) {
    const auto run = runs.with_mutants(*mutant);
    const auto other = run ? picture_of(question, **run) : std::nullopt;
    return by_mutant(forgery, row, real, other.value_or(Picture{}));
  }
  const auto spot = edited_spot(forgery, row, real);
  if (!spot) return tl::unexpected(spot.error());
  auto value = edited_value(by, cell_at(*spot, real));
  if (!value) return tl::unexpected(std::move(value.error()));
  return std::pair(*spot, std::move(*value));
}

// Removes the sockets that are shown in CLOSED.
Forged only_listed(Forged forged) {
  Forged listed{{}, {}, forged.spot};
  listed.spot.row = 0;
  for (std::size_t row = 0; row < forged.shown.size(); ++row) {
    if (forged.shown[row].cells.front().value == "CLOSED") continue;
    if (row < forged.spot.row) ++listed.spot.row;
    listed.real.push_back(std::move(forged.real[row]));
    listed.shown.push_back(std::move(forged.shown[row]));
  }
  return listed;
}

}  // namespace

tl::expected<Json, format::Text> read_value(const std::string& field, const Json& value) {
  if (field == "flags") return read_flags(value);
  return is_header_field(field) ? read_number(field, value) : read_state(field, value);
}

std::optional<std::size_t> row_of(const Json& asked, const Picture& picture, const Run& run) {
  auto left = asked.value("nth", 1);
  for (std::size_t row = 0; row < picture.size(); ++row) {
    const bool is_it = lab::matches(asked.at("of"), run.events[picture[row].sent]);
    if (is_it && --left == 0) return row;
  }
  return std::nullopt;
}

const Json* chosen_forgery(const Json& question) {
  const Json& all = question.at("forgeries");
  if (!question.contains("forged")) return &all.front();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Json& each) {
    return each.at("id") == question.at("forged");
  });
  return found == all.end() ? nullptr : &*found;
}

ForgedResult forge(const Json& question, const Json& forgery, Runs& runs) {
  const auto run = runs.plain();
  auto real = run ? picture_of(question, **run) : std::nullopt;
  if (!real || real->size() < 2) {
    return tl::unexpected(Refused("", say({"the picture has fewer than two segments or sockets",
                                           "图中的报文段或套接字少于两个"})));
  }
  std::optional<std::size_t> row;
  if (forgery.contains("of")) {
    row = row_of(forgery, *real, **run);
    if (!row) {
      return tl::unexpected(
          Refused("/of", say({"no segment of the picture matches", "图中没有匹配的报文段"})));
    }
  }
  auto cell = forged_cell(question, forgery, row, *real, runs);
  if (!cell) return tl::unexpected(std::move(cell.error()));
  Forged forged{*real, std::move(*real), cell->first};
  Json& value = forged.shown[forged.spot.row].cells[forged.spot.cell].value;
  if (value == cell->second) {
    return tl::unexpected(Refused(
        "/by", say({"this is what the real run has, so that nothing is wrong in the picture",
                    "这正是真实运行中的内容，所以图中没有错误"})));
  }
  value = std::move(cell->second);
  if (!is_table(question)) return forged;
  if (value == "CLOSED") {
    return tl::unexpected(
        Refused("/by", say({"a socket in CLOSED is not listed", "处于 CLOSED 的套接字不会列出"})));
  }
  return only_listed(std::move(forged));
}

ForgedResult forge(const Json& question, Runs& runs) {
  const Json* forgery = chosen_forgery(question);
  if (forgery != nullptr) return forge(question, *forgery, runs);
  return tl::unexpected(Refused("", say({"no forgery has this id", "没有这个 id 的伪造"})));
}

}  // namespace tcplab::exercise
