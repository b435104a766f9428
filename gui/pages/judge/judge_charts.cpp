#include "gui/pages/judge/judge_charts.h"

#include "gui/scene/localised.h"

#include <cmath>

namespace embellie {

namespace {

constexpr int CurveStep = 10; // thousandths between the points of the curve

QPointF pointOf(const Contingency& table) {
    return {table.far(), table.pod()};
}

QString thresholdText(const Judgement& judgement, int row) {
    return numberForPeople(judgement.byProbability.thresholds()[std::size_t(row)].threshold, 0);
}

bool isKnown(const Judgement& judgement, int row) {
    return row >= 0 && std::size_t(row) < judgement.byProbability.thresholds().size();
}

QString nothing() {
    return localised(
        EMBELLIE_TR("judge", "Needs results with a probability, and a reference that says what is rain"));
}

} // namespace

ChartData podFarChart(const Judgement& judgement, int row, int step, const std::optional<NamedScores>& rival,
                      const Theme& theme) {
    ChartData chart;
    chart.xLabel = localised(EMBELLIE_TR("judge", "FAR, false share of what is kept"));
    chart.yLabel = localised(EMBELLIE_TR("judge", "POD, share of rain kept"));
    chart.xLimits = chart.yLimits = Limits{0, 1};
    chart.title = localised(EMBELLIE_TR("judge", "POD and FAR"));
    chart.empty = nothing();
    if (!isKnown(judgement, row))
        return chart;
    chart.title = localised(
        text(EMBELLIE_TR("judge", "POD and FAR from {0} dBZ"), thresholdText(judgement, row).toStdString()));
    const auto index = std::size_t(row);
    CurveSeries& curve = chart.series.emplace_back();
    curve.colour = theme.curves.front();
    for (int at = 0; at <= ProbabilitySteps; at += CurveStep)
        curve.points.push_back(pointOf(judgement.byProbability.table(index, at)));
    const auto mark = [&](QPointF at, ChartMark::Shape shape, const QString& label, const QColor& colour) {
        if (std::isfinite(at.x()) && std::isfinite(at.y()))
            chart.marks.push_back({at, shape, label, colour});
    };
    mark(pointOf(*judgement.byProbability.thresholds()[index].raw), ChartMark::Shape::Square,
         localised(EMBELLIE_TR("judge", "raw")), theme.mutedText);
    if (rival && index < rival->scores.thresholds.size())
        mark(pointOf(rival->scores.thresholds[index].candidate), ChartMark::Shape::Square, rival->name,
             theme.curves[1 % theme.curves.size()]);
    mark(pointOf(judgement.byProbability.table(index, step)), ChartMark::Shape::Circle,
         numberForPeople(double(step) / ProbabilitySteps, step % CurveStep == 0 ? 2 : 3), curve.colour);
    return chart;
}

ChartData reliabilityChart(const Judgement& judgement, int row, const Theme& theme) {
    ChartData chart;
    chart.xLabel = localised(EMBELLIE_TR("judge", "Probability by the network"));
    chart.yLabel = localised(EMBELLIE_TR("judge", "Share that is rain"));
    chart.xLimits = chart.yLimits = Limits{0, 1};
    chart.title = localised(EMBELLIE_TR("judge", "Reliability"));
    chart.empty = nothing();
    if (!isKnown(judgement, row))
        return chart;
    chart.title = localised(
        text(EMBELLIE_TR("judge", "Reliability from {0} dBZ"), thresholdText(judgement, row).toStdString()));
    CurveSeries& diagonal = chart.series.emplace_back();
    diagonal.colour = theme.mutedText;
    diagonal.stroke = CurveSeries::Stroke::Dashed;
    diagonal.points = {{0, 0}, {1, 1}};
    CurveSeries curve;
    curve.colour = theme.curves.front();
    curve.dots = true;
    const std::vector<ReliabilityBin> bins = judgement.byProbability.reliability(std::size_t(row));
    std::uint64_t all = 0;
    for (const ReliabilityBin& bin : bins)
        all += bin.echoes;
    for (const ReliabilityBin& bin : bins) {
        if (bin.echoes == 0)
            continue;
        curve.points.push_back({bin.forecast, bin.observed()});
        chart.bars.push_back(
            {bin.from, bin.to, double(bin.echoes) / double(all), numberForPeople(double(bin.echoes), 0)});
    }
    chart.series.push_back(std::move(curve));
    return chart;
}

} // namespace embellie
