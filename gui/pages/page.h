#pragma once

#include "gui/workspace/session.h"

#include <QAction>
#include <QStringList>
#include <QWidget>

#include <filesystem>

namespace embellie {

class DrawingThread;
class ActionList;
class RunDesk;
class ThemeSource;

/// What a page is given by the window: shared, outlives the page.
struct PageContext {
    Session& session;
    DrawingThread& drawing;
    ActionList&
        actions; ///< a page adds its named actions here; keys, menu and the action finder come from it
    ThemeSource& theme;
    RunDesk& desk;
};

/// A page of the window (Look, Train, Judge): a widget that fills the window between top bar and status bar.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(QWidget* parent = nullptr) : QWidget(parent) {}

    virtual QString pageId() const = 0; ///< "look"
    virtual QString title() const = 0;  ///< on the switch, translated
    virtual QString toolTipText() const = 0;
    /// Shown as flat buttons in the top bar behind Open… while the page is in front.
    virtual QList<QAction*> barActions() const { return {}; }
    /// Shown at the right of the top bar, left of the action finder, while the page is in front (a combo box
    /// with its label, say). Owned by the page; made once.
    virtual QList<QWidget*> barWidgets() const { return {}; }
    /// Texts at the left of the status bar: the first in full colour, the others muted.
    virtual QStringList statusTexts() const { return {}; }
    /// The page comes to the front, or leaves it.
    virtual void shown() {}
    virtual void hiddenAgain() {}
    /// A run directory was opened by the command line, a drop or another page. @return whether this page
    /// shows it
    virtual bool openRun(const std::filesystem::path& run) {
        (void)run;
        return false;
    }
    /// False while something of the page is still on its way (reading, drawing): --screenshot waits for true.
    virtual bool isComplete() const { return true; }
    /// What Save picture… writes; null where the page has no picture of its own (then the whole page is
    /// grabbed).
    virtual QWidget* pictureWidget() { return nullptr; }

Q_SIGNALS:
    void statusChanged();
    void completeChanged();
    /// One sentence for the strip in the window.
    void problem(const QString& sentence);
    /// Brings another page to the front; @p run, where not empty, is given to its openRun().
    void pageWanted(const QString& pageId, const std::filesystem::path& run);
};

} // namespace embellie
