// A picture of a run: the segments that are sent, a row each, with their header fields and the
// states of both ends; or a table of the sockets at one moment, a row each, with their states.
//
// A state is that of the sender after the step that sends, and of the receiver after the step in
// which the segment arrives: RFC 9293 §3.5, figures 6 and 12 draw connections so.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

struct Cell {
  std::string field;  // "flags", "seq", "ack", "len", or the host whose state it is
  Json value;         // null: there is none
  std::vector<std::uint32_t> events = {};  // that decide it
};

struct Row {
  std::uint32_t sent;                     // the event; of a socket, that which led to its state
  std::optional<std::uint32_t> received;  // none: it does not arrive
  std::string from;
  std::string to;  // "": nobody has the address
  std::vector<Cell> cells;
  // Of a socket in a table, as `ss -tan` has them: "10.0.0.1:40000"; "*:80" and "*:*" of a
  // listener.
  std::string local = {};  // "": it is a segment
  std::string peer = {};
  std::uint32_t connection = 0;
};
using Picture = std::vector<Row>;

bool is_header_field(std::string_view field);

// The rows that the question shows, and of a table also sockets in CLOSED, which it does not list;
// none: the run does not come to its first moment.
std::optional<Picture> picture_of(const Json& question, const Run& run);

// Whether it is drawn as a table of sockets.
bool is_table(const Json& question);
// What stands in a row; null: nothing of this name.
Json value_in(const Row& row, const std::string& field);
// The row of another run that is the same segment, or the same socket; nullptr: there is none.
const Row* counterpart(const Picture& picture, std::size_t row, const Picture& other);

// A cell of a picture, from 0.
struct Spot {
  std::size_t row;
  std::size_t cell;
};
// "2 ack": the row, from 1, and the field. None: there is no such cell, or nothing stands there.
std::optional<Spot> spot_named(std::string_view name, const Picture& picture);
std::string name_of(const Spot& spot, const Picture& picture);
const Cell& cell_at(const Spot& spot, const Picture& picture);

}  // namespace tcplab::exercise
