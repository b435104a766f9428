#include "core/base/file.h"
#include "core/run/run_directory.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/built_in_scene.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/train/train_page.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"

#include <QFileDialog>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <chrono>

// The window's workspace: kept while one works, offered at the next start, opened again.

namespace embellie {

namespace {

const OpenData* openedAs(const Session& session, quint64 id) {
    for (const OpenData& data : session.opened())
        if (data.id == id)
            return &data;
    return nullptr;
}

bool isOpening(const Session& session, quint64 id) {
    return std::any_of(session.opening().begin(), session.opening().end(),
                       [id](const Opening& each) { return each.id == id; });
}

/// What is gone altogether is told more plainly than by whoever reads files. @throws Error
void refuseWhereAllAreGone(const std::vector<std::filesystem::path>& paths) {
    for (const auto& path : paths)
        if (std::error_code error; std::filesystem::exists(path, error))
            return;
    throw Error(paths.size() == 1
                    ? text(EMBELLIE_TR("pages", "this is not there any more"))
                    : text(EMBELLIE_TR("pages", "this and the other {0} files that were open with it are not "
                                                "there any more"),
                           paths.size() - 1))
        .in(paths.front())
        .remedy(text(EMBELLIE_TR("pages", "bring the folder or its disk back, or go on without it")));
}

} // namespace

void MainWindow::addWorkspaceActions() {
    const auto add = [this](const char* id, const QString& label, const QString& help,
                            const QList<QKeySequence>& keys, std::function<void()> run) {
        return m_actions.add(this, {QLatin1String(id), label, help, keys, true}, std::move(run));
    };
    add("window.go_on", tr("Go on where you were"),
        tr("Opens again what was open, chosen and shown in the window that was closed, or ended, last"),
        {Qt::CTRL | Qt::Key_G}, [this] { goOn(); });
    add("window.open_workspace", tr("Open workspace…"),
        tr("Opens all that a workspace names, and shows what it showed"), {}, [this] { chooseWorkspace(); });
    add("window.save_workspace", tr("Save workspace…"),
        tr("Writes what is open, chosen and shown as a small file that opens like any other"), {},
        [this] { saveWorkspace(); });
}

Opening MainWindow::sceneToOpen() const {
    const std::filesystem::path cache =
        toPath(QStandardPaths::writableLocation(QStandardPaths::CacheLocation));
    Opening opening;
    opening.paths = {builtInSceneFolder(cache)};
    opening.isScene = true;
    opening.title = tr("Opening the built-in scene");
    opening.prepare = [cache](Feedback& feedback) { makeBuiltInScene(cache, feedback); };
    return opening;
}

void MainWindow::useWorkspaces(const std::filesystem::path& folder, bool keeping) {
    m_workspaces = folder;
    if (keeping)
        m_keeper = std::make_unique<WorkspaceKeeper>(folder);
    offerWorkspaces();
    if (!keeping)
        return;
    // Looking at the whole costs microseconds, and nothing that a page has to choose is forgotten so.
    constexpr int KeepMilliseconds = 2000;
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &MainWindow::keepNow);
    timer->start(KeepMilliseconds);
}

void MainWindow::keepNow() {
    if (!m_keeper)
        return;
    m_keeper->keep(workspaceState());
    if (const std::optional<Error> problem = m_keeper->takeProblem())
        if (const QString sentence = localised(*problem); sentence != m_keepTrouble) {
            m_keepTrouble = sentence;
            m_problems->add(sentence);
        }
}

/// Thousands of files may have been named, and this is asked for again and again.
const std::vector<std::filesystem::path>&
MainWindow::absolutePaths(quint64 id, const std::vector<std::filesystem::path>& paths) const {
    const auto [known, isNew] = m_absolutePaths.try_emplace(id);
    if (isNew)
        for (const auto& path : paths)
            if (!path.empty())
                known->second.push_back(absolutePath(path));
    return known->second;
}

