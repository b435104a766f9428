#pragma once

#include "gui/action/action_list.h"
#include "gui/draw/drawing_thread.h"
#include "gui/pages/page.h"
#include "gui/pages/train/run_desk.h"
#include "gui/workspace/theme_source.h"
#include "gui/workspace/view_state.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QHBoxLayout;
class QMenu;
class QStackedWidget;

namespace embellie {

class ActionFinder;
class GpuBadge;
class LookPage;
class PageSwitch;
class ProblemStrip;
class StatusStrip;
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
    void closeEvent(QCloseEvent* event) override;

private:
    void makeActions();
    void makeBar();
    void addPage(Page* page);
    void takePage(int index);
    void fillOpenMenu();
    void chooseFiles();
    void chooseFolder();
    void savePicture();
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
    PageSwitch* m_switch;
    QWidget* m_bar;
    QHBoxLayout *m_barActions, *m_barWidgets;
    ActionFinder* m_finder;
    ProblemStrip* m_problems;
    StatusStrip* m_status;
    GpuBadge* m_gpuBadge;
    QMenu* m_openMenu;
    std::size_t m_opening = 0; ///< what comes before Session::open(), on its way
    std::size_t m_openCount = 0;
    std::optional<ViewState> m_viewToShow;
    QTimer m_statusDue;
    std::unique_ptr<Watchdog> m_watchdog;
};

} // namespace embellie
