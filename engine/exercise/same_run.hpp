// Recognises runs that equal the plain run, as most runs under mutants do.
#pragma once
#include "lab/trace.hpp"

namespace tcplab::exercise {

// Whether both runs have the same JSON, without making it. Never true if they differ, but may be
// false if they do not: results of getsockopt() are not compared and count as different.
bool is_same(const lab::EventList& a, const lab::EventList& b);

}  // namespace tcplab::exercise
