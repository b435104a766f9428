#include "gui/pages/main_window.h"

#include "core/base/file.h"
#include "core/run/run_directory.h"
#include "gui/action/action_finder.h"
#include "gui/action/watchdog.h"
#include "gui/pages/gpu_badge.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/page_switch.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/recent_files.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/status_strip.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/pages/train/train_page.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embellie {

namespace {

/// The bar at the top, with the line under it.
class Bar : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Window));
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }
};

QToolButton* barButton(QAction* action, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

MainWindow::MainWindow(std::shared_ptr<const PaletteBook> book, ThemeKind theme)
    : m_theme(std::move(book), theme), m_drawing(GlProbe{}), m_stack(new QStackedWidget(this)),
      m_switch(new PageSwitch(this)), m_bar(new Bar(this)), m_finder(new ActionFinder(m_actions, this)),
      m_problems(new ProblemStrip(m_theme, this)), m_status(new StatusStrip(m_session.work(), this)),
      m_gpuBadge(new GpuBadge(m_session.work())), m_openMenu(new QMenu(this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    resize(1280, 800);
    makeActions();
    makeBar();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_problems);
    column->addWidget(m_stack, 1);
    column->addWidget(m_status);

    m_status->addAtEnd(m_gpuBadge);
    m_gpuBadge->setTheme(m_theme.theme());

    const PageContext context{m_session, m_drawing, m_actions, m_theme, m_desk};
    m_look = new LookPage(context, this);
    addPage(m_look);
    m_train = new TrainPage(context, this);
    addPage(m_train);
    connect(&m_train->follower(), &RunFollower::changed, this, [this, follower = &m_train->follower()] {
        m_gpuBadge->setRuns(processesHere(follower->runs()), gpuUses(follower->runs()));
    });
    m_judge = new JudgePage(context, this);
    addPage(m_judge);
    for (Page* page : m_pages)
        connect(page, &Page::completeChanged, this, &MainWindow::openRestOfWorkspace);
    StartPage* start = m_look->startPage();
    connect(start, &StartPage::openFilesWanted, this, &MainWindow::chooseFiles);
    connect(start, &StartPage::openFolderWanted, this, &MainWindow::chooseFolder);
    connect(start, &StartPage::sceneWanted, this, &MainWindow::openScene);
    connect(start, &StartPage::pathWanted, this, [this](const QString& path) { openPaths({toPath(path)}); });
    connect(start, &StartPage::goOnWanted, this, &MainWindow::goOnWith);
    m_switch->setObjectName(QStringLiteral("window.pages"));
    connect(m_switch, &PageSwitch::chosen, this, &MainWindow::takePage);
    connect(&m_session, &Session::problem, m_problems, &ProblemStrip::add);
    connect(&m_session, &Session::openedChanged, this, &MainWindow::rememberOpened);
    connect(&m_session, &Session::openedChanged, this, &MainWindow::openedOfWorkspace);
    connect(&m_session, &Session::choiceChanged, this, &MainWindow::updateTitle);
    connect(&m_session, &Session::openEnded, this, &MainWindow::openingEnded);
    connect(&m_theme, &ThemeSource::changed, this, [this] {
        qApp->setPalette(paletteOf(m_theme.theme()));
        m_gpuBadge->setTheme(m_theme.theme());
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        // Keys of the panes need a focus; the bar gives it back once its choice is made.
        if (!now && isActiveWindow())
            currentPage()->setFocus();
        else if (now == m_look->startPage())
            m_look->startPage()->sceneButton()->setFocus();
    });
    qApp->setPalette(paletteOf(m_theme.theme()));

    m_statusDue.setSingleShot(true);
    m_statusDue.setInterval(500);
    connect(&m_statusDue, &QTimer::timeout, this, &MainWindow::showStatus);
    m_line = lineToForwardedDisplay();
    if (m_line) {
        m_drawing.setLine(*m_line);
        connect(m_line.get(), &DisplayLine::answered, this, &MainWindow::updateStatus);
    }

    // Drivers may crash or hang: a child finds out whether GL works, and 3-D waits for its answer.
    m_session.work().run(
        tr("Looking for OpenGL"), [](Feedback&) { return runGlProbe(); },
        [this](const GlProbe& probe) { m_drawing.setProbe(probe); }, {}, true);
#ifdef EMBELLIE_ASSERTS
    m_watchdog = std::make_unique<Watchdog>([this] { return m_actions.lastRun(); });
#endif
    takePage(0);
    updateTitle();
}

MainWindow::~MainWindow() {
    keepNow();
    m_keeper.reset();
    m_watchdog.reset();
    disconnect(qApp, nullptr, this, nullptr);
    // The panes speak to the drawing thread until they go.
    for (Page* page : m_pages)
        delete page;
    m_pages.clear();
}

void MainWindow::makeActions() {
    const auto add = [this](const char* id, const QString& label, const QString& help,
                            const QList<QKeySequence>& keys, std::function<void()> run) {
        return m_actions.add(this, {QLatin1String(id), label, help, keys, true}, std::move(run));
    };
    add("window.open_files", tr("Open…"), tr("Opens one or more files: radar volumes, scans, grids"),
        {QKeySequence::Open}, [this] { chooseFiles(); });
    add("window.open_folder", tr("Open folder…"), tr("Opens all files of a folder as one set, or a run"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)}, [this] { chooseFolder(); });
    add("window.open_scene", tr("Open the built-in scene"),
        tr("Rain and ground echoes with a known truth, simulated here"), {}, [this] { openScene(); });
    addWorkspaceActions();
    add("window.save_picture", tr("Save picture…"), tr("Writes what is shown as a PNG picture"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)}, [this] { savePicture(); });
    add("window.close_data", tr("Close the data shown"), tr("Closes the site or product that is shown"),
        {QKeySequence::Close}, [this] {
            if (const OpenData* data = m_session.data())
                m_session.close(data->id);
        });
    add("window.theme", tr("Light or dark"), tr("Changes between the light and the dark theme"),
        {Qt::CTRL | Qt::Key_T},
        [this] { setTheme(m_theme.kind() == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark); });
    add("window.full_screen", tr("Full screen"), tr("Fills the screen, or gives it back"),
        {QKeySequence(Qt::Key_F11)}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    add("window.find", tr("Find an action…"), tr("Lists everything that can be done here"),
        {Qt::CTRL | Qt::Key_K}, [this] { m_finder->open(); });
    add("window.quit", tr("Quit"), tr("Closes the window; trainers go on"), {QKeySequence::Quit},
        [this] { close(); });
}

