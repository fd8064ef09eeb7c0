// What the author of a spot question is told.
#include <algorithm>

#include "exercise/exercise.hpp"
#include "exercise/kinds/spot.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;

namespace {

Reader at_pointer(Reader at, std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto key = path.substr(0, path.find('/'));
    path.remove_prefix(key.size());
    at = at[key];
  }
  return at;
}

// Checks all forgeries, even those that only other variants show: each must be wrong in every run.
void check_forgeries(const Reader& question, Bench& bench) {
  for (const Reader& forgery : question["forgeries"].items()) {
    const auto forged = forge(question.json(), forgery.json(), bench.runs);
    if (forged) continue;
    at_pointer(forgery, forged.error().first).problem(forged.error().second);
  }
  if (chosen_forgery(question.json()) == nullptr) {
    question["forged"].problem(say({"no forgery is called {0}", "没有叫 {0} 的伪造"},
                                   {format::quote(question["forged"].text())}));
  }
}

void check_hosts(const Reader& question, const Picture& picture) {
  for (const Row& row : picture) {
    if (!is_header_field(row.from) && !is_header_field(row.to)) continue;
    return question.problem(say({"a host is called as a header field is: flags, seq, ack, len",
                                 "有主机与首部字段重名：flags、seq、ack、len"}));
  }
}

void check_ideas(const Reader& question, const Picture& picture, Bench& bench) {
  const Json right = right_spot(question.json(), bench);
  for (const Reader& idea : question["ideas"].items()) {
    const auto row = row_of(idea.json(), picture, *bench.plain);
    if (!row) {
      idea["of"].problem(say({"no segment of the picture matches", "图中没有匹配的报文段"}));
      continue;
    }
    const auto spot =
        spot_named(std::to_string(*row + 1) + " " + std::string(idea["field"].text()), picture);
    if (!spot) {
      idea["field"].problem(
          say({"nothing of this name stands in the row", "这一行没有这个名称的内容"}));
      continue;
    }
    const auto value = read_value(std::string(idea["field"].text()), idea["value"].json());
    if (!value) {
      idea["value"].problem(value.error());
    } else if (*value == cell_at(*spot, picture).value) {
      idea.problem(say({"this is what the real run has, so it shows nothing",
                        "这正是真实运行中的内容，所以说明不了什么"}));
    }
  }
}

}  // namespace

void check_forgery_ids(const Reader& question) {
  check_ids(question["forgeries"], say({"forgeries", "伪造"}));
}

void check_spot(const Reader& question, Bench& bench, Matches&) {
  const auto picture = picture_of(question.json(), *bench.plain);
  if (!picture) return;
  check_hosts(question, *picture);
  check_forgeries(question, bench);
  check_ideas(question, *picture, bench);
}

}  // namespace tcplab::exercise
