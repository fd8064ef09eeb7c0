// The engine for the page and for Node.js: sessions, traces and the catalogue. Arguments and
// results are numbers and JSON texts; a capture is bytes. Errors are {"problems": [...]}, never
// exceptions.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "answer.hpp"
#include "capture/capture.hpp"
#include "exercise/exercise.hpp"
#include "exercise/parts.hpp"
#include "format/document.hpp"
#include "format/problem.hpp"
#include "lab/catalogue.hpp"
#include "lab/session.hpp"
#include "lab/wanted.hpp"

namespace {

using tcplab::format::dump;
using tcplab::format::Json;
using tcplab::format::say;
using tcplab::lab::Session;
using tcplab::wasm::problem;
using tcplab::wasm::problems;
using tcplab::wasm::seed_of;
using tcplab::wasm::time_of;

std::map<int, Session> sessions;
int last_handle = 0;

constexpr std::size_t kComparedAtOnce = 1'000;

std::string add(Session session) {
  sessions.emplace(++last_handle, std::move(session));
  return dump(Json{{"session", last_handle}});
}

std::string no_session() { return problem(say({"there is no such session", "没有这个会话"})); }

template <typename Use>
std::string with(int handle, Use use) {
  const auto it = sessions.find(handle);
  return it == sessions.end() ? no_session() : use(it->second);
}

std::string status_of(const Session& session) { return session.status_text(); }

std::string version() { return TCPLAB_VERSION; }

std::string catalogue() {
  Json json = tcplab::lab::catalogue();
  json["question_kinds"] = tcplab::exercise::question_kinds();
  return dump(json);
}

std::string open(const std::string& text, double seed) {
  auto scenario = tcplab::lab::parse_scenario(text);
  if (!scenario) return problems(scenario.error());
  return add(
      Session(std::make_shared<const tcplab::lab::Scenario>(std::move(*scenario)), seed_of(seed)));
}

void close(int handle) { sessions.erase(handle); }

std::string step(int handle, unsigned count) {
  return with(handle, [&](Session& session) {
    session.step(count);
    return status_of(session);
  });
}

std::string run_until(int handle, double microseconds, unsigned most) {
  return with(handle, [&](Session& session) {
    session.run_until(time_of(microseconds), most);
    return status_of(session);
  });
}

std::string act(int handle, const std::string& text, double microseconds) {
  return with(handle, [&](Session& session) {
    const auto action = tcplab::format::parse(text);
    if (!action) return problems(action.error());
    const auto done = session.act(action->value(), time_of(microseconds));
    return done ? status_of(session) : problems(done.error());
  });
}

std::string fork(int handle, unsigned step) {
  return with(handle, [&](Session& session) { return add(session.fork(step)); });
}

std::string undo(int handle) {
  return with(handle, [&](Session& session) {
    return session.undo() ? status_of(session)
                          : problem(say({"there is nothing to undo", "没有可以撤销的"}));
  });
}

std::string status(int handle) {
  return with(handle, [](Session& session) { return status_of(session); });
}

std::vector<Json> events_of(const Session& session, std::size_t since, std::size_t end) {
  const auto& events = session.trace().events;
  std::vector<Json> list;
  for (std::size_t n = since; n < end; ++n) {
    list.push_back(tcplab::lab::to_json(events[n], session.host_names()));
  }
  return list;
}

// At most `most` events, from number `since` on.
std::string trace(int handle, unsigned since, unsigned most) {
  return with(handle, [&](Session& session) {
    const auto& events = session.trace().events;
    const auto end = std::min<std::uint64_t>(std::uint64_t{since} + most, events.size());
    std::string text = "[";
    for (std::size_t n = since; n < end; ++n) {
      if (n > since) text += ',';
      tcplab::lab::append_json(text, events[n], session.host_names());
    }
    return text + ']';
  });
}

// The number of the first event, from `from` on, in which two sessions differ, or null.
std::string difference(int one, int other, unsigned from) {
  return with(one, [&](Session& here) {
    return with(other, [&](Session& there) {
      const auto both = std::min(here.trace().events.size(), there.trace().events.size());
      // In pieces, because a long run as JSON would fill the memory.
      for (std::size_t since = from; since < both; since += kComparedAtOnce) {
        const auto end = std::min(since + kComparedAtOnce, both);
        const auto n = tcplab::exercise::first_difference(events_of(here, since, end),
                                                          events_of(there, since, end));
        if (n) return dump(Json(since + *n));
      }
      return dump(Json());
    });
  });
}

std::string variables(int handle, unsigned n) {
  return with(handle, [&](Session& session) { return dump(session.variables(n)); });
}

std::string export_scenario(int handle) {
  return with(handle, [](Session& session) { return dump(session.exported(), 2) + '\n'; });
}

// A copy in JavaScript's own memory, because a view of WASM memory becomes invalid when the list is
// destroyed.
template <typename List>
emscripten::val copy_of(const List& list) {
  const emscripten::val view{emscripten::typed_memory_view(list.size(), list.data())};
  return view.call<emscripten::val>("slice");
}

// The numbers of the wanted events (lab::Wanted as JSON text), among `most` events from number
// `since` on.
emscripten::val find(int handle, const std::string& text, unsigned since, unsigned most) {
  const auto it = sessions.find(handle);
  if (it == sessions.end()) return emscripten::val(no_session());
  const auto& session = it->second;
  const auto wanted = tcplab::lab::Wanted::read(text, session.host_names());
  if (!wanted) return emscripten::val(problems(wanted.error()));
  return copy_of(wanted->in(session.trace().events, since, most));
}

// The run so far as a pcapng file, seen from `host`, or "" for what every host sends.
emscripten::val capture(int handle, const std::string& host) {
  const auto it = sessions.find(handle);
  if (it == sessions.end()) return emscripten::val(no_session());
  const auto& session = it->second;
  const auto file = tcplab::capture::capture(session.trace(), session.host_names(), host);
  if (!file) return emscripten::val(problem(file.error()));
  return copy_of(*file);
}

}  // namespace

EMSCRIPTEN_BINDINGS(tcplab_sessions) {
  using emscripten::function;
  function("version", &version);
  function("catalogue", &catalogue);
  function("open", &open);
  function("close", &close);
  function("step", &step);
  function("run_until", &run_until);
  function("act", &act);
  function("fork", &fork);
  function("undo", &undo);
  function("status", &status);
  function("trace", &trace);
  function("difference", &difference);
  function("find", &find);
  function("variables", &variables);
  function("export_scenario", &export_scenario);
  function("capture", &capture);
}
