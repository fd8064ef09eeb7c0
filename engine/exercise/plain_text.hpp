// Normalises texts for comparison, so that it does not matter how somebody typed them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tcp/state.hpp"

namespace tcplab::exercise {

// The text in upper case, with full-width forms as ASCII.
std::string plain(std::string_view text);

// The same without blanks and punctuation: only letters, digits and Chinese characters.
std::string squeezed(std::string_view text);

// The words of a text, split at all characters that cannot be in a name: "FIN_WAIT_1", "the",
// "client".
std::vector<std::string_view> names_in(std::string_view text);

// The state that the text means, as written by RFC 9293, a kernel's tools or a student in a hurry:
// "FIN-WAIT-1", "FIN_WAIT1", "Fin Wait 1".
std::optional<tcp::State> typed_state(std::string_view text);

}  // namespace tcplab::exercise
