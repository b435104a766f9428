#include "gui/pages/train/sweep_view.h"

#include "gui/form/field_frame.h"
#include "gui/pages/train/run_snapshot.h"
#include "gui/scene/localised.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace embellie {

namespace fs = std::filesystem;

namespace {

std::optional<double> numberOf(const std::string& text) {
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && stop == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// A value of a setting in the window's locale.
QString valueForPeople(const std::string& value) {
    const std::optional<double> number = numberOf(value);
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    return number ? plain.toString(*number, 'g', 6) : QString::fromStdString(value);
}

bool isAtWork(const SweepRow& row) {
    return !row.summary.problem && !isOver(row.summary.status) && row.summary.status != RunStatus::Lost;
}

/// Axis values in their order: numbers by size, others as they were given.
std::vector<std::string> orderedValues(const SweepAxis& axis) {
    std::vector<std::string> values = axis.values;
    if (std::all_of(values.begin(), values.end(), [](const auto& value) { return numberOf(value); }))
        std::stable_sort(values.begin(), values.end(),
                         [](const auto& a, const auto& b) { return *numberOf(a) < *numberOf(b); });
    return values;
}

Limits scoreLimits(const SweepSnapshot& sweep) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const SweepRow& row : sweep.rows)
        if (row.score && std::isfinite(*row.score)) {
            low = std::min(low, *row.score);
            high = std::max(high, *row.score);
        }
    if (!(low <= high))
        return {0, 1};
    const std::vector<double> edges = roundEdges({low, std::max(high, low + 1e-3)}, 8);
    return {edges.front(), edges.back()};
}

QString stateOf(const SweepRow& row) {
    RunSnapshot shown;
    shown.status = row.summary.status;
    shown.state = row.summary.state;
    if (row.summary.problem)
        shown.problem = localised(*row.summary.problem);
    return statusForPeople(shown);
}

} // namespace

SweepSnapshotPtr readSweepSnapshot(const fs::path& folder) {
    auto made = std::make_shared<SweepSnapshot>();
    made->sweep = readSweep(folder);
    made->rows = sweepTable(made->sweep);
    if (made->rows.empty())
        return made;
    const RunRequest& request = made->rows.front().summary.request;
    const TaskInfo& task = taskOf(request.task);
    const SettingTable table = settingsOf(task, networkOf(request.network));
    for (const SweepAxis& axis : made->sweep.axes) {
        const Setting* setting = table.find(axis.key);
        made->labels << (setting ? localised(setting->label) : QString::fromStdString(axis.key));
    }
    made->scoreLabel = scoreLabel(request, task.mainScore);
    made->hopeless = hopelessRuns(made->rows, higherIsBetter(request));
    return made;
}

std::vector<std::size_t> rankedRows(const SweepSnapshot& sweep) {
    std::vector<std::size_t> order(sweep.rows.size());
    for (std::size_t at = 0; at < order.size(); ++at)
        order[at] = at;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int first = sweep.rows[a].rank, second = sweep.rows[b].rank;
        return first > 0 && (second == 0 || first < second);
    });
    return order;
}

ParallelData parallelDataOf(const SweepSnapshot& sweep, const fs::path& chosen, const Theme& theme) {
    ParallelData data;
    data.empty = localised(EMBELLIE_TR("train", "The runs of the sweep come here"));
    std::vector<std::vector<std::string>> values;
    for (std::size_t axis = 0; axis < sweep.sweep.axes.size(); ++axis) {
        values.push_back(orderedValues(sweep.sweep.axes[axis]));
        QStringList shown;
        for (const std::string& value : values.back())
            shown << valueForPeople(value);
        data.axes.push_back(categoryAxis(
            sweep.labels.value(qsizetype(axis), QString::fromStdString(sweep.sweep.axes[axis].key)), shown));
    }
    const Limits limits = scoreLimits(sweep);
    data.axes.push_back(valueAxis(sweep.scoreLabel, limits));
    for (const SweepRow& row : sweep.rows) {
        ParallelLine line;
        line.name = localised(text(EMBELLIE_TR("train", "run {0}"), row.run.filename().string()));
        for (std::size_t axis = 0; axis < values.size() && axis < row.values.size(); ++axis) {
            const auto found = std::find(values[axis].begin(), values[axis].end(), row.values[axis]);
            const auto& ticks = data.axes[axis].ticks;
            line.places.push_back(found == values[axis].end()
                                      ? std::numeric_limits<double>::quiet_NaN()
                                      : ticks[std::size_t(found - values[axis].begin())].place);
        }
        line.places.push_back(row.score ? placeOf(*row.score, limits)
                                        : std::numeric_limits<double>::quiet_NaN());
        const bool isBest = row.rank == 1, isChosen = row.run == chosen;
        line.strong = isBest || isChosen;
        line.colour = isChosen && !theme.curves.empty() ? theme.curves.front()
                      : isBest                          ? theme.good
                                                        : theme.controlBorder;
        const RunStatus status = row.summary.status;
        line.dashed = status == RunStatus::Failed || status == RunStatus::Cancelled ||
                      status == RunStatus::Lost ||
                      (status == RunStatus::Finished && row.summary.state &&
                       row.summary.state->step < row.summary.state->steps);
        data.lines.push_back(std::move(line));
    }
    return data;
}

