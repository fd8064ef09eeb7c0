#include "shrink.hpp"

#include <algorithm>
#include <utility>

namespace tcplab::interop {

namespace {

// Every round takes away something of each scene; the last one finds nothing to take.
constexpr int kMostRounds = 12;

bool is_text(const Step& step) {
  return step.what == Do::kInject && !step.segment.is_damaged() &&
         (step.segment.flags & (wire::kSyn | wire::kRst | wire::kAck)) == wire::kAck;
}

// Sequence numbers that the step takes: of the peer, of the host.
std::int64_t takes_of_peer(const Step& step) {
  if (!is_text(step)) return 0;
  return static_cast<std::int64_t>(step.segment.length) + ((step.segment.flags & wire::kFin) != 0);
}
std::int64_t takes_of_host(const Step& step) {
  const bool fin =
      step.what == Do::kClose || (step.what == Do::kShutdown && step.how != host::Shut::kRead);
  return step.what == Do::kSend ? static_cast<std::int64_t>(step.octets) : fin;
}

// What comes after step `i` moves down by what is taken away there, of either side.
void renumber(Scene& scene, std::size_t i, std::int64_t of_peer, std::int64_t of_host) {
  std::int64_t next_ack = 1;
  for (std::size_t k = 0; k <= i; ++k) next_ack += takes_of_host(scene.steps[k]);
  const auto& here = scene.steps[i].segment.seq;
  const auto next_seq = here.value + takes_of_peer(scene.steps[i]);
  for (std::size_t k = i + 1; k < scene.steps.size(); ++k) {
    auto& segment = scene.steps[k].segment;
    if (!segment.seq.from_edge && segment.seq.value >= next_seq) segment.seq.value -= of_peer;
    if (segment.ack >= next_ack) segment.ack -= of_host;
    auto& told = scene.steps[k].told.seq;
    if (told >= next_ack) told -= of_host;
  }
}

Scene without(Scene scene, std::size_t i) {
  renumber(scene, i, takes_of_peer(scene.steps[i]), takes_of_host(scene.steps[i]));
  scene.steps.erase(scene.steps.begin() + static_cast<std::ptrdiff_t>(i));
  return scene;
}

Scene cut_after(Scene scene, std::size_t i) {
  scene.steps.resize(i + 1);
  return scene;
}

// The segment of step `i` as a stack could have made it.
Scene with_true_segment(Scene scene, std::size_t i) {
  scene.steps[i].segment.forgery = {};
  scene.steps[i].segment.blocks.clear();
  return scene;
}

// The segment of step `i` with nothing that it need not have.
Scene with_plain_segment(Scene scene, std::size_t i) {
  const Injected old = scene.steps[i].segment;
  const auto length = std::min<std::size_t>(old.length, 1);
  renumber(scene, i, static_cast<std::int64_t>(old.length - length), 0);
  Injected& plain = scene.steps[i].segment = {};
  plain.flags = old.flags;
  plain.seq = old.seq;
  plain.ack = old.ack;
  plain.port = old.port;
  plain.length = length;
  plain.forgery = old.forgery;
  plain.blocks = old.blocks;
  return scene;
}

}  // namespace

std::vector<Scene> smaller(const Scene& scene, std::size_t needed_step) {
  std::vector<Scene> found;
  if (needed_step + 1 < scene.steps.size()) found.push_back(cut_after(scene, needed_step));
  for (std::size_t i = 1; i < std::min(needed_step, scene.steps.size()); ++i) {
    found.push_back(without(scene, i));
  }
  for (std::size_t i = 1; i <= needed_step && i < scene.steps.size(); ++i) {
    Scene simpler = with_plain_segment(scene, i);
    if (simpler.steps[i] != scene.steps[i]) found.push_back(std::move(simpler));
    simpler = with_true_segment(scene, i);
    if (simpler.steps[i] != scene.steps[i]) found.push_back(std::move(simpler));
  }
  return found;
}

std::vector<Finding> shrink(std::vector<Finding> findings, const Play& play) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < findings.size(); ++i) open.push_back(i);
  for (int round = 0; round < kMostRounds && !open.empty(); ++round) {
    std::vector<Scene> tries;
    std::vector<std::size_t> of;
    for (const auto i : open) {
      for (auto& scene : smaller(findings[i].scene, findings[i].played.difference->step)) {
        tries.push_back(std::move(scene));
        of.push_back(i);
      }
    }
    auto played = play(tries);
    std::vector<std::size_t> shrunk;
    for (std::size_t k = 0; k < tries.size(); ++k) {
      auto& finding = findings[of[k]];
      const auto& difference = played[k].difference;
      const bool first = shrunk.empty() || shrunk.back() != of[k];
      if (!first || played[k].late || !difference) continue;
      if (difference->signature != finding.played.difference->signature) continue;
      finding = {std::move(tries[k]), std::move(played[k])};
      shrunk.push_back(of[k]);
    }
    open = std::move(shrunk);
  }
  return findings;
}

}  // namespace tcplab::interop
