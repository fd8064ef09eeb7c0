#include "suite.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "chance.hpp"
#include "show.hpp"

namespace tcplab::interop {

namespace {

// Whoever mends these finds the rest in the next run.
constexpr std::size_t kMostShown = 40;
// Longer scenes stay as they are: they would take minutes.
constexpr Duration kLongestShrunk = std::chrono::seconds(10);

// "FIN_WAIT_2 (closed) | ACK text | ..." as a file name.
std::string file_name(const std::string& signature) {
  constexpr std::size_t kLongest = 100;
  std::string name;
  for (const char c : signature) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  return name.substr(0, kLongest) + ".json";
}

}  // namespace

Suite::Suite(const Known& known, std::vector<Scene> by_hand)
    : known_(known), scenes_(std::move(by_hand)), by_hand_(scenes_.size()) {}

void Suite::add_chance(std::uint64_t seed, std::uint32_t count) {
  failed_ = contradictions(known_, scenes_);
  seed_ = seed;
  for (std::uint32_t i = 0; i < count; ++i) scenes_.push_back(scene_by_chance(seed, i));
}

void Suite::leave_out_longer(Duration longest) {
  const auto end = scenes_.begin() + static_cast<std::ptrdiff_t>(by_hand_);
  const auto kept = std::remove_if(scenes_.begin(), end,
                                   [&](const Scene& scene) { return scene.length() > longest; });
  left_out_ = static_cast<std::size_t>(end - kept);
  by_hand_ -= left_out_;
  scenes_.erase(kept, end);
}

void Suite::run(const Play& play) {
  played_ = play(scenes_);
  for (std::size_t i = 0; i < scenes_.size(); ++i) judge(i, i < by_hand_ ? hand_ : chance_);
  shrink_unknown(play);
}

void Suite::judge(std::size_t i, Tally& tally) {
  const auto& played = played_[i];
  ++tally.scenes;
  if (played.late) {
    ++tally.late;
    return;
  }
  if (!played.difference) {
    ++tally.agree;
    return judge_shown(scenes_[i], nullptr, "both agree");
  }
  const auto& signature = played.difference->signature;
  if (const auto* kind = known_.kind_of(signature)) {
    ++tally.kinds[kind->name];
    return judge_shown(scenes_[i], kind, signature);
  }
  ++tally.unknown;
  auto& unknown = unknown_[signature];
  const auto steps = scenes_[i].steps.size();
  if (unknown.count++ == 0 || steps < unknown.smallest.scene.steps.size()) {
    unknown.smallest = {scenes_[i], played};
  }
}

// The table must not rot: what a scene is kept for must still show in it.
void Suite::judge_shown(const Scene& scene, const Kind* found, const std::string& instead) {
  if (scene.shows.empty() || (found != nullptr && found->name == scene.shows)) return;
  failed_.push_back("scene \"" + scene.name + "\" no longer shows " + scene.shows + ": " + instead);
  ++not_shown_;
}

void Suite::shrink_unknown(const Play& play) {
  std::vector<std::string> signatures;
  std::vector<Finding> findings;
  for (const auto& signature : unknown_by_count()) {
    const auto& smallest = unknown_.at(signature).smallest;
    if (findings.size() == kMostShown || smallest.scene.length() > kLongestShrunk) continue;
    signatures.push_back(signature);
    findings.push_back(smallest);
  }
  findings = shrink(std::move(findings), play);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    unknown_[signatures[i]].smallest = std::move(findings[i]);
  }
}

std::map<std::string, Json> Suite::scenarios() const {
  std::map<std::string, Json> files;
  for (const auto& [signature, unknown] : unknown_) {
    files[file_name(signature)] = unknown.smallest.played.scenario;
  }
  return files;
}

std::size_t Suite::Tally::count(const std::string& kind) const {
  const auto found = kinds.find(kind);
  return found == kinds.end() ? 0 : found->second;
}

std::string Suite::line(const Tally& tally) {
  std::size_t known = 0;
  for (const auto& [kind, count] : tally.kinds) known += count;
  return std::to_string(tally.scenes) + ": " + std::to_string(tally.agree) + " agree, " +
         std::to_string(known) + " differ in " + std::to_string(tally.kinds.size()) +
         " known kinds, " + std::to_string(tally.unknown) + " otherwise, " +
         std::to_string(tally.late) + " came late\n";
}

std::string Suite::report(const std::string& out, bool each) const {
  std::string text = each ? every_scene() : unknown_differences(out);
  for (const auto& kind : known_.kinds) {
    const auto all = hand_.count(kind.name) + chance_.count(kind.name);
    if (all > 0) text += "known: " + std::to_string(all) + " x  " + kind.name + '\n';
  }
  for (const auto& failure : failed_) text += "failed: " + failure + '\n';
  if (left_out_ > 0)
    text += std::to_string(left_out_) + " long scenes by hand left out: ./lab interop plays them\n";
  text += "scenes by hand " + line(hand_);
  if (chance_.scenes > 0) {
    text += "scenes by chance (seed " + std::to_string(seed_) + ") " + line(chance_);
  }
  return text + std::to_string(scenes_passed()) + " passed, " + std::to_string(failures()) +
         " failed, " + std::to_string(hand_.late) + " came late\n";
}

std::string Suite::every_scene() const {
  std::string text;
  for (std::size_t i = 0; i < scenes_.size(); ++i) {
    const auto& difference = played_[i].difference;
    const std::string says = played_[i].late ? "came late"
                             : difference    ? difference->signature
                                             : "both agree";
    text += "\n# " + scenes_[i].name + "\n  " + says + '\n' + side_by_side(scenes_[i], played_[i]);
  }
  return text;
}

// The most frequent ones in full, then the others in a line each.
std::string Suite::unknown_differences(const std::string& out) const {
  std::string text;
  std::size_t shown = 0;
  for (const auto& signature : unknown_by_count()) {
    const auto& [count, smallest] = unknown_.at(signature);
    text += "\n" + std::to_string(count) + " x  " + signature + '\n';
    if (shown++ >= kMostShown) continue;
    text += "    smallest: " + smallest.scene.name + "\n    tcplab run " + out + '/' +
            file_name(signature) + '\n' + side_by_side(smallest.scene, smallest.played) +
            "    as a scene: " + format::dump(to_json(smallest.scene)) + '\n';
  }
  return text;
}

std::vector<std::string> Suite::unknown_by_count() const {
  std::vector<std::string> signatures;
  for (const auto& [signature, unknown] : unknown_) signatures.push_back(signature);
  std::stable_sort(signatures.begin(), signatures.end(),
                   [&](const std::string& a, const std::string& b) {
                     return unknown_.at(a).count > unknown_.at(b).count;
                   });
  return signatures;
}

// Each scene by hand is a test, and all those by chance together are one.
std::size_t Suite::scenes_passed() const {
  const std::size_t failed = hand_.unknown + not_shown_;
  const bool chance = chance_.scenes > 0 && chance_.unknown == 0;
  return hand_.scenes - hand_.late - failed + (chance ? 1 : 0);
}

Json Suite::measured(const std::string& kernel) const {
  const auto tally = [](const Tally& of) {
    Json json{
        {"scenes", of.scenes}, {"agree", of.agree}, {"late", of.late}, {"kinds", Json::object()}};
    for (const auto& [kind, count] : of.kinds) json["kinds"][kind] = count;
    return json;
  };
  Json json;
  json["kernel"] = kernel;
  json["by_hand"] = tally(hand_);
  json["by_chance"] = tally(chance_);
  json["by_chance"]["seed"] = seed_;
  return json;
}

}  // namespace tcplab::interop