WorkspaceState MainWindow::workspaceState() const {
    std::map<quint64, OpenItem> items;
    for (const OpenData& data : m_session.opened()) {
        const std::vector<GroupEntry>& groups = data.dataset->groups();
        items[data.id] = {absolutePaths(data.id, data.paths), data.isScene,
                          groups.size() == 1 ? groups.front().title : std::string()};
    }
    for (const Opening& opening : m_session.opening())
        if (std::none_of(m_session.opened().begin(), m_session.opened().end(),
                         [&](const OpenData& data) { return data.paths == opening.paths; }))
            items[opening.id] = {absolutePaths(opening.id, opening.paths), opening.isScene, {}};
    std::erase_if(m_absolutePaths, [&](const auto& known) { return !items.contains(known.first); });
    const bool isAwaited = m_restoring && !m_restoring->isShown;
    quint64 front = m_session.data() ? m_session.data()->id : 0;
    WorkspaceState state;
    if (m_session.layer())
        state.view = m_look->viewToSave();
    if (isAwaited && !isElsewhere()) {
        front = m_restoring->state.front ? m_restoring->ids[*m_restoring->state.front] : 0;
        state.view = m_restoring->state.view;
    }
    state.judge = isAwaited ? m_restoring->state.judge : m_judge->choice();
    if (m_restoring)
        for (std::size_t i = 0; i < m_restoring->ids.size(); ++i)
            if (const auto item = items.find(m_restoring->ids[i]);
                item != items.end() && item->second.title.empty())
                item->second.title = m_restoring->state.open[i].title;
    for (auto& [id, item] : items) {
        if (id == front)
            state.front = state.open.size();
        state.open.push_back(std::move(item));
    }
    dropTwins(state);
    if (state.view)
        state.view->dataset.clear();
    state.page = currentPage()->pageId().toStdString();
    state.run = m_train->lookedAt();
    return state;
}

void MainWindow::openWorkspace(const WorkspaceState& given) {
    WorkspaceState state = given;
    dropTwins(state);
    Restoring restoring{state,
                        {},
                        m_session.data() ? m_session.data()->paths : std::vector<std::filesystem::path>(),
                        false,
                        {}};
    for (std::size_t i = 0; i < state.open.size(); ++i)
        restoring.ids.push_back(m_session.reserve());
    const std::vector<quint64> ids = restoring.ids;
    m_restoring = std::move(restoring);
    const auto open = [&](std::size_t i, bool isLater) {
        const OpenItem& item = state.open[i];
        Opening opening = item.isScene ? sceneToOpen() : Opening{item.paths};
        if (!item.isScene)
            opening.prepare = [paths = item.paths](Feedback&) { refuseWhereAllAreGone(paths); };
        opening.choosing = Choosing::Never;
        opening.id = ids[i];
        opening.isLater = isLater;
        m_session.open(std::move(opening));
    };
    // The rest waits for what was looked at, but not for a dead disk.
    constexpr std::chrono::seconds Patience(2);
    if (state.front)
        open(*state.front, false);
    for (std::size_t i = 0; i < state.open.size(); ++i)
        if (state.front != i)
            open(i, state.front.has_value());
    QTimer::singleShot(Patience, this, [this] { m_session.openLater(); });
    tellMissing(state);
    showPage(QString::fromStdString(state.page));
    openedOfWorkspace();
    Q_EMIT completeChanged();
}

void MainWindow::openRestOfWorkspace() {
    if (m_restoring && m_restoring->isShown && currentPage()->isComplete())
        m_session.openLater();
}

/// Somebody looks at something else than before the workspace began to open.
bool MainWindow::isElsewhere() const {
    return m_session.data() && m_session.data()->paths != m_restoring->before;
}

void MainWindow::openedOfWorkspace() {
    if (m_session.opened().empty() && !m_session.isOpening() && !m_workspaces.empty())
        offerWorkspaces();
    if (!m_restoring)
        return;
    const WorkspaceState& state = m_restoring->state;
    const quint64 front = state.front ? m_restoring->ids[*state.front] : 0;
    const OpenData* data = openedAs(m_session, front);
    if (!m_restoring->isShown && (data || !embellie::isOpening(m_session, front))) {
        m_restoring->isShown = true;
        // Whoever looks at something else by now is not taken away from it.
        if (data && state.view && !isElsewhere()) {
            ViewState view = *state.view;
            view.dataset = data->paths;
            m_look->restore(view);
        }
        if (state.judge)
            m_judge->restore(*state.judge);
    }
    if (m_restoring->isShown && m_session.choice().data < 0 && !m_session.opened().empty()) {
        Choice first;
        first.data = 0;
        m_session.setChoice(first);
    }
    openRestOfWorkspace();
    const std::vector<quint64>& ids = m_restoring->ids;
    if (std::any_of(ids.begin(), ids.end(),
                    [this](quint64 id) { return embellie::isOpening(m_session, id); }))
        return;
    const bool isWhole =
        std::all_of(ids.begin(), ids.end(), [this](quint64 id) { return openedAs(m_session, id); });
    const std::optional<KeptWorkspace> from = std::exchange(m_restoring, std::nullopt)->from;
    // What lacks something stays kept: the disk may be back tomorrow.
    if (m_keeper && from && isWhole && !from->viewProblem) {
        keepNow();
        m_keeper->takeOver(*from);
    }
}

