#include "tcp/rto.hpp"

#include <algorithm>

namespace tcplab::tcp {

void RetransmissionTimeout::on_sample(Duration round_trip_time, const Behaviour& behaviour) {
  if (!has_sample_) {
    srtt_ = round_trip_time;
    rtt_variation_ = round_trip_time / 2;
    has_sample_ = true;
  } else {
    // beta = 1/4 with the old SRTT, then alpha = 1/8.
    const Duration error = std::chrono::abs(srtt_ - round_trip_time);
    rtt_variation_ = (3 * rtt_variation_ + error) / 4;
    srtt_ = (7 * srtt_ + round_trip_time) / 8;
  }
  back_offs_ = 0;
  rto_ = of_samples(behaviour);
}

Duration RetransmissionTimeout::of_samples(const Behaviour& behaviour) const {
  if (!has_sample_) return behaviour.initial_rto;
  const Duration rto = srtt_ + std::max(behaviour.clock_granularity, 4 * rtt_variation_);
  return std::min(std::max(rto, behaviour.min_rto) + behaviour.rto_slop, behaviour.max_rto);
}

void RetransmissionTimeout::back_off(const Behaviour& behaviour) {
  ++back_offs_;
  double_once(behaviour);
}

void RetransmissionTimeout::double_once(const Behaviour& behaviour) {
  const Duration slop = has_sample_ ? behaviour.rto_slop : Duration{0};
  rto_ = std::min(2 * (rto_ - slop) + slop, behaviour.max_rto);
}

bool RetransmissionTimeout::revert_back_off(const Behaviour& behaviour) {
  if (back_offs_ == 0) return false;
  --back_offs_;
  rto_ = of_samples(behaviour);
  for (int i = 0; i < back_offs_ && rto_ < behaviour.max_rto; ++i) double_once(behaviour);
  return true;
}

void RetransmissionTimeout::on_established_after_lost_syn(const Behaviour& behaviour) {
  if (!has_sample_) rto_ = behaviour.rto_after_lost_syn;
}

}  // namespace tcplab::tcp
