// A picture of a run: one row for each segment that is sent, with its header fields and the states
// of both ends; or a table with one row for each socket at one moment, with its state.
//
// The sender's state is the one after the step that sends the segment, the receiver's the one after
// the step in which it arrives, as in figures 6 and 12 of RFC 9293 §3.5.
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
  std::vector<std::uint32_t> events = {};  // the events that decide it
};

struct Row {
  std::uint32_t sent;  // the event that sends the segment, or that led to the socket's state
  std::optional<std::uint32_t> received;  // none if it does not arrive
  std::string from;
  std::string to;  // "" if no host has the address
  std::vector<Cell> cells;
  // The ends of a socket in a table, as in `ss -tan`: "10.0.0.1:40000"; "*:80" and "*:*" for a
  // listener.
  std::string local = {};  // "": the row is a segment
  std::string peer = {};
  std::uint32_t connection = 0;
};
using Picture = std::vector<Row>;

bool is_header_field(std::string_view field);

// The rows that the question shows. A table also has rows for sockets in CLOSED, which are not
// shown. None if the run never comes to the picture's first moment.
std::optional<Picture> picture_of(const Json& question, const Run& run);

// Whether the picture is a table of sockets.
bool is_table(const Json& question);
// The value of a row's cell; null if there is none with this name.
Json value_in(const Row& row, const std::string& field);
// The row for the same segment or socket in the picture of another run; nullptr if there is none.
const Row* counterpart(const Picture& picture, std::size_t row, const Picture& other);

// A cell of a picture; both indices count from 0.
struct Spot {
  std::size_t row;
  std::size_t cell;
};
// "2 ack" is the row, from 1, and the field. None if there is no such cell, or if it is empty.
std::optional<Spot> spot_named(std::string_view name, const Picture& picture);
std::string name_of(const Spot& spot, const Picture& picture);
const Cell& cell_at(const Spot& spot, const Picture& picture);

}  // namespace tcplab::exercise