void SweepTableModel::setSweep(SweepSnapshotPtr sweep) {
    beginResetModel();
    m_sweep = std::move(sweep);
    m_order = m_sweep ? rankedRows(*m_sweep) : std::vector<std::size_t>();
    endResetModel();
}

void SweepTableModel::setTheme(const Theme& theme) {
    beginResetModel();
    m_theme = theme;
    endResetModel();
}

fs::path SweepTableModel::runAt(int row) const {
    return row >= 0 && std::size_t(row) < m_order.size() ? m_sweep->rows[m_order[std::size_t(row)]].run
                                                         : fs::path();
}

int SweepTableModel::rowOf(const fs::path& run) const {
    for (std::size_t row = 0; row < m_order.size(); ++row)
        if (m_sweep->rows[m_order[row]].run == run)
            return int(row);
    return -1;
}

int SweepTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_order.size());
}

// Rank, run, what was varied, state, score.
int SweepTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_sweep ? 0 : int(m_sweep->sweep.axes.size()) + 4;
}

QVariant SweepTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || std::size_t(index.row()) >= m_order.size())
        return {};
    const std::size_t at = m_order[std::size_t(index.row())];
    const SweepRow& row = m_sweep->rows[at];
    const int axes = int(m_sweep->sweep.axes.size());
    const int axis = index.column() - 2;
    const bool isState = index.column() == axes + 2, isScore = index.column() == axes + 3;
    const bool hopeless =
        std::find(m_sweep->hopeless.begin(), m_sweep->hopeless.end(), at) != m_sweep->hopeless.end();
    if (role == Qt::TextAlignmentRole) {
        const bool right = index.column() == 0 || isScore ||
                           (axis >= 0 && axis < axes && std::size_t(axis) < row.values.size() &&
                            numberOf(row.values[std::size_t(axis)]));
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ForegroundRole) {
        if (isState && hopeless)
            return m_theme.warning;
        if (isState && (row.summary.problem || row.summary.status == RunStatus::Failed ||
                        row.summary.status == RunStatus::Lost))
            return m_theme.error;
        return row.rank == 1 ? m_theme.good : m_theme.text;
    }
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(row.run.string());
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == 0)
        return row.rank > 0 ? QString::number(row.rank) : QStringLiteral("—");
    if (index.column() == 1)
        return QString::fromStdString(row.run.filename().string());
    if (isState)
        return hopeless ? localised(text(EMBELLIE_TR("train", "{0}, hopeless"), stateOf(row).toStdString()))
                        : stateOf(row);
    if (isScore)
        return row.score ? numberForPeople(*row.score, 3) : QStringLiteral("—");
    return std::size_t(axis) < row.values.size() ? valueForPeople(row.values[std::size_t(axis)]) : QString();
}

