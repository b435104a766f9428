#include "core/base/process.h"
#include "gui/pages/train/train_page.h"
#include "gui/scene/localised.h"
#include "gui/workspace/theme_source.h"

#include <algorithm>
#include <fstream>
#include <utility>

// What the Train page shows of its runs: list, banner, curves, sweep, log.

namespace embellie {

namespace fs = std::filesystem;

void TrainPage::showRuns() {
    m_model->setRuns(m_follower.runs());
    int row = m_wanted.empty() ? -1 : m_model->rowOf(m_wanted);
    if (row >= 0)
        m_wanted.clear();
    else if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        row = 0;
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row, RunListModel::Name));
    if (row >= 0 && std::exchange(m_showSweep, false))
        setShown(Shown::Sweep);
    m_listHint->setText(localised(
        m_model->rowCount() > 0 ? EMBELLIE_TR("train", "Ctrl+click adds a run to the curves")
                                : EMBELLIE_TR("train", "Each run that you start is listed here and kept")));
    m_setup->setNextRun(m_follower.next());
    showChosen();
    Q_EMIT completeChanged();
}

void TrainPage::selectionChanged(const QItemSelection&, const QItemSelection&) {
    std::vector<fs::path> chosen;
    std::vector<fs::path> selected;
    for (const QModelIndex& index : m_list->selectionModel()->selectedRows())
        if (const RunSnapshotPtr run = m_model->runAt(index.row()))
            selected.push_back(run->run);
    for (const fs::path& run : m_colours.chosen())
        if (std::find(selected.begin(), selected.end(), run) != selected.end())
            chosen.push_back(run);
    for (const fs::path& run : selected)
        if (std::find(chosen.begin(), chosen.end(), run) == chosen.end())
            chosen.push_back(run);
    m_colours.setChosen(chosen);
    showChosen();
}

// A picture shows what the queue says of the chosen run, or why it does not.
bool TrainPage::isComplete() const {
    const RunSnapshotPtr run = current();
    const bool isAsked = !run || isOver(run->status) || run->place.kind != SiteKind::Slurm ||
                         run->place.job.empty() || run->place.status || !run->place.trouble.empty();
    return m_follower.hasLooked() && isAsked;
}

RunSnapshotPtr TrainPage::current() const {
    return m_model->runAt(m_list->currentIndex().row());
}

void TrainPage::chooseRun(const fs::path& run) {
    const int row = m_model->rowOf(run);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row, RunListModel::Name));
}

void TrainPage::showChosen() {
    const RunSnapshotPtr run = current();
    m_panel->setRun(run);
    showBanner(run);
    const bool inSweep = run && !run->sweep.empty();
    m_sweepButton->setVisible(inSweep);
    m_compare->setEnabled(inSweep);
    if (!inSweep && m_shown == Shown::Sweep)
        setShown(Shown::Curves);
    m_sweep->setChosen(run ? run->run : fs::path());
    std::vector<RunSnapshotPtr> drawn;
    QStringList names;
    for (const fs::path& path : m_colours.chosen())
        if (const RunSnapshotPtr known = m_follower.find(path)) {
            drawn.push_back(known);
            names << known->name;
        }
    const auto colours = m_colours.colours(m_context.theme.theme());
    m_model->setColours(colours);
    m_loss->setData(lossChart(drawn, colours));
    m_score->setData(scoreChart(drawn, colours));
    if (m_shown == Shown::Sweep && run)
        m_curvesHeading->setText(
            localised(text(EMBELLIE_TR("train", "Sweep {0}"), run->sweep.filename().string())));
    else if (m_shown == Shown::Log && run)
        m_curvesHeading->setText(
            localised(text(EMBELLIE_TR("train", "Log of run {0}"), run->name.toStdString())));
    else if (names.isEmpty())
        m_curvesHeading->setText(localised(EMBELLIE_TR("train", "Curves")));
    else if (names.size() == 1)
        m_curvesHeading->setText(
            localised(text(EMBELLIE_TR("train", "Run {0}"), names.front().toStdString())));
    else
        m_curvesHeading->setText(localised(
            text(EMBELLIE_TR("train", "Runs {0}"), names.join(QStringLiteral(", ")).toStdString())));
    Q_EMIT statusChanged();
}