// Runs and result files; the session tells of what was open.
void MainWindow::tellMissing(const WorkspaceState& state) {
    struct Looked {
        std::vector<Error> missing;
        bool hasRun = false;
    };
    ++m_opening;
    m_session.work().run(
        QString(),
        [state](Feedback&) {
            Looked looked;
            const auto gone = [&](const TextPattern& what, const std::filesystem::path& path) {
                looked.missing.push_back(
                    Error(text(what))
                        .in(path)
                        .remedy(text(EMBELLIE_TR("pages", "choose another one, or bring it back"))));
            };
            constexpr TextPattern RunGone = EMBELLIE_TR("pages", "the run is not there any more");
            looked.hasRun = !state.run.empty() && isRunDirectory(state.run);
            // A run is shown there also where nobody ever turned to the page.
            if (state.page == "train" && !state.run.empty() && !looked.hasRun)
                gone(RunGone, state.run);
            if (state.judge && !state.judge->isShipped) {
                const std::filesystem::path& run = state.judge->run;
                if (!run.empty() && run != state.run && !isRunDirectory(run))
                    gone(RunGone, run);
                for (const auto& file : state.judge->files)
                    if (std::error_code error; !std::filesystem::exists(file, error))
                        gone(EMBELLIE_TR("pages", "the result file is not there any more"), file);
            }
            return looked;
        },
        [this, run = state.run](const Looked& looked) {
            for (const Error& error : looked.missing)
                m_problems->add(localised(error));
            if (looked.hasRun)
                m_train->lookAt(run);
        },
        {}, true,
        [this](bool) {
            --m_opening;
            openingEnded();
        },
        Work::Lane::Opening);
}

void MainWindow::offerWorkspaces() {
    m_session.work().run(
        QString(),
        [folder = m_workspaces, keeping = bool(m_keeper)](Feedback&) {
            std::vector<KeptWorkspace> kept = keptWorkspaces(folder);
            if (keeping)
                tidyWorkspaces(folder);
            return kept;
        },
        [this](std::vector<KeptWorkspace> kept) { m_look->startPage()->setOffers(std::move(kept)); }, {},
        true, {}, Work::Lane::Opening);
}

void MainWindow::goOn() {
    ++m_opening;
    m_session.work().run(
        QString(), [folder = m_workspaces](Feedback&) { return keptWorkspaces(folder); },
        [this](const std::vector<KeptWorkspace>& kept) {
            const auto usable = std::find_if(kept.begin(), kept.end(),
                                             [](const KeptWorkspace& each) { return !each.refusal; });
            if (usable != kept.end())
                goOnWith(*usable);
            else if (!kept.empty())
                m_problems->add(localised(*kept.front().refusal));
            else
                m_problems->add(tr("There is nothing to go on with yet: what is open is kept from now on."));
        },
        {}, true,
        [this](bool) {
            --m_opening;
            openingEnded();
        },
        Work::Lane::Opening);
}

void MainWindow::goOnWith(const KeptWorkspace& kept) {
    if (m_restoring && m_restoring->from && m_restoring->from->file == kept.file)
        return;
    if (kept.viewProblem)
        m_problems->add(localised(*kept.viewProblem));
    openWorkspace(kept.state);
    if (m_restoring)
        m_restoring->from = kept;
}

void MainWindow::chooseWorkspace() {
    auto* dialog = new QFileDialog(this, tr("Open workspace"),
                                   QSettings().value(QStringLiteral("workspace_folder")).toString(),
                                   tr("Workspace (*.json)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString& file) {
        QSettings().setValue(QStringLiteral("workspace_folder"), dialog->directory().absolutePath());
        openPaths({toPath(file)});
    });
    dialog->open();
}

void MainWindow::saveWorkspace() {
    auto* dialog = new QFileDialog(this, tr("Save workspace"),
                                   QSettings().value(QStringLiteral("workspace_folder")).toString(),
                                   tr("Workspace (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("workspace.json"));
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, dialog, state = workspaceState()](const QString& file) {
                QSettings().setValue(QStringLiteral("workspace_folder"), dialog->directory().absolutePath());
                m_session.work().run(
                    tr("Saving the workspace"),
                    [content = workspaceToJson(state, now()), path = toPath(file)](Feedback&) {
                        writeFileAtomically(path, content);
                    },
                    [] {});
            });
    dialog->open();
}

} // namespace embellie