void MainWindow::makeBar() {
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(8, 0, 8, 1);
    row->setSpacing(8);
    m_bar->setFixedHeight(fontMetrics().height() + 20);
    auto* open = barButton(m_actions.find(QStringLiteral("window.open_files")), m_bar);
    open->setObjectName(QStringLiteral("openButton"));
    open->setMenu(m_openMenu);
    open->setPopupMode(QToolButton::MenuButtonPopup);
    connect(m_openMenu, &QMenu::aboutToShow, this, &MainWindow::fillOpenMenu);
    m_barActions = new QHBoxLayout;
    m_barActions->setSpacing(8);
    m_barWidgets = new QHBoxLayout;
    m_barWidgets->setSpacing(8);
    row->addWidget(m_switch);
    row->addSpacing(4);
    row->addWidget(open);
    row->addLayout(m_barActions);
    row->addStretch(1);
    row->addLayout(m_barWidgets);
    row->addWidget(m_finder);
    m_finder->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void MainWindow::addPage(Page* page) {
    m_pages.push_back(page);
    m_stack->addWidget(page);
    m_switch->add(page->title(), page->toolTipText());
    const int index = int(m_pages.size()) - 1;
    m_actions.add(this,
                  {QStringLiteral("window.page_") + page->pageId(),
                   tr("Go to %1").arg(page->title()),
                   page->toolTipText(),
                   {QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + index))},
                   true},
                  [this, index] { takePage(index); });
    // Buttons and widgets are made once; only those of the page in front are shown.
    for (QAction* action : page->barActions()) {
        QToolButton* button = barButton(action, m_bar);
        button->setProperty("page", index);
        m_barActions->addWidget(button);
    }
    for (QWidget* widget : page->barWidgets()) {
        auto* frame = new QWidget(m_bar);
        frame->setProperty("page", index);
        auto* inside = new QHBoxLayout(frame);
        inside->setContentsMargins(0, 0, 0, 0);
        inside->addWidget(widget);
        m_barWidgets->addWidget(frame);
    }
    connect(page, &Page::statusChanged, this, [this, page] {
        if (page == currentPage())
            updateStatus();
    });
    connect(page, &Page::completeChanged, this, &MainWindow::completeChanged);
    connect(page, &Page::problem, m_problems, &ProblemStrip::add);
    connect(page, &Page::pageWanted, this, [this](const QString& pageId, const std::filesystem::path& run) {
        showPage(pageId);
        if (Page* wanted = this->page(pageId); wanted && !run.empty())
            wanted->openRun(run);
    });
}

