#pragma once

#include "core/launch/sweep.h"
#include "gui/chart/parallel_chart.h"
#include "gui/scene/palette.h"

#include <QAbstractTableModel>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QWidget>

#include <filesystem>
#include <memory>

namespace embellie {

/// A sweep as the window shows it: made on a worker, then shared and only read.
struct SweepSnapshot {
    RunSweep sweep;
    std::vector<SweepRow> rows;        ///< in the order of the runs
    QStringList labels;                ///< of the axes
    QString scoreLabel;                ///< "CSI, 0 dBZ"
    std::vector<std::size_t> hopeless; ///< of rows that are at work
};
using SweepSnapshotPtr = std::shared_ptr<const SweepSnapshot>;
/// @throws Error
SweepSnapshotPtr readSweepSnapshot(const std::filesystem::path& folder);

/// Indices of rows, the best first; those without a score last, in their order.
std::vector<std::size_t> rankedRows(const SweepSnapshot& sweep);
/// A line a run, an axis a setting, the score at the right. @p chosen is drawn strong, as is the best.
ParallelData parallelDataOf(const SweepSnapshot& sweep, const std::filesystem::path& chosen,
                            const Theme& theme);

/// The runs of a sweep by rank: what was varied, how far each is, its score.
class SweepTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit SweepTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    void setSweep(SweepSnapshotPtr sweep);
    void setTheme(const Theme& theme);
    std::filesystem::path runAt(int row) const;
    int rowOf(const std::filesystem::path& run) const; ///< -1 where it is not listed

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    SweepSnapshotPtr m_sweep;
    std::vector<std::size_t> m_order;
    Theme m_theme;
};

/// Which values lead where: parallel coordinates over a ranked table, and what may be stopped.
class SweepView : public QWidget {
    Q_OBJECT
public:
    explicit SweepView(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setSweep(SweepSnapshotPtr sweep); ///< null: nothing is known yet
    void setChosen(const std::filesystem::path& run);
    ParallelChart& chart() { return *m_chart; }

Q_SIGNALS:
    void runChosen(const std::filesystem::path& run);
    void stopWanted(const std::vector<std::filesystem::path>& runs);

private:
    void showSweep();

    SweepSnapshotPtr m_sweep;
    std::filesystem::path m_chosen;
    Theme m_theme;
    ParallelChart* m_chart;
    SweepTableModel* m_model;
    QTableView* m_table;
    QLabel* m_summary;
    QPushButton *m_stopHopeless, *m_stopAll;
};

} // namespace embellie