// What a waiting user wants to know at a glance; the panel at the right has the rest.
static QString waitingWords(const JobStatus& job) {
    QStringList parts;
    if (job.before && *job.before > 0)
        parts << localised(text(*job.before == 1 ? EMBELLIE_TR("train", "{0} job before you")
                                                 : EMBELLIE_TR("train", "{0} jobs before you"),
                                *job.before));
    else if (!job.reason.empty() && job.reason != "None")
        parts << localised(reasonWords(job.reason));
    if (job.expectedStart)
        parts << localised(text(EMBELLIE_TR("train", "starts about {0} UTC (an estimate)"),
                                isoTime(*job.expectedStart).substr(11, 5)));
    const QString said = parts.join(QStringLiteral(", "));
    return localised(said.isEmpty()
                         ? Text(EMBELLIE_TR("train", "waits in the queue. You may close this window."))
                         : text(EMBELLIE_TR("train", "waits in the queue: {0}. You may close this window."),
                                said.toStdString()));
}

void TrainPage::showBanner(const RunSnapshotPtr& run) {
    using Kind = MessageStrip::Kind;
    const bool queued = run && isQueued(*run);
    m_bannerButton->setVisible(queued);
    if (!run) {
        m_banner->setMessage(Kind::Good, {}, {});
        return;
    }
    const QString name = localised(text(EMBELLIE_TR("train", "Run {0}"), run->name.toStdString()));
    const auto reason = [&] { return reasonForPeople(run->state ? run->state->reason : std::string()); };
    if (!run->problem.isEmpty()) {
        m_banner->setMessage(Kind::Error, name, run->problem);
        return;
    }
    if (!run->place.trouble.empty() && !isOver(run->status)) {
        m_banner->setMessage(Kind::Warning, name, localised(run->place.trouble));
        return;
    }
    if (queued) {
        m_banner->setMessage(Kind::Warning, name, waitingWords(*run->place.status));
        return;
    }
    if (run->status == RunStatus::Waiting && !run->place.job.empty()) {
        m_banner->setMessage(
            Kind::Warning, name,
            localised(
                text(EMBELLIE_TR("train", "was sent to {0}. You may close this window."), run->place.label)));
        return;
    }
    switch (run->status) {
    case RunStatus::Waiting:
    case RunStatus::Starting:
        m_banner->setMessage(
            Kind::Warning, name,
            localised(EMBELLIE_TR("train", "begins: its data are read. You may close this window.")));
        break;
    case RunStatus::Running: {
        const double left = run->state ? run->state->secondsLeft : -1;
        const Text rest =
            left < 0
                ? Text(EMBELLIE_TR("train", "is learning. You may close this window: it goes on."))
                : text(EMBELLIE_TR("train", "is learning, {0} left. You may close this window: it goes on."),
                       durationForPeople(left).toStdString());
        m_banner->setMessage(Kind::Good, name, localised(rest));
        break;
    }
    case RunStatus::Stopping:
        m_banner->setMessage(Kind::Warning, name, localised(EMBELLIE_TR("train", "ends after this batch.")));
        break;
    case RunStatus::Failed:
        m_banner->setMessage(
            Kind::Error, localised(text(EMBELLIE_TR("train", "Run {0} failed:"), run->name.toStdString())),
            reason());
        break;
    case RunStatus::Lost:
        m_banner->setMessage(
            Kind::Error, name,
            localised(EMBELLIE_TR("train", "is lost: its trainer does not answer any more. Go on, at "
                                           "the right, continues it.")));
        break;
    case RunStatus::Finished:
    case RunStatus::Cancelled:
        m_banner->setMessage(Kind::Good, {}, {});
        break;
    }
}

QStringList TrainPage::statusTexts() const {
    int active = 0;
    for (const RunSnapshotPtr& run : m_follower.runs())
        active += run->problem.isEmpty() &&
                  (run->status == RunStatus::Running || run->status == RunStatus::Starting);
    QStringList texts;
    if (const RunSnapshotPtr run = current())
        texts << localised(text(EMBELLIE_TR("train", "Run {0} {1}"), run->name.toStdString(),
                                statusForPeople(*run).toStdString()));
    else
        texts << localised(EMBELLIE_TR("train", "No run yet"));
    if (active > 1)
        texts << localised(text(EMBELLIE_TR("train", "{0} runs at work"), active));
    texts << localised(text(EMBELLIE_TR("train", "runs in {0}"), m_follower.folder().string()));
    return texts;
}

