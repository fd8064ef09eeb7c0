// What happens to a program and its host: kill, crash, reboot.
#include "lab/verbs/row.hpp"

namespace tcplab::lab {

using format::Field;
using format::Reader;
using format::Sentence;
using host::Call;

namespace {

struct Kill {
  using What = verb::Kill;
  static constexpr Call kCall = Call::kKill;
  static constexpr const char* kDoc = "The process ends; its host closes the sockets it had open";
  static constexpr Sentence kTitle{"end the process", "杀死进程"};

  static std::vector<Field> fields() { return {host_field()}; }
  static What read(const Reader&, const Referents&) { return {}; }
  static void make(const What&, const CallSite& site) { site.host.kill(site.context); }
};

struct Crash {
  using What = verb::Crash;
  static constexpr Call kCall = Call::kCrash;
  static constexpr const char* kDoc = "The host stops and sends nothing";
  static constexpr Sentence kTitle{"stop the host at once", "主机突然停机"};

  static std::vector<Field> fields() { return {host_field()}; }
  static What read(const Reader&, const Referents&) { return {}; }
  static void make(const What&, const CallSite& site) { site.host.crash(site.context); }
};

struct Reboot {
  using What = verb::Reboot;
  static constexpr Call kCall = Call::kReboot;
  static constexpr const char* kDoc = "The host starts again without any memory of its connections";
  static constexpr Sentence kTitle{"start the host again", "重新启动主机"};

  static std::vector<Field> fields() { return {host_field()}; }
  static What read(const Reader&, const Referents&) { return {}; }
  static void make(const What&, const CallSite& site) { site.host.reboot(site.context); }
};

}  // namespace

std::vector<Verb> verbs_of_hosts() {
  return {call_row<Kill>(), call_row<Crash>(), call_row<Reboot>()};
}

}  // namespace tcplab::lab
