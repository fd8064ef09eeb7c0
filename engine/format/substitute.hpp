// Placeholders: "${name}" in the texts of a value stands for a parameter.
//
// A name is a letter or "_", then letters, digits and "_". "${" that does not begin a placeholder
// is a problem.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/document.hpp"

namespace tcplab::format {

inline constexpr std::size_t max_substituted =
    4 * 1024 * 1024;  // bytes; a few parameters could make terabytes

// Whether a parameter can have this name.
bool is_parameter_name(std::string_view text);
// Whether the text holds at least one placeholder.
bool has_placeholder(std::string_view text);
// Whether it holds a "${" that does not begin a placeholder, such as one without "}".
bool has_stray_opening(std::string_view text);
// Names of its placeholders in the order of the text, repeated ones repeated.
std::vector<std::string> placeholder_names(std::string_view text);

// The text with each placeholder replaced by its parameter's text (a string as it is, a number or
// boolean as JSON writes it), or the message for the author: unknown name, unfinished placeholder,
// a parameter without text, a result longer than max_bytes. `parameters` is an object.
tl::expected<std::string, Text> substitute_text(std::string_view text, const Json& parameters,
                                                std::size_t max_bytes = max_substituted);

// The value with all placeholders in its strings (not in keys) replaced. A string that is one
// placeholder and nothing else becomes the parameter's JSON value. Parameters are not searched for
// placeholders. More than `max_bytes` of replaced text in all is a problem.
tl::expected<Json, Problems> substitute(const Json& value, const Json& parameters,
                                        const Source& source,
                                        std::size_t max_bytes = max_substituted);

// For JSON Schema; searched, not anchored.
std::string parameter_name_pattern();
std::string placeholder_pattern();

}  // namespace tcplab::format
