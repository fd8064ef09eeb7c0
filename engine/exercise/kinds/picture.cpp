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

// The event of each segment's first arrival, by segment id.
std::map<std::uint64_t, std::uint32_t> arrivals(const Run& run) {
  std::map<std::uint64_t, std::uint32_t> found;
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    if (run.events.kind(n) != "segment.received") continue;
    found.emplace(run.events[n].at("segment").at("id").get<std::uint64_t>(), n);
  }
  return found;
}

// The state of the connection of event `n` at the end of the event's step.
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

// Sets the ends of a connection from one of its segments, or those of a listener from its call.
void note_ends(Row& row, std::uint32_t n, const Run& run) {
  const Json& event = run.events[n];
  const auto kind = run.events.kind(n);
  if (kind == "segment.sent" || kind == "segment.received") {
    const bool is_sent = kind == "segment.sent";
    const Json& segment = event.at("segment");
    row.local = segment.at(is_sent ? "src" : "dst").get_ref<const std::string&>();
    row.peer = segment.at(is_sent ? "dst" : "src").get_ref<const std::string&>();
  } else if (kind == "state" && event.at("to") == "LISTEN" && event.contains("cause")) {
    const Json& call = run.events[event.at("cause").get<std::size_t>()];
    if (!call.contains("port")) return;
    row.local = "*:" + format::dump(call.at("port"));
    row.peer = "*:*";
  }
}

Row& row_of(std::uint32_t connection, Picture& sockets) {
  for (Row& each : sockets) {
    if (each.connection == connection) return each;
  }
  sockets.push_back({0, std::nullopt, "", "", {}, "", "", connection});
  return sockets.back();
}

// The sockets after the first `seen` events, in order of creation. One without a cell has no state
// yet.
Picture sockets_after(std::size_t seen, const Run& run) {
  Picture sockets;
  for (std::uint32_t n = 0; n < seen; ++n) {
    const auto connection = run.events.connection(n);
    if (connection == 0) continue;
    Row& row = row_of(connection, sockets);
    if (row.local.empty()) note_ends(row, n, run);
    if (run.events.kind(n) != "state") continue;
    row.sent = n;
    row.from = run.events.host(n);
    row.cells.clear();
    row.cells.push_back({row.from, run.events[n].at("to"), {n}});
  }
  return sockets;
}

bool is_same_socket(const Row& one, const Row& other) {
  return one.from == other.from && one.local == other.local && one.peer == other.peer;
}

// Adds the socket; replaces an earlier one with the same ends, which no longer exists.
void add_socket(Picture& picture, Row& row) {
  for (Row& each : picture) {
    if (is_same_socket(each, row)) return std::swap(each, row);
  }
  picture.push_back(std::move(row));
}

// The sockets after the step of the moment's first event, or after the run: by host, then in order
// of creation. Of several with the same ends, only the last.
std::optional<Picture> table_of(const Json& question, const Run& run) {
  std::size_t seen = run.events.size();
  const Json moment = question.value("from", question.contains("pause") ? Json("pause") : Json());
  if (!moment.is_null()) {
    const auto first = first_at(moment, question, run, 0);
    if (!first) return std::nullopt;
    seen = run.events_after(run.events[*first]);
  }
  const Json of = question.value("of", Json::object());
  auto sockets = sockets_after(seen, run);
  Picture picture;
  for (const auto& host : run.hosts) {
    for (Row& row : sockets) {
      if (row.from != host || row.cells.empty() || row.local.empty()) continue;
      if (!lab::matches(of, run.events[row.sent])) continue;
      add_socket(picture, row);
    }
  }
  return picture;
}

}  // namespace

bool is_header_field(std::string_view field) {
  return std::find(std::begin(kHeader), std::end(kHeader), field) != std::end(kHeader);
}

bool is_table(const Json& question) {
  const Json& as = question.at("as");
  return as == "ss" || as == "netstat";
}

Json value_in(const Row& row, const std::string& field) {
  for (const Cell& cell : row.cells) {
    if (cell.field == field) return cell.value;
  }
  return {};
}

const Row* counterpart(const Picture& picture, std::size_t row, const Picture& other) {
  const Row& here = picture[row];
  if (here.local.empty()) {
    return row < other.size() && other[row].from == here.from ? &other[row] : nullptr;
  }
  for (const Row& each : other) {
    if (is_same_socket(each, here)) return &each;
  }
  return nullptr;
}

std::optional<Picture> picture_of(const Json& question, const Run& run) {
  if (is_table(question)) return table_of(question, run);
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
