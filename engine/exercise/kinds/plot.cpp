#include "exercise/kinds/plot.hpp"

#include <utility>

#include "exercise/shapes.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;

constexpr std::size_t most_points = 200;

Json thinned(Json points) {
  const std::size_t step = (points.size() + most_points - 1) / most_points;
  if (step <= 1) return points;
  Json kept = Json::array();
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Counted from the end, so that the last point is kept.
    if ((points.size() - 1 - i) % step == 0) kept.push_back(std::move(points[i]));
  }
  return kept;
}

Json counted(const Json& match, const Run& run) {
  Json points = Json::array();
  std::uint64_t count = 0;
  for (std::size_t n = 0; n < run.events.size(); ++n) {
    if (!lab::matches(match, run.events[n])) continue;
    const Json& t = run.events[n].at("t");
    ++count;
    if (!points.empty() && points.back()[0] == t) {
      points.back()[1] = count;
    } else {
      points.push_back(Json::array({t, count}));
    }
  }
  return thinned(std::move(points));
}

}  // namespace

format::Field plot_field() {
  const format::Shape plot =
      object({"plot", "图表"}, {required("id", identifier(), "Its name"),
                                required("text", bilingual(), "What is counted"),
                                required("of", lab::match_shape(), "The events")});
  return required("plot", array(plot, 1, 3), "Events that are counted over time, a chart for each");
}

Json plotted(const Json& question, const Run& run) {
  Json all = Json::array();
  for (const Json& plot : question.at("plot")) all.push_back(counted(plot.at("of"), run));
  return all;
}

Json end_of(const Run& run) {
  return run.events.empty() ? Json(0) : run.events[run.events.size() - 1].at("t");
}

}  // namespace tcplab::exercise