QVariant SweepTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || !m_sweep)
        return {};
    const int axes = int(m_sweep->sweep.axes.size());
    if (role == Qt::TextAlignmentRole)
        return int((section == 0 || section == axes + 3 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return localised(EMBELLIE_TR("train", "Rank"));
    if (section == 1)
        return localised(EMBELLIE_TR("train", "Run"));
    if (section == axes + 2)
        return localised(EMBELLIE_TR("train", "State"));
    if (section == axes + 3)
        return m_sweep->scoreLabel;
    return m_sweep->labels.value(section - 2);
}

SweepView::SweepView(QWidget* parent)
    : QWidget(parent), m_chart(new ParallelChart), m_model(new SweepTableModel(this)),
      m_table(new QTableView), m_summary(new QLabel),
      m_stopHopeless(new QPushButton(localised(EMBELLIE_TR("train", "Stop the hopeless")))),
      m_stopAll(new QPushButton(localised(EMBELLIE_TR("train", "Stop all")))) {
    m_stopHopeless->setObjectName(QStringLiteral("sweep.stop"));
    m_stopHopeless->setToolTip(localised(
        EMBELLIE_TR("train", "End the runs whose best score lies below the median of what the others had "
                             "reached by then; they keep their weights")));
    m_stopAll->setObjectName(QStringLiteral("sweep.stop_all"));
    m_stopAll->setToolTip(localised(
        EMBELLIE_TR("train", "End all runs of the sweep that work or wait; they keep their weights")));
    m_chart->setObjectName(QStringLiteral("sweep.chart"));
    m_table->setObjectName(QStringLiteral("sweep.table"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 6);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_summary->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_summary, 1);
    row->addWidget(m_stopHopeless);
    row->addWidget(m_stopAll);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(row);
    column->addWidget(m_chart, 3);
    column->addWidget(m_table, 2);
    connect(m_chart, &ParallelChart::chosen, this, [this](int line) {
        if (m_sweep && std::size_t(line) < m_sweep->rows.size())
            Q_EMIT runChosen(m_sweep->rows[std::size_t(line)].run);
    });
    connect(m_table, &QTableView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT runChosen(m_model->runAt(index.row())); });
    connect(m_stopHopeless, &QPushButton::clicked, this, [this] {
        std::vector<fs::path> runs;
        for (const std::size_t at : m_sweep->hopeless)
            runs.push_back(m_sweep->rows[at].run);
        Q_EMIT stopWanted(runs);
    });
    connect(m_stopAll, &QPushButton::clicked, this, [this] {
        std::vector<fs::path>
            runs; // the last first, so that none that waits takes the place of one that ended
        for (auto one = m_sweep->rows.rbegin(); one != m_sweep->rows.rend(); ++one)
            if (isAtWork(*one))
                runs.push_back(one->run);
        Q_EMIT stopWanted(runs);
    });
    showSweep();
}

void SweepView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_chart->setTheme(theme);
    m_model->setTheme(theme);
    setTextColour(m_summary, theme.mutedText);
    showSweep();
}

void SweepView::setSweep(SweepSnapshotPtr sweep) {
    m_sweep = std::move(sweep);
    m_model->setSweep(m_sweep);
    if (m_sweep) // the words take what the numbers leave
        m_table->horizontalHeader()->setSectionResizeMode(int(m_sweep->sweep.axes.size()) + 2,
                                                          QHeaderView::Stretch);
    showSweep();
}

void SweepView::setChosen(const fs::path& run) {
    if (run == m_chosen)
        return;
    m_chosen = run;
    showSweep();
}

void SweepView::showSweep() {
    m_stopHopeless->setEnabled(m_sweep && !m_sweep->hopeless.empty());
    m_stopAll->setEnabled(m_sweep && std::any_of(m_sweep->rows.begin(), m_sweep->rows.end(), isAtWork));
    if (!m_sweep) {
        m_chart->setData({});
        m_summary->setText(localised(EMBELLIE_TR("train", "The sweep is being read")));
        return;
    }
    m_chart->setData(parallelDataOf(*m_sweep, m_chosen, m_theme));
    const auto over = std::count_if(m_sweep->rows.begin(), m_sweep->rows.end(), [](const SweepRow& row) {
        return row.summary.problem || isOver(row.summary.status);
    });
    m_summary->setText(localised(
        text(EMBELLIE_TR("train", "{0} of {1} runs are over. Click a line or a row to see its run."), over,
             m_sweep->rows.size())));
    const int row = m_model->rowOf(m_chosen);
    if (row >= 0)
        m_table->selectRow(row);
    else
        m_table->clearSelection();
}

} // namespace embellie
