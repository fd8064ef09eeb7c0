// The retransmission timeout of RFC 6298 §2 and §5.
#pragma once
#include "base/time.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::tcp {

class RetransmissionTimeout {
 public:
  explicit RetransmissionTimeout(const Behaviour& behaviour) : rto_(behaviour.initial_rto) {}
  RetransmissionTimeout(Duration rto, Duration smoothed_rtt, Duration rtt_variation,
                        bool has_sample)
      : rto_(rto), srtt_(smoothed_rtt), rtt_variation_(rtt_variation), has_sample_(has_sample) {}

  Duration value() const { return rto_; }
  bool has_sample() const { return has_sample_; }
  Duration smoothed_rtt() const { return srtt_; }  // 0 before the first sample
  Duration rtt_variation() const { return rtt_variation_; }

  // §2.2, §2.3. The caller follows Karn's rule: no sample from a retransmitted segment (§3).
  void on_sample(Duration round_trip_time, const Behaviour& behaviour);
  // §5.5
  void back_off(const Behaviour& behaviour);
  // RFC 6069 §4: takes the last doubling back. False: there was none.
  bool revert_back_off(const Behaviour& behaviour);
  // For when nothing will be retransmitted any more.
  void forget_back_offs() { back_offs_ = 0; }
  // §5.7: the SYN had to be retransmitted with an RTO below three seconds.
  void on_established_after_lost_syn(const Behaviour& behaviour);

  friend bool operator==(const RetransmissionTimeout&, const RetransmissionTimeout&) = default;

 private:
  Duration of_samples(const Behaviour& behaviour) const;
  void double_once(const Behaviour& behaviour);

  Duration rto_;
  Duration srtt_{0};
  Duration rtt_variation_{0};
  std::uint16_t back_offs_ = 0;  // since the last sample
  bool has_sample_ = false;
};

}  // namespace tcplab::tcp
