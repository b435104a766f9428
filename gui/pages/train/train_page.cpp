#include "gui/pages/train/train_page.h"

#include "core/launch/launch.h"
#include "gui/action/action_list.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"
#include "gui/workspace/theme_source.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <fstream>

namespace embellie {

namespace fs = std::filesystem;

static QLabel* semibold() {
    auto* label = new QLabel;
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

static QFrame* lineAcross() {
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedHeight(1);
    return line;
}

TrainPage::TrainPage(PageContext context, QWidget* parent)
    : Page(parent), m_context(context), m_follower(runsFolder()), m_model(new RunListModel(this)),
      m_setup(new TrainSetup(context.session)), m_panel(new RunPanel), m_banner(new MessageStrip),
      m_curvesHeading(semibold()), m_listHint(new QLabel), m_loss(new CurveChart), m_score(new CurveChart),
      m_stack(new QStackedWidget), m_log(new QPlainTextEdit), m_list(new QTableView) {
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_setup);
    splitter->addWidget(makeCentre());
    splitter->addWidget(m_panel);
    m_setup->setMinimumWidth(34 * fontMetrics().averageCharWidth());
    m_panel->setMinimumWidth(22 * fontMetrics().averageCharWidth());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({388, 704, 188});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    m_newRun = context.actions.add(
        this,
        {QStringLiteral("train.new"),
         localised(EMBELLIE_TR("train", "New run")),
         localised(EMBELLIE_TR("train", "Put the form back to its defaults, without data")),
         {}},
        [this] {
            RunRequest fresh = m_setup->request();
            fresh.settings.clear();
            fresh.data.clear();
            m_setup->copyFrom(fresh);
        });
    connect(&m_follower, &RunFollower::changed, this, &TrainPage::showRuns);
    connect(&m_follower, &RunFollower::problem, this, &Page::problem);
    connect(m_setup, &TrainSetup::startWanted, this, &TrainPage::start);
    connect(m_setup, &TrainSetup::folderWanted, this, &TrainPage::chooseFolder);
    connect(m_model, &RunListModel::noteEdited, this, [this](const fs::path& run, const QString& note) {
        m_context.session.work().run(
            QString(), [run, note](Feedback&) { writeNote(run, note); }, [] {},
            [this](const std::exception& error) { Q_EMIT problem(localised(error)); }, true);
    });
    connect(m_panel, &RunPanel::stopWanted, this, [this](const fs::path& run) { stop(run, false); });
    connect(m_panel, &RunPanel::discardWanted, this, [this](const fs::path& run) { stop(run, true); });
    connect(m_panel, &RunPanel::goOnWanted, this, &TrainPage::goOn);
    connect(m_panel, &RunPanel::copyWanted, this, [this](const fs::path& run) {
        if (const RunSnapshotPtr known = m_follower.find(run))
            m_setup->copyFrom(known->request);
    });
    connect(m_panel, &RunPanel::logWanted, this, [this] { setLogShown(m_stack->currentWidget() != m_log); });
    connect(m_panel, &RunPanel::judgeWanted, this,
            [this](const fs::path& run) { Q_EMIT pageWanted(QStringLiteral("judge"), run); });
    connect(&m_context.theme, &ThemeSource::changed, this, &TrainPage::takeTheme);
    m_logTimer.setInterval(1000);
    connect(&m_logTimer, &QTimer::timeout, this, &TrainPage::readLog);
    takeTheme();
    showRuns();
}

QString TrainPage::title() const {
    return localised(EMBELLIE_TR("train", "Train"));
}

QString TrainPage::toolTipText() const {
    return localised(EMBELLIE_TR("train", "Teach a network, and follow all runs"));
}

QWidget* TrainPage::makeCentre() {
    auto* charts = new QWidget;
    auto* row = new QHBoxLayout(charts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_loss, 1);
    row->addWidget(m_score, 1);
    m_log->setReadOnly(true);
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_stack->addWidget(charts);
    m_stack->addWidget(m_log);
    auto* upper = new QWidget;
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_banner);
    column->addWidget(m_curvesHeading);
    column->addWidget(m_stack, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(makeList());
    splitter->setStretchFactor(0, 4);
    splitter->setStretchFactor(1, 3);
    return splitter;
}

QWidget* TrainPage::makeList() {
    m_list->setModel(m_model);
    m_list->setObjectName(QStringLiteral("train.runs"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTabKeyNavigation(false);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 6);
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    QHeaderView* header = m_list->horizontalHeader();
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(8 * fontMetrics().averageCharWidth());
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(RunListModel::Note, QHeaderView::Stretch);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TrainPage::selectionChanged);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TrainPage::showChosen);
    auto* heading = semibold();
    heading->setText(localised(EMBELLIE_TR("train", "Runs")));
    auto* title = new QHBoxLayout;
    title->setContentsMargins(8, 6, 8, 6);
    title->setSpacing(16);
    title->addWidget(heading);
    title->addWidget(m_listHint, 1);
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(title);
    column->addWidget(lineAcross());
    column->addWidget(m_list, 1);
    return list;
}

