#pragma once

#include "gui/action/action_list.h"
#include "gui/draw/drawing_thread.h"
#include "gui/pages/page.h"
#include "gui/pages/train/run_desk.h"
#include "gui/workspace/theme_source.h"
#include "gui/workspace/view_state.h"
#include "gui/workspace/workspace_keeper.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <memory>
#include <set>
#include <vector>

class QHBoxLayout;
class QMenu;
class QStackedWidget;

namespace embellie {

class ActionFinder;
class GpuBadge;
class JudgePage;
class LookPage;
class PageSwitch;
class ProblemStrip;
class StatusStrip;
class TrainPage;
class Watchdog;

/// Writes a PNG atomically. @throws Error
void writePicture(const QImage& picture, const std::filesystem::path& file);

/// The window: a slim bar with the switch of the pages, the page, the status bar. Owns what the pages share.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    MainWindow(std::shared_ptr<const PaletteBook> book, ThemeKind theme);
    ~MainWindow() override;

    /// Files and folders go to the Look page, run directories to the Train page.
    void openPaths(const std::vector<std::filesystem::path>& paths);
    /// Simulates the built-in scene, unless it was before, and opens it.
    void openScene();
    /// Opens the view's data and shows it.
    void openView(const ViewState& view);
    void showPage(const QString& pageId);

    /// From now on what is open, chosen and shown is kept in @p folder, where @p keeping, and what windows
    /// kept there before is offered. Nothing of it is opened unasked.
    void useWorkspaces(const std::filesystem::path& folder, bool keeping = true);
    /// What is open, chosen and shown now, including what is still being opened.
    WorkspaceState workspaceState() const;
    /// Opens a workspace beside what is open already, and shows what it showed. Each file that is gone is
    /// told in one line; the rest opens.
    void openWorkspace(const WorkspaceState& state);
    /// The newest one that was kept, if there is one.
    void goOn();
    /// Nothing more where that one is on its way already.
    void goOnWith(const KeptWorkspace& kept);
    /// Only what the page has as a picture, without bars: for --view with --screenshot.
    void setPictureOnly();
    void setTheme(ThemeKind theme);
    /// Shows the window once its first picture exists, or after a second and a half.
    void showWhenReady();

    /// Nothing that was asked for is still being opened, read or drawn.
    bool isComplete() const;

    Session& session() { return m_session; }
    ActionList& actions() { return m_actions; }
    LookPage* look() const { return m_look; }
    Page* page(const QString& pageId) const; ///< null for an unknown id
    Page* currentPage() const;
    ProblemStrip* problems() const { return m_problems; }
    StatusStrip* status() const { return m_status; }
    GpuBadge* gpuBadge() const { return m_gpuBadge; }
    ActionFinder* finder() const { return m_finder; }

Q_SIGNALS:
    void completeChanged();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void makeActions();
    void makeBar();
    void addPage(Page* page);
    void takePage(int index);
    void fillOpenMenu();
    Opening sceneToOpen() const;
    void chooseFiles();
    void chooseFolder();
    void savePicture();
    void chooseWorkspace();
    void saveWorkspace();
    void addWorkspaceActions();
    void keepNow();
    const std::vector<std::filesystem::path>&
    absolutePaths(quint64 id, const std::vector<std::filesystem::path>& paths) const;
    void offerWorkspaces();
    void openedOfWorkspace();
    void openRestOfWorkspace();
    bool isElsewhere() const;
    void tellMissing(const WorkspaceState& state);
    void rememberOpened();
    void updateTitle();
    void updateStatus();
    void showStatus();
    bool isOpening() const;
    void openingEnded();

    std::unique_ptr<DisplayLine> m_line; ///< null where the display is on this machine
    ThemeSource m_theme;
    RunDesk m_desk; ///< before the session, whose workers use it to their end
    Session m_session;
    ActionList m_actions;
    DrawingThread m_drawing;
    QStackedWidget* m_stack;
    std::vector<Page*> m_pages;
    LookPage* m_look = nullptr;
    TrainPage* m_train = nullptr;
    JudgePage* m_judge = nullptr;
    PageSwitch* m_switch;
    QWidget* m_bar;
    QHBoxLayout *m_barActions, *m_barWidgets;
    ActionFinder* m_finder;
    ProblemStrip* m_problems;
    StatusStrip* m_status;
    GpuBadge* m_gpuBadge;
    QMenu* m_openMenu;
    std::size_t m_opening = 0;          ///< what comes before Session::open(), on its way
    std::set<quint64> m_rememberedData; ///< OpenData::id of what is among the recent files
    std::optional<ViewState> m_viewToShow;
    QTimer m_statusDue;
    /// A workspace on its way.
    struct Restoring {
        WorkspaceState state;
        std::vector<quint64> ids; ///< of state.open, as the session gave them
        /// Of what was looked at when it began, which may itself be opened anew; empty: nothing was.
        std::vector<std::filesystem::path> before;
        bool isShown = false; ///< what it showed is shown, or can't be
        std::optional<KeptWorkspace> from;
    };
    std::optional<Restoring> m_restoring;
    std::filesystem::path m_workspaces; ///< empty: none is kept or offered
    std::unique_ptr<WorkspaceKeeper> m_keeper;
    mutable std::map<quint64, std::vector<std::filesystem::path>> m_absolutePaths; ///< by OpenData::id
    QString m_keepTrouble;                                                         ///< as it was told
    std::unique_ptr<Watchdog> m_watchdog;
};

} // namespace embellie
