#include "gui/pages/train/train_page.h"

#include "gui/action/action_list.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"
#include "gui/workspace/theme_source.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

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
    : Page(parent), m_context(context), m_follower(runsFolder(), &context.desk),
      m_model(new RunListModel(this)), m_setup(new TrainSetup(context.session)), m_panel(new RunPanel),
      m_banner(new MessageStrip), m_curvesHeading(semibold()), m_listHint(new QLabel), m_loss(new CurveChart),
      m_score(new CurveChart), m_stack(new QStackedWidget), m_log(new QPlainTextEdit), m_sweep(new SweepView),
      m_sweepButton(new QToolButton), m_bannerButton(new QPushButton), m_list(new QTableView) {
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_setup);
    splitter->addWidget(makeCentre());
    splitter->addWidget(m_panel);
    m_setup->setMinimumWidth(34 * fontMetrics().averageCharWidth());
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
        [this] { m_setup->putBack(); });
    m_compare = context.actions.add(
        this,
        {QStringLiteral("train.compare"),
         localised(EMBELLIE_TR("train", "Compare the sweep")),
         localised(EMBELLIE_TR("train", "Show which values lead to which score, in place of the curves")),
         {}},
        [this] {
            const RunSnapshotPtr run = current();
            if (run && !run->sweep.empty())
                setShown(m_shown == Shown::Sweep ? Shown::Curves : Shown::Sweep);
        });
    connect(&m_follower, &RunFollower::changed, this, &TrainPage::showRuns);
    connect(&m_follower, &RunFollower::problem, this, &Page::problem);
    connect(m_setup, &TrainSetup::startWanted, this, &TrainPage::start);
    connect(m_setup, &TrainSetup::folderWanted, this, &TrainPage::chooseFolder);
    connect(&m_setup->site(), &SiteForm::siteChosen, this, &TrainPage::askLimits);
    const auto note = [this](const fs::path& run, const QString& words) {
        act(EMBELLIE_TR("train", "Writing the note"), [run, words](RunDesk& desk, Feedback& feedback) {
            desk.note(run, words.toStdString(), feedback);
        });
    };
    connect(m_model, &RunListModel::noteEdited, this, note);
    connect(m_panel, &RunPanel::noteEdited, this, note);
    const auto stop = [this](const std::vector<fs::path>& runs, bool discard) {
        act(EMBELLIE_TR("train", "Asking the trainer to end"),
            [runs, discard](RunDesk& desk, Feedback& feedback) {
                std::optional<Error> problem; // one that can't be asked keeps no other from being asked
                for (const fs::path& run : runs) {
                    feedback.throwIfCancelled();
                    try {
                        desk.stop(run, discard, feedback);
                    } catch (const Error& error) {
                        problem = error;
                    }
                }
                if (problem)
                    throw *problem;
            });
    };
    connect(m_panel, &RunPanel::stopWanted, this, [stop](const fs::path& run) { stop({run}, false); });
    connect(m_panel, &RunPanel::discardWanted, this, [stop](const fs::path& run) { stop({run}, true); });
    connect(m_sweep, &SweepView::stopWanted, this, [stop](const auto& runs) { stop(runs, false); });
    connect(m_panel, &RunPanel::goOnWanted, this, [this](const fs::path& run) {
        act(EMBELLIE_TR("train", "Continuing a run"),
            [run](RunDesk& desk, Feedback& feedback) { desk.goOn(run, feedback); });
    });
    connect(m_panel, &RunPanel::extendWanted, this, [this](const fs::path& run) {
        act(EMBELLIE_TR("train", "Extending a run"),
            [run](RunDesk& desk, Feedback& feedback) { desk.extend(run, feedback); });
    });
    connect(m_panel, &RunPanel::fetchWanted, this, [this](const fs::path& run) {
        act(EMBELLIE_TR("train", "Fetching weights and samples"), [run](RunDesk& desk, Feedback& feedback) {
            desk.fetch(run, RunPart::Weights, 0, feedback);
            desk.fetch(run, RunPart::Samples, 0, feedback);
        });
    });
    connect(m_panel, &RunPanel::copyWanted, this, [this](const fs::path& run) {
        if (const RunSnapshotPtr known = m_follower.find(run))
            m_setup->copyFrom(known->request);
    });
    connect(m_panel, &RunPanel::logWanted, this,
            [this] { setShown(m_shown == Shown::Log ? Shown::Curves : Shown::Log); });
    connect(m_sweepButton, &QToolButton::clicked, m_compare, &QAction::trigger);
    connect(m_bannerButton, &QPushButton::clicked, this, [this, stop] {
        if (const RunSnapshotPtr run = current())
            stop({run->run}, false);
    });
    connect(m_sweep, &SweepView::runChosen, this, &TrainPage::chooseRun);
    connect(m_panel, &RunPanel::judgeWanted, this,
            [this](const fs::path& run) { Q_EMIT pageWanted(QStringLiteral("judge"), run); });
    connect(&m_context.theme, &ThemeSource::changed, this, &TrainPage::takeTheme);
    m_lookTimer.setInterval(1000);
    connect(&m_lookTimer, &QTimer::timeout, this, [this] {
        if (m_shown == Shown::Log)
            readLog();
        else
            readSweep();
    });
    takeTheme();
    showRuns();
    readSites();
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
    m_stack->addWidget(m_sweep);
    m_stack->addWidget(m_log);
    m_sweepButton->setObjectName(QStringLiteral("train.show_sweep"));
    m_sweepButton->setCheckable(true);
    m_sweepButton->setAutoRaise(true);
    m_sweepButton->setText(localised(EMBELLIE_TR("train", "Compare the sweep")));
    m_sweepButton->setToolTip(
        localised(EMBELLIE_TR("train", "Show which values lead to which score, in place of the curves")));
    m_bannerButton->setObjectName(QStringLiteral("train.stop_waiting"));
    m_bannerButton->setText(localised(EMBELLIE_TR("train", "Stop waiting")));
    m_bannerButton->setToolTip(localised(EMBELLIE_TR("train", "Take the run out of the queue")));
    auto* banner = new QHBoxLayout;
    banner->setSpacing(8);
    banner->addWidget(m_banner, 1);
    banner->addWidget(m_bannerButton);
    auto* heading = new QHBoxLayout;
    heading->setSpacing(8);
    heading->addWidget(m_curvesHeading, 1);
    heading->addWidget(m_sweepButton);
    auto* upper = new QWidget;
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addLayout(banner);
    column->addLayout(heading);
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
    m_sweep->setTheme(theme);
    setTextColour(m_listHint, theme.mutedText);
    for (QFrame* line : findChildren<QFrame*>())
        if (line->frameShape() == QFrame::HLine)
            setTextColour(line, theme.border);
    showChosen();
}

