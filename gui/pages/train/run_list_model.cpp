#include "gui/pages/train/run_list_model.h"

#include "gui/scene/localised.h"

#include <QPixmap>
#include <QPainter>

#include <algorithm>

namespace embellie {

RunListModel::RunListModel(QObject* parent) : QAbstractTableModel(parent) {}

int RunListModel::rowOf(const std::filesystem::path& run) const {
    const auto found =
        std::find_if(m_runs.begin(), m_runs.end(), [&](const auto& known) { return known->run == run; });
    return found == m_runs.end() ? -1 : int(found - m_runs.begin());
}

RunSnapshotPtr RunListModel::runAt(int row) const {
    return row >= 0 && row < int(m_runs.size()) ? m_runs[std::size_t(row)] : nullptr;
}

void RunListModel::setRuns(const std::vector<RunSnapshotPtr>& runs) {
    const auto isListed = [](const std::vector<RunSnapshotPtr>& list, const RunSnapshotPtr& run) {
        return std::any_of(list.begin(), list.end(),
                           [&](const auto& other) { return other->run == run->run; });
    };
    for (int row = int(m_runs.size()) - 1; row >= 0; --row) {
        if (isListed(runs, m_runs[std::size_t(row)]))
            continue;
        beginRemoveRows({}, row, row);
        m_runs.erase(m_runs.begin() + row);
        endRemoveRows();
    }
    for (std::size_t row = 0; row < runs.size(); ++row) {
        if (row < m_runs.size() && m_runs[row]->run == runs[row]->run) {
            if (m_runs[row] == runs[row])
                continue;
            m_runs[row] = runs[row];
            Q_EMIT dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
        } else if (!isListed(m_runs, runs[row])) {
            beginInsertRows({}, int(row), int(row));
            m_runs.insert(m_runs.begin() + std::ptrdiff_t(row), runs[row]);
            endInsertRows();
        } else {
            beginResetModel();
            m_runs = runs;
            endResetModel();
            break;
        }
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, Score, Score);
}

void RunListModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_runs.size()) - 1, ColumnCount - 1));
}

void RunListModel::setColours(std::map<std::filesystem::path, QColor> colours) {
    if (colours == m_colours)
        return;
    m_colours = std::move(colours);
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, Name), index(int(m_runs.size()) - 1, Name), {Qt::DecorationRole});
}

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

bool RunListModel::hasOneScore() const {
    return std::all_of(m_runs.begin(), m_runs.end(), [&](const auto& run) {
        return run->mainScore.empty() || run->mainScore == m_runs.front()->mainScore;
    });
}

QString RunListModel::textOf(const RunSnapshot& run, int column) const {
    switch (column) {
    case Name:
        return run.name;
    case StateWords:
        return statusForPeople(run);
    case Duration:
        return durationForPeople(run.seconds);
    case Network:
        return run.network;
    case Score: {
        if (!run.best)
            return QStringLiteral("—");
        const QString number = numberForPeople(*run.best, 2);
        return hasOneScore() ? number : scoreLabel(run.request, run.mainScore) + QLatin1Char(' ') + number;
    }
    case Note:
        return run.note;
    default:
        return {};
    }
}

QColor RunListModel::colourOf(const RunSnapshot& run, int column) const {
    if (column != StateWords)
        return m_theme.text;
    if (!run.problem.isEmpty())
        return m_theme.error;
    switch (run.status) {
    case RunStatus::Waiting:
    case RunStatus::Starting:
    case RunStatus::Stopping:
        return m_theme.warning;
    case RunStatus::Finished:
        return m_theme.good;
    case RunStatus::Failed:
    case RunStatus::Lost:
        return m_theme.error;
    case RunStatus::Running:
        return m_theme.link;
    case RunStatus::Cancelled:
        break;
    }
    return m_theme.text;
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    const RunSnapshotPtr run = runAt(index.row());
    if (!run || !index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return textOf(*run, index.column());
    case Qt::ForegroundRole:
        return colourOf(*run, index.column());
    case Qt::TextAlignmentRole: {
        const bool right = index.column() == Duration || index.column() == Score;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole: {
        if (index.column() == Note)
            return localised(EMBELLIE_TR("train", "A note of your own: double click to write it"));
        if (!run->problem.isEmpty())
            return run->problem;
        if (run->state && !run->state->reason.empty())
            return reasonForPeople(run->state->reason);
        return QString::fromStdString(run->run.string());
    }
    case Qt::DecorationRole: {
        if (index.column() != Name)
            return {};
        QPixmap swatch(14, 8);
        swatch.fill(Qt::transparent);
        const auto colour = m_colours.find(run->run);
        if (colour != m_colours.end())
            QPainter(&swatch).fillRect(0, 3, 14, 3, colour->second);
        return swatch;
    }
    default:
        return {};
    }
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Duration || section == Score ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return localised(EMBELLIE_TR("train", "Run"));
    case StateWords:
        return localised(EMBELLIE_TR("train", "State"));
    case Duration:
        return localised(EMBELLIE_TR("train", "Time"));
    case Network:
        return localised(EMBELLIE_TR("train", "Network"));
    case Note:
        return localised(EMBELLIE_TR("train", "Note"));
    case Score:
        if (!m_runs.empty() && hasOneScore() && !m_runs.front()->mainScore.empty())
            return scoreLabel(m_runs.front()->request, m_runs.front()->mainScore);
        return localised(EMBELLIE_TR("train", "Score"));
    default:
        return {};
    }
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == Note)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const RunSnapshotPtr run = runAt(index.row());
    if (!run || role != Qt::EditRole || index.column() != Note)
        return false;
    const QString note = value.toString().simplified();
    if (note == run->note)
        return false;
    RunSnapshot changed = *run;
    changed.note = note;
    m_runs[std::size_t(index.row())] = std::make_shared<RunSnapshot>(std::move(changed));
    Q_EMIT dataChanged(index, index);
    Q_EMIT noteEdited(run->run, note);
    return true;
}

} // namespace embellie
