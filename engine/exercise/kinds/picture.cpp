#include "exercise/kinds/picture.hpp"

#include <algorithm>
#include <map>

#include "exercise/evidence.hpp"
#include "exercise/kinds/moment.hpp"
#include "exercise/kinds/values.hpp"
#include "exercise/verdict.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

constexpr const char* kHeader[] = {"flags", "seq", "ack", "len"};

// Where each segment arrives first, by its id.
std::map<std::uint64_t, std::uint32_t> arrivals(const Run& run) {
  std::map<std::uint64_t, std::uint32_t> found;
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    if (run.events.kind(n) != "segment.received") continue;
    found.emplace(run.events[n].at("segment").at("id").get<std::uint64_t>(), n);
  }
  return found;
}

// The state of the connection of event `n` when its step has ended.
Cell state_after(std::uint32_t n, const Run& run) {
  Cell cell{run.events[n].at("host"), nullptr};
  const auto connection = run.events.connection(n);
  for (auto k = run.events_after(run.events[n]); connection != 0 && k > 0;) {
    --k;
    if (run.events.kind(k) != "state" || run.events.connection(k) != connection) continue;
    cell.value = run.events[k].at("to");
    cell.events = {k};
    break;
  }
  return cell;
}

Cell header_cell(const char* field, const Json& sent, const Run& run) {
  const Json& segment = sent.at("segment");
  Cell cell{field, nullptr};
  if (segment.contains(field)) {
    const Json& value = segment.at(field);
    cell.value = value.is_string() ? Json(without_push(value)) : value;
    cell.events = deciding(field, sent, run);
  }
  return cell;
}

Row row_of(std::uint32_t n, std::optional<std::uint32_t> received, bool states, const Run& run) {
  const Json& sent = run.events[n];
  Row row{n, received, sent.at("host"), "", {}};
  for (const char* field : kHeader) row.cells.push_back(header_cell(field, sent, run));
  if (received) row.to = run.events[*received].at("host");
  if (!states) return row;
  row.cells.push_back(state_after(n, run));
  if (received && row.to != row.from) row.cells.push_back(state_after(*received, run));
  return row;
}

}  // namespace

bool is_header_field(std::string_view field) {
  return std::find(std::begin(kHeader), std::end(kHeader), field) != std::end(kHeader);
}

std::optional<Picture> picture_of(const Json& question, const Run& run) {
  std::uint32_t begin = 0;
  for (const Json& moment :
       {question.contains("pause") ? Json("pause") : Json(), question.value("from", Json())}) {
    if (moment.is_null()) continue;
    const auto first = first_at(moment, question, run, begin);
    if (!first) return std::nullopt;
    begin = *first;
  }
  const Json of = question.value("of", Json::object());
  const auto most = question.value("rows", std::size_t{16});
  const auto arrives = arrivals(run);
  Picture picture;
  for (auto n = begin; n < run.events.size() && picture.size() < most; ++n) {
    if (run.events.kind(n) != "segment.sent" || !lab::matches(of, run.events[n])) continue;
    const auto received = arrives.find(run.events[n].at("segment").at("id").get<std::uint64_t>());
    picture.push_back(
        row_of(n, received == arrives.end() ? std::nullopt : std::optional(received->second),
               question.value("states", true), run));
  }
  return picture;
}

std::optional<Spot> spot_named(std::string_view name, const Picture& picture) {
  std::size_t row = 0;
  while (!name.empty() && name.front() >= '0' && name.front() <= '9' && row < 100) {
    row = row * 10 + static_cast<std::size_t>(name.front() - '0');
    name.remove_prefix(1);
  }
  if (row == 0 || row > picture.size() || name.empty() || name.front() != ' ') return std::nullopt;
  name.remove_prefix(1);
  const auto& cells = picture[row - 1].cells;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    if (cells[cell].field == name && !cells[cell].value.is_null()) return Spot{row - 1, cell};
  }
  return std::nullopt;
}

std::string name_of(const Spot& spot, const Picture& picture) {
  return std::to_string(spot.row + 1) + " " + cell_at(spot, picture).field;
}

const Cell& cell_at(const Spot& spot, const Picture& picture) {
  return picture[spot.row].cells[spot.cell];
}

}  // namespace tcplab::exercise