void TrainPage::shown() {
    m_follower.refresh();
    readSites();
}

void TrainPage::readSites() {
    m_context.session.work().run(
        QString(), [&desk = m_context.desk](Feedback&) { return desk.readSites(); },
        [this](std::vector<KnownSite> sites) { m_setup->site().setSites(std::move(sites)); },
        [this](const std::exception& error) { Q_EMIT problem(localised(error)); }, true);
}

// What the site's file leaves open Slurm itself is asked; where it can't be, the file's limits stand.
void TrainPage::askLimits(const QString& site) {
    const auto known = m_context.desk.site(site.toStdString());
    if (!known || known->kind != SiteKind::Slurm)
        return;
    m_context.session.work().run(
        QString(), [known](Feedback&) { return completeSite(*known); },
        [this](const LaunchSite& complete) { m_setup->site().setLimits(complete); },
        [this](const std::exception& error) { Q_EMIT problem(localised(error)); }, true);
}

bool TrainPage::openRun(const fs::path& run) {
    if (!isRunDirectory(run))
        return false;
    lookAt(run);
    return true;
}

fs::path TrainPage::lookedAt() const {
    const RunSnapshotPtr run = current();
    return !m_wanted.empty() ? m_wanted : run ? run->run : fs::path();
}

void TrainPage::lookAt(const fs::path& run) {
    m_wanted = fs::absolute(run).lexically_normal();
    m_follower.add(m_wanted);
}

void TrainPage::start() {
    const LaunchSite* chosen = m_setup->site().site();
    if (!chosen)
        return;
    m_setup->setStarting(true);
    m_context.session.work().run(
        localised(text(EMBELLIE_TR("train", "Starting a run on {0}"),
                       chosen->kind == SiteKind::Here
                           ? localised(EMBELLIE_TR("train", "this computer")).toStdString()
                           : chosen->label)),
        [&desk = m_context.desk, request = m_setup->request(), site = *chosen,
         resources = m_setup->site().resources(), axes = m_setup->sweep().axes(),
         stopsHopeless = m_setup->sweep().stopsHopeless(),
         folder = m_follower.folder()](Feedback& feedback) -> std::pair<fs::path, bool> {
            if (axes.empty())
                return {desk.start(request, site, resources, folder, feedback), false};
            const fs::path sweep =
                desk.startSweep(request, axes, stopsHopeless, site, resources, folder, feedback);
            return {sweep / "000", true};
        },
        [this](const std::pair<fs::path, bool>& started) {
            m_wanted = started.first;
            m_showSweep = started.second;
        },
        [this](const std::exception& error) { m_setup->setRefusal(localised(error)); }, false,
        [this](bool) {
            m_setup->setStarting(false);
            m_follower.refresh();
        });
}

void TrainPage::act(const TextPattern& title, std::function<void(RunDesk&, Feedback&)> action) {
    m_context.session.work().run(
        localised(title),
        [&desk = m_context.desk, action = std::move(action)](Feedback& feedback) { action(desk, feedback); },
        [] {}, {}, false, [this](bool) { m_follower.refresh(); });
}

void TrainPage::chooseFolder() {
    const QString chosen = QFileDialog::getExistingDirectory(
        window(), localised(EMBELLIE_TR("train", "Folder of runs")), toQString(m_follower.folder()));
    if (chosen.isEmpty())
        return;
    setRunsFolder(toPath(chosen));
    m_follower.setFolder(toPath(chosen));
}

} // namespace embellie
