// Most mutants do nothing in most worlds: their runs are the plain run once more.
#pragma once
#include "lab/trace.hpp"

namespace tcplab::exercise {

// Whether both runs have the same JSON, told without making it. Never true when they differ; what
// getsockopt() returned is not compared, and counts as different.
bool is_same(const lab::EventList& a, const lab::EventList& b);

}  // namespace tcplab::exercise
