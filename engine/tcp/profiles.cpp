// Right behaviours: the specifications, and real stacks as the tables of profile_*.cpp list them.
// What a table does not list stays as RFC 9293 has it.
#include "tcp/behaviour.hpp"
#include "tcp/provenance.hpp"

namespace tcplab::tcp {
namespace {

using enum Provenance;

constexpr ProfileValue kRfc5961[] = {
    {TCPLAB_SET(rst_check, RstCheck::kExactElseChallenge), kRead, "RFC 5961 section 3.2"},
    {TCPLAB_SET(syn_check, SynCheck::kChallenge), kRead, "RFC 5961 section 4.2"},
    {TCPLAB_SET(ack_check, AckCheck::kWithinMaxWnd), kRead, "RFC 5961 section 5.2"},
};

constexpr ProfileValue kStack[] = {
    {TCPLAB_SET(rst_check, RstCheck::kExactElseChallenge), kAssumed, "RFC 5961 section 3.2"},
    {TCPLAB_SET(syn_check, SynCheck::kChallenge), kAssumed, "RFC 5961 section 4.2"},
    {TCPLAB_SET(ack_check, AckCheck::kWithinMaxWnd), kAssumed, "RFC 5961 section 5.2"},
    {TCPLAB_SET(time_wait_reuse, TimeWaitReuse::kLaterSequence), kAssumed, "RFC 9293 MAY-2"},
    {TCPLAB_SET(time_wait_refusal, TimeWaitRefusal::kStepOne), kAssumed,
     "RFC 9293 section 3.10.7.4"},
    {TCPLAB_SET(time_wait_yields_at_rcv_nxt, false), kAssumed, "as Linux and FreeBSD"},
    {TCPLAB_SET(late_text_reset, LateTextReset::kSegAck), kAssumed, "as Linux and FreeBSD"},
    {TCPLAB_SET(timestamps, true), kAssumed, "RFC 7323 section 3"},
    {TCPLAB_SET(sack_permitted, true), kAssumed, "RFC 2018 section 2"},
    {TCPLAB_SET(nagle, true), kAssumed, "RFC 9293 section 3.7.4"},
    {TCPLAB_SET(user_timeout, std::nullopt), kAssumed, "limits are numbers of retransmissions"},
    {TCPLAB_SET(syn_user_timeout, std::nullopt), kAssumed, "limits are numbers of retransmissions"},
};

constexpr std::span<const ProfileValue> kRfc5961Groups[] = {kRfc5961};

Profile profile(std::string_view id, ProfileValues values) {
  Profile made{id, {}, values};
  for (const auto& group : values) {
    for (const auto& value : group) value.set(made.behaviour);
  }
  return made;
}

const Profile kProfiles[] = {
    profile("rfc9293", {}),           profile("rfc9293+5961", kRfc5961Groups),
    profile("linux", linux_values()), profile("freebsd", freebsd_values()),
    profile("macos", macos_values()), profile("windows", windows_values()),
};

}  // namespace

std::span<const ProfileValue> stack_values() { return kStack; }

std::span<const Profile> profiles() { return kProfiles; }

const Profile* find_profile(std::string_view id) {
  for (const auto& profile : kProfiles) {
    if (profile.id == id) return &profile;
  }
  return nullptr;
}

const ProfileValue* find_value(const Profile& profile, std::string_view field) {
  const ProfileValue* found = nullptr;
  for (const auto& group : profile.values) {
    for (const auto& value : group) {
      if (value.field == field) found = &value;
    }
  }
  return found;
}

}  // namespace tcplab::tcp