Page* MainWindow::page(const QString& pageId) const {
    for (Page* page : m_pages)
        if (page->pageId() == pageId)
            return page;
    return nullptr;
}

Page* MainWindow::currentPage() const {
    return m_pages[std::size_t(m_stack->currentIndex())];
}

void MainWindow::showPage(const QString& pageId) {
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i]->pageId() == pageId)
            takePage(int(i));
}

void MainWindow::takePage(int index) {
    Page* before = currentPage();
    // Only the page in front says how small the window may be.
    for (int i = 0; i < int(m_pages.size()); ++i) {
        const QSizePolicy::Policy policy = i == index ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_pages[std::size_t(i)]->setSizePolicy(policy, policy);
    }
    // The others' buttons go before those of this page come: beside both the window would have to grow.
    for (const bool isShown : {false, true}) {
        if (isShown)
            m_stack->setCurrentIndex(index);
        for (const QHBoxLayout* layout : {m_barActions, m_barWidgets})
            for (int i = 0; i < layout->count(); ++i)
                if (QWidget* widget = layout->itemAt(i)->widget();
                    (widget->property("page").toInt() == index) == isShown)
                    widget->setVisible(isShown);
    }
    m_switch->setCurrent(index);
    if (before != currentPage())
        before->hiddenAgain();
    currentPage()->shown();
    updateStatus();
    Q_EMIT completeChanged();
}

void MainWindow::fillOpenMenu() {
    m_openMenu->clear();
    for (const char* id : {"window.open_files", "window.open_folder", "window.open_scene",
                           "window.open_workspace", "window.go_on"})
        m_openMenu->addAction(m_actions.find(QLatin1String(id)));
    const std::vector<RecentEntry> recent = recentFiles();
    if (!recent.empty()) {
        m_openMenu->addSection(tr("Recent"));
        for (const RecentEntry& entry : recent) {
            QAction* action = m_openMenu->addAction(entry.title);
            action->setToolTip(entry.path);
            connect(action, &QAction::triggered, this,
                    [this, path = entry.path] { openPaths({toPath(path)}); });
        }
    }
    m_openMenu->addSeparator();
    for (const char* id :
         {"look.save_view", "window.save_workspace", "window.save_picture", "window.close_data", "look.redo",
          "window.theme", "window.full_screen", "window.quit"})
        m_openMenu->addAction(m_actions.find(QLatin1String(id)));
}

void MainWindow::openPaths(const std::vector<std::filesystem::path>& paths) {
    if (paths.empty())
        return;
    ++m_opening;
    struct Sorted {
        std::vector<std::filesystem::path> runs, data;
        std::vector<WorkspaceState> workspaces;
        std::vector<Error> problems;
    };
    m_session.work().run(
        tr("Opening"),
        [paths](Feedback&) {
            Sorted sorted;
            for (const auto& path : paths) {
                if (!isWorkspaceFile(path)) {
                    (isRunDirectory(path) ? sorted.runs : sorted.data).push_back(path);
                    continue;
                }
                try { // one that can't be used keeps nothing else from being opened
                    SavedWorkspace saved = workspaceFromJson(readFile(path), path);
                    sorted.workspaces.push_back(std::move(saved.state));
                    if (saved.viewProblem)
                        sorted.problems.push_back(*saved.viewProblem);
                } catch (const Error& error) {
                    sorted.problems.push_back(error);
                }
            }
            return sorted;
        },
        [this](const Sorted& sorted) {
            for (const Error& problem : sorted.problems)
                m_problems->add(localised(problem));
            for (const WorkspaceState& workspace : sorted.workspaces)
                openWorkspace(workspace);
            for (const auto& run : sorted.runs) {
                // A run opened on the Judge page is judged; else it is followed.
                Page* taker = currentPage();
                if (!taker->openRun(run)) {
                    m_train->openRun(run);
                    showPage(QStringLiteral("train"));
                }
            }
            m_session.open(sorted.data);
        },
        {}, true,
        [this](bool) {
            --m_opening;
            openingEnded();
        },
        Work::Lane::Opening);
}

