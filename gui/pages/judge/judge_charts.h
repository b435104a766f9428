#pragma once

#include "gui/chart/curve_chart.h"
#include "gui/pages/judge/judgement.h"

namespace embellie {

/// What a rival's scores are called in a chart.
struct NamedScores {
    QString name;
    Verification scores;
};

/// The share of rain kept over the share of false echoes among what is kept, for every threshold of the
/// probability, at the threshold of reflectivity @p row: the point at @p step, raw and a rival are marked.
ChartData podFarChart(const Judgement& judgement, int row, int step, const std::optional<NamedScores>& rival,
                      const Theme& theme);

/// How often an echo of a probability is rain in the reference; bars: the share of all echoes that has that
/// probability, with their number.
ChartData reliabilityChart(const Judgement& judgement, int row, const Theme& theme);

} // namespace embellie
