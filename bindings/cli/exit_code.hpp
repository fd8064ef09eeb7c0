// The exit codes of `tcplab`. Documented in `tcplab --help` (main.cpp).
#pragma once

namespace tcplab::cli {

enum class ExitCode : int {
  kDone = 0,
  kRefused = 1,  // the input was read and is wrong
  kUsage = 2,    // the command line is wrong
  kFile = 3,     // something could not be read or written
  kBroken = 4,   // the lab itself failed
};

}  // namespace tcplab::cli
