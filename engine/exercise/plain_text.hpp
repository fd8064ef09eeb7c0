// Texts as they are compared: however someone typed them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tcp/state.hpp"

namespace tcplab::exercise {

// Full-width forms as ASCII, in upper case.
std::string plain(std::string_view text);

// The same without blanks and signs: letters, digits, Chinese characters.
std::string squeezed(std::string_view text);

// What stands in a text between all that can be in no name: "FIN_WAIT_1", "the", "client".
std::vector<std::string_view> names_in(std::string_view text);

// The state that is meant, as RFC 9293, a kernel's tools or a hand in a hurry write it:
// "FIN-WAIT-1", "FIN_WAIT1", "Fin Wait 1".
std::optional<tcp::State> typed_state(std::string_view text);

}  // namespace tcplab::exercise