void MainWindow::openScene() {
    m_session.open(sceneToOpen());
}

void MainWindow::openView(const ViewState& view) {
    m_viewToShow = view;
    m_session.open(view.dataset);
}

void MainWindow::setPictureOnly() {
    m_bar->hide();
    m_status->hide();
    m_problems->setMaximumHeight(0);
    m_look->setPictureOnly();
}

void MainWindow::setTheme(ThemeKind theme) {
    m_theme.setKind(theme);
    QSettings().setValue(QStringLiteral("theme"),
                         theme == ThemeKind::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

bool MainWindow::isOpening() const {
    return m_opening > 0 || m_session.isOpening();
}

void MainWindow::openingEnded() {
    if (m_viewToShow && !isOpening())
        m_look->restore(*std::exchange(m_viewToShow, std::nullopt));
    openedOfWorkspace();
    Q_EMIT completeChanged();
}

bool MainWindow::isComplete() const {
    return !isOpening() && currentPage()->isComplete();
}

void MainWindow::showWhenReady() {
    // A first show sends an empty window: over a forwarded display that costs as much as the picture itself.
    setAttribute(Qt::WA_DontShowOnScreen);
    show();
    auto* patience = new QTimer(this);
    patience->setSingleShot(true);
    const auto appear = [this, patience] {
        if (!testAttribute(Qt::WA_DontShowOnScreen))
            return;
        patience->deleteLater();
        hide();
        setAttribute(Qt::WA_DontShowOnScreen, false);
        show();
        // Qt asks for each widget to be painted once more than the display does.
        for (QWidget* widget : findChildren<QWidget*>())
            QCoreApplication::removePostedEvents(widget, QEvent::UpdateLater);
        QCoreApplication::removePostedEvents(this, QEvent::UpdateLater);
    };
    connect(patience, &QTimer::timeout, this, appear);
    patience->start(1500);
    connect(this, &MainWindow::completeChanged, patience, [this, appear] {
        if (isComplete())
            QTimer::singleShot(0, this, appear);
    });
}

void MainWindow::updateStatus() {
    // It changes with every picture; on a forwarded display it would take as much of the line as some do.
    if (!m_line)
        showStatus();
    else if (!m_statusDue.isActive())
        m_statusDue.start();
}

void MainWindow::showStatus() {
    QStringList texts = currentPage()->statusTexts();
    if (m_line && m_line->last().milliseconds > 0)
        texts << tr("display line: %1 kB a picture, %2 pictures a second")
                     .arg(numberForPeople(double(m_line->last().bytes) / 1000, 0),
                          numberForPeople(1000 / m_line->last().milliseconds, 1));
    m_status->setTexts(texts);
}

void MainWindow::updateTitle() {
    const GroupEntry* group = m_session.group();
    const VolumeEntry* volume = m_session.volume();
    QString title = QStringLiteral("Embellie");
    if (group) {
        title = QString::fromStdString(group->title);
        if (volume && volume->hasTime)
            title +=
                QStringLiteral(", ") + secondsText(volume->time.begin, volume->time.calendar) + tr(" UTC");
        title += QStringLiteral(" – Embellie");
    }
    setWindowTitle(title);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths.push_back(toPath(url.toLocalFile()));
    if (paths.empty()) {
        m_problems->add(tr("What was dropped is not a file of this computer; save it first."));
        return;
    }
    event->acceptProposedAction();
    showPage(QStringLiteral("look"));
    openPaths(paths);
}

/// Without a focus of ours, Qt gives it to the first line in the bar, and the keys of the page go there.
void MainWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    const QWidget* focus = focusWidget();
    if (!event->spontaneous() && (!focus || !currentPage()->isAncestorOf(focus)))
        currentPage()->setFocus();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
    QWidget::closeEvent(event);
}

} // namespace embellie
