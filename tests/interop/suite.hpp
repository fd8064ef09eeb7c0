// All scenes of a run: which agree, which differ in a kind that is known, and what must be mended.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "known.hpp"
#include "play.hpp"
#include "shrink.hpp"

namespace tcplab::interop {

class Suite {
 public:
  Suite(const Known& known, std::vector<Scene> by_hand);
  void add_chance(std::uint64_t seed, std::uint32_t count);
  // Scenes by hand that take longer than this are not played.
  void leave_out_longer(Duration longest);

  void run(const Play& play);

  // For people. `out` is where the scenarios are written; `each`: every scene is shown.
  std::string report(const std::string& out, bool each) const;
  // By file name: what `tcplab run` shows of each difference that is not known.
  std::map<std::string, Json> scenarios() const;
  // What the repository keeps of a run: tests/interop/measured.json.
  Json measured(const std::string& kernel) const;
  std::size_t failures() const { return failed_.size() + unknown_.size(); }

 private:
  struct Tally {
    std::size_t scenes = 0;
    std::size_t agree = 0;
    std::size_t late = 0;
    std::map<std::string, std::size_t> kinds;  // known ones
    std::size_t unknown = 0;
    std::size_t count(const std::string& kind) const;
  };
  void judge(std::size_t i, Tally& tally);
  void judge_shown(const Scene& scene, const Kind* found, const std::string& instead);
  void shrink_unknown(const Play& play);
  std::vector<std::string> unknown_by_count() const;
  std::string every_scene() const;
  std::string unknown_differences(const std::string& out) const;
  std::size_t scenes_passed() const;
  static std::string line(const Tally& tally);

  const Known& known_;
  std::vector<Scene> scenes_;
  std::size_t by_hand_;  // the first so many
  std::size_t left_out_ = 0;
  std::uint64_t seed_ = 0;
  std::vector<Played> played_;
  Tally hand_;
  Tally chance_;
  std::vector<std::string> failed_;
  std::size_t not_shown_ = 0;  // of these: scenes that no longer show their kind
  struct Unknown {
    std::size_t count = 0;
    Finding smallest;
  };
  std::map<std::string, Unknown> unknown_;  // by signature
};

}  // namespace tcplab::interop
