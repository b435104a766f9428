#pragma once

#include "gui/chart/curve_chart.h"
#include "gui/pages/train/run_snapshot.h"

#include <map>

namespace embellie {

/// Which runs are drawn and in which colour: a run keeps its colour while it is drawn; more than the theme
/// has colours are muted.
class RunColours {
public:
    /// @p chosen in the order of choice.
    void setChosen(const std::vector<std::filesystem::path>& chosen);
    const std::vector<std::filesystem::path>& chosen() const { return m_chosen; }
    std::map<std::filesystem::path, QColor> colours(const Theme& theme) const;

private:
    std::vector<std::filesystem::path> m_chosen;
    std::map<std::filesystem::path, std::size_t> m_slots;
};

/// Training (dashed) and validation loss (solid) of runs over their steps.
ChartData lossChart(const std::vector<RunSnapshotPtr>& runs,
                    const std::map<std::filesystem::path, QColor>& colours);
/// Main score on whole validation fields, with the raw baseline; runs that have the first run's score.
ChartData scoreChart(const std::vector<RunSnapshotPtr>& runs,
                     const std::map<std::filesystem::path, QColor>& colours);

} // namespace embellie
