// What hosts without a stack put on the wire.
#include "lab/recorder.hpp"
#include "lab/world.hpp"

namespace tcplab::lab {

Numbers numbers_of(const net::SentSegment& sent) {
  const auto& segment = sent.segment;
  const auto stamps = segment.options.timestamps.value_or(wire::Timestamps{});
  return {segment.seq.value(), segment.ack.value(), (segment.seq + sent.takes).value(),
          stamps.value, stamps.echo_reply};
}

void put(std::uint32_t number, Number into, wire::Segment& segment) {
  auto& stamps = segment.options.timestamps;
  switch (into) {
    case Number::kAck:
      segment.ack = wire::Seq(number);
      return;
    case Number::kTsval:
      stamps->value = number;
      return;
    case Number::kTsecr:
      stamps->echo_reply = number;
      return;
    default:
      segment.seq = wire::Seq(number);
  }
}

void Search::take(const Model& model, const net::SentSegment& sent) {
  ++count;
  if (!model.match.nth || *model.match.nth == count) numbers = numbers_of(sent);
}

// Keeps the numbers that a later injection may ask for.
void World::remember(const net::SentSegment& sent, const std::string& label) {
  if (!label.empty()) labelled_[label] = numbers_of(sent);
  for (std::size_t i = 0; i < models_.size(); ++i) {
    const Model& model = scenario_->models[i];
    if (model.label != label) continue;
    const bool fits = !label.empty() || model.match.fits(sent, host_at(sent.segment.dst.address));
    if (fits) models_[i].take(model, sent);
  }
}

std::optional<Numbers> World::numbers_labelled(const std::string& label) const {
  const auto found = labelled_.find(label);
  return found == labelled_.end() ? std::nullopt : std::optional(found->second);
}

// False: a segment that it should take a number from was not sent.
bool World::take_over(const std::vector<Borrowed>& borrowed, wire::Segment& segment) const {
  for (const auto& each : borrowed) {
    const auto& numbers = models_[each.model].numbers;
    if (!numbers) return false;
    put((*numbers)[static_cast<std::size_t>(each.which)] + each.plus, each.into, segment);
  }
  return true;
}

void World::inject(Recorder& recorder, net::HostIndex from, const Injection& injection) {
  wire::Segment segment = injection.segment;
  if (injection.misses || !take_over(injection.borrowed, segment)) {
    recorder.note(from, 0, Rule::inject_misses, kNoCause);
    return;
  }
  if (injection.icmp) return inject_icmp(recorder, from, injection, segment);
  net::SentSegment sent;
  sent.id = ++last_segment_;
  sent.segment = std::move(segment);
  sent.from = from;
  sent.takes = tcp::segment_length(sent.segment, hosts_[from].config().behaviour);
  sent.forgery = injection.forgery;
  senders_.push_back(0);
  payload_sent_ += sent.segment.payload.size();
  if (!injection.label.empty()) remember(sent, injection.label);
  launch(recorder, std::make_shared<const net::SentSegment>(std::move(sent)), Rule::inject,
         kNoCause);
}

// The quoted segment need not have been sent, so it has no id of its own.
void World::inject_icmp(Recorder& recorder, net::HostIndex from, const Injection& injection,
                        const wire::Segment& quoted) {
  net::SentSegment about;
  about.id = 0;
  about.segment = quoted;
  about.from = from;
  const auto cause = recorder.note(from, 0, Rule::inject_icmp, kNoCause);
  const auto& chosen = injection.icmp->to;
  const auto to = chosen ? chosen : host_at(quoted.src.address);
  const auto address = chosen ? scenario_->hosts[*chosen].config.address : quoted.src.address;
  const auto delay = to ? network_.link(from, *to).delay : network_.config().link.delay;
  queue_.push(now_ + delay, IcmpDue{static_cast<std::uint32_t>(rejections_.size())});
  rejections_.push_back({{std::make_shared<const net::SentSegment>(std::move(about)),
                          injection.icmp->error, injection.icmp->mtu, address},
                         cause});
}

}  // namespace tcplab::lab
