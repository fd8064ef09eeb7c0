// Each setting of "tcp" changes the one field of the Behaviour that it is there for.
#include "lab/tcp_settings.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "lab/run.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/behaviour_fields.hpp"

using namespace tcplab;
using namespace std::chrono_literals;

namespace {

tcp::Behaviour with(const std::string& settings, const std::string& profile = "rfc9293") {
  const auto scenario = test::scenario(
      R"({"format": "tcplab-scenario/1", "profile": ")" + profile +
      R"(", "hosts": [{"name": "A", "address": "10.0.0.1", "tcp": {)" + settings + "}}]}");
  return scenario->hosts[0].config.behaviour;
}

}  // namespace

TEST_CASE("tcp settings: no key stands twice, and each has a doc") {
  std::set<std::string_view> keys;
  for (const auto& field : lab::tcp_setting_fields()) {
    INFO(field.key);
    CHECK(keys.insert(field.key).second);
    CHECK_FALSE(field.required);
    CHECK_FALSE(field.doc.text().empty());
  }
}

TEST_CASE("tcp settings: those that a scenario may set, and no others, in the table's order") {
  std::vector<std::string> keys;
  for (const auto& field : lab::tcp_setting_fields()) keys.emplace_back(field.key);
  std::vector<std::string> allowed;
  for (const auto& field : tcp::behaviour_fields()) {
    if (field.allowed.by_scenarios) allowed.emplace_back(field.setting());
  }
  CHECK(keys == allowed);
  CHECK(std::count(keys.begin(), keys.end(), "window") ==
        1);  // receive_buffer, in the field's words
  CHECK(std::count(keys.begin(), keys.end(), "handshake") == 0);
}

TEST_CASE("tcp settings: words choose a value of each enumeration") {
  CHECK(with(R"("rst_check": "exact_else_challenge")").rst_check ==
        tcp::RstCheck::kExactElseChallenge);
  CHECK(with(R"("rst_check": "in_window")", "linux").rst_check == tcp::RstCheck::kInWindow);
  CHECK(with(R"("syn_check": "challenge")").syn_check == tcp::SynCheck::kChallenge);
  CHECK(with(R"("ack_check": "within_max_wnd")").ack_check == tcp::AckCheck::kWithinMaxWnd);
  CHECK(with(R"("time_wait_reuse": "never")").time_wait_reuse == tcp::TimeWaitReuse::kNever);
  CHECK(with(R"("time_wait_refusal": "dropped")").time_wait_refusal ==
        tcp::TimeWaitRefusal::kDropped);
  CHECK(with(R"("ts_recent": "after_ack")").ts_recent == tcp::TsRecent::kAfterAck);
  CHECK(with(R"("late_text_reset": "seg_ack")").late_text_reset == tcp::LateTextReset::kSegAck);
  CHECK(with(R"("hard_errors": "abort_opening")").hard_errors == tcp::HardErrors::kAbortOpening);
  CHECK(with(R"("backlog": "each_queue")").backlog == tcp::Backlog::kEachQueue);
  CHECK(with(R"("give_up_reset": "always")").give_up_reset == tcp::GiveUpReset::kAlways);
  CHECK(with(R"("syn_cookies": "always")").syn_cookies == tcp::SynCookies::kAlways);
  CHECK(with(R"("close_in_syn_rcvd": "figure_5")").close_in_syn_rcvd ==
        tcp::CloseInSynRcvd::kFigure5);
}

TEST_CASE("tcp settings: numbers, times and \"never\"") {
  const auto b = with(
      R"("syn_retries": 2, "max_rto": "8s", "user_timeout": "never", "fin_wait_2_timeout": "3s",
         "connect_over_time_wait": true)");
  CHECK(b.syn_retries == 2);
  CHECK(b.max_rto == 8s);
  CHECK_FALSE(b.user_timeout);
  CHECK(b.fin_wait_2_timeout == 3s);
  CHECK(b.connect_over_time_wait);
  // What is not set stays as the profile has it.
  CHECK(with("", "linux") == tcp::find_profile("linux")->behaviour);
}

TEST_CASE("tcp settings: the MTU is what the MSS needs, or as it is set") {
  CHECK(with("").mtu == 1500);
  CHECK(with(R"("mss": 536)").mtu == 1500);
  CHECK(with(R"("mss": 8960)").mtu == 9000);
  CHECK(with(R"("mss": 536, "mtu": 576)").mtu == 576);
}
