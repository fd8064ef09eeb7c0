// The one JSON type of the engine.
//
// Members keep the order in which they were written, so that what the lab writes (exported
// scenarios, schemas, verdicts) reads like what an author wrote and is the same bytes on every
// platform. The price is that an object's look-up is linear; format::parse therefore bounds the
// members of an object.
//
// Text becomes Json through format::parse (document.hpp) and nothing else: it bounds the input,
// keeps positions for error messages and never throws. Json::parse would add a second parser to the
// WASM file.
#pragma once

#include <nlohmann/json.hpp>

// Instantiated once, in json.cpp: when every file did so, each took a third longer to compile.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace tcplab::format {

using Json = nlohmann::ordered_json;

// Compact text of a value. Never throws: bytes that are not UTF-8 become U+FFFD.
inline std::string dump(const Json& value, int indent = -1) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tcplab::format