void TrainPage::setShown(Shown shown) {
    const bool isOther = shown != m_shown;
    m_shown = shown;
    m_stack->setCurrentIndex(int(shown)); // as they were added
    m_panel->setLogShown(shown == Shown::Log);
    m_sweepButton->setChecked(shown == Shown::Sweep);
    if (isOther) {
        m_log->clear();
        m_sweep->setSweep(nullptr);
    }
    if (shown == Shown::Curves)
        m_lookTimer.stop();
    else
        m_lookTimer.start();
    if (shown == Shown::Log)
        readLog();
    else if (shown == Shown::Sweep)
        readSweep();
    if (isOther)
        showChosen();
}

void TrainPage::readSweep() {
    const RunSnapshotPtr run = current();
    if (!run || run->sweep.empty() || m_reading)
        return;
    m_reading = true;
    m_context.session.work().run(
        QString(), [folder = run->sweep](Feedback&) { return readSweepSnapshot(folder); },
        [this](SweepSnapshotPtr sweep) {
            m_reading = false;
            m_sweep->setSweep(std::move(sweep));
        },
        [this](const std::exception& error) {
            m_reading = false;
            Q_EMIT problem(localised(error));
        },
        true);
}

void TrainPage::readLog() {
    const RunSnapshotPtr run = current();
    if (!run || m_reading)
        return;
    m_reading = true;
    constexpr std::size_t TailBytes = 64 << 10;
    m_context.session.work().run(
        QString(), [path = run->run](Feedback&) { return logTail(path, TailBytes); },
        [this](const QString& log) {
            m_reading = false;
            const QString shown = log.isEmpty() ? localised(EMBELLIE_TR("train", "The log is empty.")) : log;
            if (shown == m_log->toPlainText())
                return;
            m_log->setPlainText(shown);
            m_log->moveCursor(QTextCursor::End);
        },
        [this](const std::exception& error) {
            m_reading = false;
            Q_EMIT problem(localised(error));
        },
        true);
}

std::set<pid_t> processesHere(const std::vector<RunSnapshotPtr>& runs) {
    std::set<pid_t> processes;
    const std::string host = hostName();
    for (const RunSnapshotPtr& run : runs)
        if (run->state && !isOver(run->status) && run->state->host == host && !run->place.isMirror)
            processes.insert(run->state->pid);
    return processes;
}

std::vector<GpuUse> gpuUses(const std::vector<RunSnapshotPtr>& runs) {
    std::vector<GpuUse> uses;
    const std::string host = hostName();
    for (const RunSnapshotPtr& run : runs) {
        const bool isElsewhere = run->place.isMirror || (run->state && run->state->host != host);
        const bool works = run->status == RunStatus::Running || run->status == RunStatus::Stopping;
        if (!isElsewhere || !works || run->place.resources.gpus <= 0)
            continue;
        GpuUse use;
        use.site = QString::fromStdString(run->place.label);
        use.run = run->name;
        use.gpus = run->place.resources.gpus;
        use.bytes = double(run->state->peakMemoryBytes);
        uses.push_back(use);
    }
    return uses;
}

QString logTail(const fs::path& run, std::size_t bytes) {
    std::ifstream file(RunPaths{run}.log(), std::ios::binary);
    file.seekg(0, std::ios::end);
    const auto size = file.tellg();
    if (!file || size <= 0)
        return {};
    const auto from = std::max<std::streamoff>(0, std::streamoff(size) - std::streamoff(bytes));
    file.seekg(from);
    std::string tail(std::size_t(std::streamoff(size) - from), '\0');
    file.read(tail.data(), std::streamsize(tail.size()));
    tail.resize(std::size_t(file.gcount()));
    if (from > 0)
        tail.erase(0, tail.find('\n') + 1);
    while (!tail.empty() && tail.back() == '\n')
        tail.pop_back();
    return QString::fromStdString(tail);
}

} // namespace embellie
