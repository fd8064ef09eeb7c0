#include "sandbox.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/utsname.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace tcplab::interop {

namespace {

// What the profile takes for Linux's defaults (so that a machine's own settings do not show), and,
// in the first lines, what a run of thousands of scenes needs.
constexpr std::pair<std::string_view, std::string_view> kSysctls[] = {
    {"tcp_no_metrics_save", "1"},
    {"ip_local_port_range", "60001 60999"},
    {"tcp_max_tw_buckets", "262144"},
    {"tcp_max_syn_backlog", "4096"},
    {"icmp_ratelimit", "0"},
    {"conf/all/rp_filter", "0"},
    {"conf/default/rp_filter", "0"},
    {"tcp_rmem", "4096 131072 33554432"},
    {"tcp_ecn", "0"},
    {"tcp_fastopen", "0"},
    {"tcp_syn_retries", "6"},
    {"tcp_synack_retries", "5"},
    {"tcp_syn_linear_timeouts", "4"},
    {"tcp_retries1", "3"},
    {"tcp_retries2", "15"},
    {"tcp_orphan_retries", "0"},
    {"tcp_fin_timeout", "60"},
    {"tcp_keepalive_time", "7200"},
    {"tcp_keepalive_intvl", "75"},
    {"tcp_keepalive_probes", "9"},
    {"tcp_invalid_ratelimit", "500"},
    {"tcp_challenge_ack_limit", "2147483647"},
    {"tcp_rfc1337", "0"},
    {"tcp_abort_on_overflow", "0"},
    {"tcp_syncookies", "1"},
    {"tcp_sack", "1"},
    {"tcp_timestamps", "1"},
    {"tcp_window_scaling", "1"},
    {"tcp_stdurg", "0"},
    {"tcp_rto_min_us", "200000"},
    {"tcp_rto_max_ms", "120000"},
    {"tcp_tw_reuse", "2"},
    {"tcp_shrink_window", "0"},
};

std::string because(const std::string& what) { return what + ": " + std::strerror(errno); }

bool write_file(const std::string& path, std::string_view text) {
  std::ofstream file(path);
  file << text;
  return static_cast<bool>(file.flush());
}

// The words of a file, one blank between them.
std::string read_words(const std::string& path) {
  std::ifstream file(path);
  std::string text;
  for (std::istream_iterator<std::string> word(file), end; word != end; ++word) {
    text += text.empty() ? *word : ' ' + *word;
  }
  return text;
}

// Root makes a network namespace; whoever else may make user namespaces is root in one of his own.
tl::expected<void, std::string> enter_namespace() {
  if (unshare(CLONE_NEWNET) == 0) return {};
  const auto uid = std::to_string(getuid());
  const auto gid = std::to_string(getgid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
    return tl::make_unexpected(
        because("no network namespace of its own (it needs root, or user namespaces)"));
  }
  write_file("/proc/self/setgroups", "deny");
  if (!write_file("/proc/self/uid_map", "0 " + uid + " 1") ||
      !write_file("/proc/self/gid_map", "0 " + gid + " 1")) {
    return tl::make_unexpected(because("no user namespace of its own"));
  }
  return {};
}

tl::expected<FileDescriptor, std::string> make_device(ifreq& request) {
  FileDescriptor tun(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!tun) return tl::make_unexpected(because("no TUN device (/dev/net/tun)"));
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(tun.get(), TUNSETIFF, &request) != 0) {
    return tl::make_unexpected(because("no TUN device can be made"));
  }
  return tun;
}

void put_address(ifreq& request, std::uint32_t address) {
  sockaddr_in socket{};
  socket.sin_family = AF_INET;
  socket.sin_addr.s_addr = htonl(address);
  std::memcpy(&request.ifr_addr, &socket, sizeof socket);
}

tl::expected<void, std::string> configure(ifreq request) {
  constexpr std::uint32_t kNetmask = 0xffff0000;
  constexpr int kQueue = 20'000;  // a burst of replies must not be lost
  const FileDescriptor any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto change = [&](unsigned long what) { return ioctl(any.get(), what, &request) == 0; };
  put_address(request, kSandboxHost.value);
  bool done = change(SIOCSIFADDR);
  put_address(request, kNetmask);
  done = done && change(SIOCSIFNETMASK);
  request.ifr_qlen = kQueue;
  change(SIOCSIFTXQLEN);  // in a user namespace it may not, and the usual length does
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (!done || !change(SIOCSIFFLAGS)) {
    return tl::make_unexpected(because("the TUN device cannot be set up"));
  }
  return {};
}

}  // namespace

tl::expected<Sandbox, std::string> Sandbox::make() {
  if (const auto entered = enter_namespace(); !entered) {
    return tl::make_unexpected(entered.error());
  }
  ifreq request{};
  std::strcpy(request.ifr_name, "tcplab");
  auto tun = make_device(request);
  if (!tun) return tl::make_unexpected(tun.error());
  if (const auto ready = configure(request); !ready) return tl::make_unexpected(ready.error());
  for (const auto& [name, value] : kSysctls) {
    if (const auto done = set(name, value); !done) return tl::make_unexpected(done.error());
  }
  return Sandbox(std::move(*tun));
}

tl::expected<void, std::string> Sandbox::set(std::string_view sysctl, std::string_view value) {
  const std::string path = "/proc/sys/net/ipv4/" + std::string(sysctl);
  if (access(path.c_str(), F_OK) != 0 || read_words(path) == value) return {};
  if (write_file(path, value)) return {};
  return tl::make_unexpected(because(path + " cannot be set to " + std::string(value)));
}

std::string kernel_release() {
  utsname name{};
  uname(&name);
  return name.release;
}

std::string kernel_series(std::string_view release) {
  const auto dot = release.find('.');
  return std::string(release.substr(0, release.find_first_not_of("0123456789", dot + 1)));
}

}  // namespace tcplab::interop
