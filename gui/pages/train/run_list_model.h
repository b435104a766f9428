#pragma once

#include "gui/pages/train/run_snapshot.h"
#include "gui/scene/palette.h"

#include <QAbstractTableModel>

#include <map>

namespace embellie {

/// The list of runs: a row a run, newest first. The note can be edited.
class RunListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, StateWords, Duration, Network, Score, Note, ColumnCount };

    explicit RunListModel(QObject* parent = nullptr);

    /// Rows that stay keep their place, so that the selection holds.
    void setRuns(const std::vector<RunSnapshotPtr>& runs);
    void setTheme(const Theme& theme);
    /// Colours of the runs that are drawn, by path; a run without one is not drawn.
    void setColours(std::map<std::filesystem::path, QColor> colours);

    RunSnapshotPtr runAt(int row) const;               ///< null outside
    int rowOf(const std::filesystem::path& run) const; ///< -1 where it is not listed

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    /// The user wrote another note; who owns the model writes it down.
    void noteEdited(const std::filesystem::path& run, const QString& note);

private:
    QString textOf(const RunSnapshot& run, int column) const;
    QColor colourOf(const RunSnapshot& run, int column) const;
    bool hasOneScore() const;

    std::vector<RunSnapshotPtr> m_runs;
    std::map<std::filesystem::path, QColor> m_colours;
    Theme m_theme;
};

} // namespace embellie