void TrainPage::takeTheme() {
    const Theme& theme = m_context.theme.theme();
    m_setup->setTheme(theme);
    m_panel->setTheme(theme);
    m_banner->setTheme(theme);
    m_model->setTheme(theme);
    m_loss->setTheme(theme);
    m_score->setTheme(theme);
    setTextColour(m_listHint, theme.mutedText);
    for (QFrame* line : findChildren<QFrame*>())
        if (line->frameShape() == QFrame::HLine)
            setTextColour(line, theme.border);
    showChosen();
}

void TrainPage::shown() {
    m_follower.refresh();
}

bool TrainPage::openRun(const fs::path& run) {
    if (!isRunDirectory(run))
        return false;
    m_wanted = fs::absolute(run).lexically_normal();
    m_follower.add(m_wanted);
    return true;
}

void TrainPage::start() {
    m_setup->setStarting(true);
    m_context.session.work().run(
        localised(EMBELLIE_TR("train", "Starting a run")),
        [request = m_setup->request(), folder = m_follower.folder()](Feedback&) {
            checkRequest(request);
            const fs::path run = nextRun(folder);
            createRun(run, request);
            startHere(run);
            return run;
        },
        [this](const fs::path& run) {
            m_setup->setStarting(false);
            m_wanted = run;
            m_follower.refresh();
        },
        [this](const std::exception& error) {
            m_setup->setStarting(false);
            m_setup->setRefusal(localised(error));
            m_follower.refresh();
        });
}

void TrainPage::goOn(const fs::path& run) {
    m_context.session.work().run(
        localised(EMBELLIE_TR("train", "Continuing a run")), [run](Feedback&) { startHere(run); },
        [this] { m_follower.refresh(); },
        [this](const std::exception& error) { Q_EMIT problem(localised(error)); });
}

void TrainPage::stop(const fs::path& run, bool discard) {
    m_context.session.work().run(
        localised(EMBELLIE_TR("train", "Asking the trainer to end")),
        [run, discard](Feedback&) { requestStop(run, discard); }, [this] { m_follower.refresh(); },
        [this](const std::exception& error) { Q_EMIT problem(localised(error)); });
}

void TrainPage::chooseFolder() {
    const QString chosen = QFileDialog::getExistingDirectory(
        window(), localised(EMBELLIE_TR("train", "Folder of runs")), toQString(m_follower.folder()));
    if (chosen.isEmpty())
        return;
    setRunsFolder(toPath(chosen));
    m_follower.setFolder(toPath(chosen));
}

void TrainPage::showRuns() {
    m_model->setRuns(m_follower.runs());
    int row = m_wanted.empty() ? -1 : m_model->rowOf(m_wanted);
    if (row >= 0)
        m_wanted.clear();
    else if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        row = 0;
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row, RunListModel::Name));
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

RunSnapshotPtr TrainPage::current() const {
    return m_model->runAt(m_list->currentIndex().row());
}

void TrainPage::showChosen() {
    const RunSnapshotPtr run = current();
    m_panel->setRun(run);
    showBanner(run);
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
    if (m_stack->currentWidget() == m_log && run)
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

void TrainPage::showBanner(const RunSnapshotPtr& run) {
    using Kind = MessageStrip::Kind;
    if (!run) {
        m_banner->setMessage(Kind::Good, {}, {});
        return;
    }
    const QString name = localised(text(EMBELLIE_TR("train", "Run {0}"), run->name.toStdString()));
    const auto reason = [&] {
        return QString::fromStdString(run->state ? run->state->reason : std::string());
    };
    if (!run->problem.isEmpty()) {
        m_banner->setMessage(Kind::Error, name, run->problem);
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

void TrainPage::setLogShown(bool shown) {
    m_stack->setCurrentWidget(shown ? static_cast<QWidget*>(m_log) : m_stack->widget(0));
    m_panel->setLogShown(shown);
    m_log->clear();
    if (shown) {
        m_logTimer.start();
        readLog();
    } else {
        m_logTimer.stop();
    }
    showChosen();
}

void TrainPage::readLog() {
    const RunSnapshotPtr run = current();
    if (!run || m_readingLog)
        return;
    m_readingLog = true;
    constexpr std::size_t TailBytes = 64 << 10;
    m_context.session.work().run(
        QString(), [path = run->run](Feedback&) { return logTail(path, TailBytes); },
        [this](const QString& log) {
            m_readingLog = false;
            const QString shown = log.isEmpty() ? localised(EMBELLIE_TR("train", "The log is empty.")) : log;
            if (shown == m_log->toPlainText())
                return;
            m_log->setPlainText(shown);
            m_log->moveCursor(QTextCursor::End);
        },
        [this](const std::exception& error) {
            m_readingLog = false;
            Q_EMIT problem(localised(error));
        },
        true);
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
