#include "gui/pages/train/run_curves.h"

#include "gui/scene/localised.h"

#include <algorithm>

namespace embellie {

void RunColours::setChosen(const std::vector<std::filesystem::path>& chosen) {
    m_chosen = chosen;
    std::erase_if(m_slots, [&](const auto& slot) {
        return std::find(chosen.begin(), chosen.end(), slot.first) == chosen.end();
    });
    for (const auto& run : chosen) {
        if (m_slots.contains(run))
            continue;
        std::size_t free = 0;
        while (std::any_of(m_slots.begin(), m_slots.end(),
                           [&](const auto& slot) { return slot.second == free; }))
            ++free;
        m_slots[run] = free;
    }
}

std::map<std::filesystem::path, QColor> RunColours::colours(const Theme& theme) const {
    std::map<std::filesystem::path, QColor> made;
    for (const auto& [run, slot] : m_slots)
        made[run] = slot < theme.curves.size() ? theme.curves[slot] : theme.mutedText;
    return made;
}

static QString runName(const RunSnapshot& run) {
    return localised(text(EMBELLIE_TR("train", "run {0}"), run.name.toStdString()));
}

static QColor colourOf(const RunSnapshot& run, const std::map<std::filesystem::path, QColor>& colours) {
    const auto found = colours.find(run.run);
    return found == colours.end() ? QColor() : found->second;
}

ChartData lossChart(const std::vector<RunSnapshotPtr>& runs,
                    const std::map<std::filesystem::path, QColor>& colours) {
    ChartData data;
    data.title = localised(EMBELLIE_TR("train", "Loss, per valid cell"));
    data.xLabel = localised(EMBELLIE_TR("train", "step"));
    data.solidMeans = localised(EMBELLIE_TR("train", "validation"));
    data.dashedMeans = localised(EMBELLIE_TR("train", "training"));
    data.empty = localised(EMBELLIE_TR("train", "The losses come here once a run learns"));
    for (const RunSnapshotPtr& run : runs) {
        CurveSeries series;
        series.name = runName(*run);
        series.colour = colourOf(*run, colours);
        series.stroke = CurveSeries::Stroke::Dashed;
        series.points = run->trainingLoss;
        data.series.push_back(series);
        series.stroke = CurveSeries::Stroke::Solid;
        series.points = run->validationLoss;
        series.dots = run->validationLoss.size() == 1;
        data.series.push_back(series);
    }
    return data;
}

ChartData scoreChart(const std::vector<RunSnapshotPtr>& runs,
                     const std::map<std::filesystem::path, QColor>& colours) {
    ChartData data;
    data.xLabel = localised(EMBELLIE_TR("train", "step"));
    data.empty = localised(EMBELLIE_TR("train", "A score comes at the end of each epoch"));
    if (runs.empty()) {
        data.title = localised(EMBELLIE_TR("train", "Score on whole validation fields"));
        return data;
    }
    const RunSnapshot& first = *runs.front();
    data.title = localised(text(EMBELLIE_TR("train", "{0} on whole validation fields"),
                                scoreLabel(first.request, first.mainScore).toStdString()));
    for (const RunSnapshotPtr& run : runs) {
        if (run->mainScore != first.mainScore || run->request.task != first.request.task)
            continue;
        CurveSeries series;
        series.name = runName(*run);
        series.colour = colourOf(*run, colours);
        series.points = run->score;
        series.dots = run->score.size() == 1;
        if (!run->score.empty())
            series.endLabel = series.name + QStringLiteral(": ") + numberForPeople(run->score.back().y(), 2);
        data.series.push_back(series);
        if (run->baseline && !data.baseline)
            data.baseline = ChartBaseline{*run->baseline,
                                          localised(text(EMBELLIE_TR("train", "raw, no cleaning {0}"),
                                                         numberForPeople(*run->baseline, 2).toStdString()))};
    }
    return data;
}

} // namespace embellie
