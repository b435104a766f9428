#pragma once

#include "gui/pages/page.h"
#include "gui/views/pane/pane_link.h"
#include "gui/views/pane/pane_widget.h"
#include "gui/views/pane/volume_pane.h"
#include "gui/workspace/undo_history.h"
#include "gui/workspace/view_state.h"

#include <array>
#include <map>

class QComboBox;
class QGridLayout;
class QSplitter;
class QStackedWidget;

namespace embellie {

class DataTree;
class Inspector;
class LayerReader;
class StartPage;
class TimeBar;

/// Looking at fields: tree, panes, inspector, time bar; the start page while nothing is open.
class LookPage : public Page {
    Q_OBJECT
public:
    explicit LookPage(PageContext context, QWidget* parent = nullptr);
    ~LookPage() override;

    QString pageId() const override { return QStringLiteral("look"); }
    QString title() const override { return tr("Look"); }
    QString toolTipText() const override { return tr("See what is in the files: sweeps, grids, times"); }
    QList<QAction*> barActions() const override;
    QList<QWidget*> barWidgets() const override;
    QStringList statusTexts() const override;
    void shown() override;
    bool isComplete() const override;
    QWidget* pictureWidget() override;

    StartPage* startPage() const { return m_start; }
    DataTree* tree() const { return m_tree; }
    TimeBar* timeBar() const { return m_timeBar; }
    Inspector* inspector() const { return m_inspector; }
    PaneLink& link() { return m_link; }
    const std::array<PaneWidget*, 4>& panes() const { return m_panes; }
    VolumePane* volumePane() const { return m_volume; }

    /// What is shown now; without the cursor, which comes and goes.
    ViewState viewState() const;
    /// The same with a pinned cursor, to be written.
    ViewState viewToSave() const;
    /// Shows it, as far as its data are open; the rest stays as it is.
    void restore(const ViewState& state);

    void undo();
    void redo();
    /// Shows the moment that the active pane showed before, and back.
    void blink();
    void setView(const std::string& id);
    void copyReadout() const;
    /// The panes alone.
    void setPictureOnly();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// What a pane shows, or showed before.
    struct Slot {
        PaneState state;
        std::optional<Choice> shown, before;
    };
    void makePanes();
    void makeActions();
    void arrange();
    void placeColumns();
    void showInspector();
    void choiceChanged();
    void fillPanes();
    void fillVolume();
    void fillInspector();
    void updateReadout();
    void chooseQuantities(const LayerEntry& layer, bool newGroup);
    void setActive(std::size_t pane);
    void chooseMoment(std::size_t index);
    bool chooseByLetter(QChar letter);
    void changed(const QString& label, const QString& group = {});
    void applyPending();
    void saveView();
    void forgetClosed();
    std::vector<std::string> shownQuantities() const;
    std::size_t visiblePanes() const;

    PageContext m_context;
    Session& m_session;
    PaneLink m_link;
    LayerReader* m_reader;
    std::array<PaneWidget*, 4> m_panes{};
    std::array<Slot, 4> m_slots;
    VolumePane* m_volume = nullptr;
    DataTree* m_tree;
    TimeBar* m_timeBar;
    Inspector* m_inspector;
    StartPage* m_start;
    QSplitter* m_splitter;
    QStackedWidget* m_stack;
    QWidget* m_centre;
    QGridLayout* m_grid;
    QWidget* m_viewChoice;
    QComboBox* m_viewCombo;
    QAction *m_undoAction = nullptr, *m_redoAction = nullptr;

    std::string m_view = "one_moment";
    std::size_t m_active = 0;
    double m_rings = 0;
    bool m_azimuthLines = true;
    quint64 m_lastData = 0; ///< OpenData::id of what was shown last; 0: nothing
    std::size_t m_lastGroup = 0;
    UndoHistory<ViewState> m_history;
    ViewState m_remembered;
    bool m_restoring = false, m_pictureOnly = false, m_columnsMoved = false, m_inspectorFolded = false;
    std::optional<ViewState> m_pending;         ///< camera and cursor to be taken once the plane is known
    std::map<std::string, LayerStyle> m_styles; ///< by quantity, as last chosen by hand
    std::vector<quint64> m_openIds;
    std::array<double, 5> m_milliseconds{};
    QString m_painter;
};

} // namespace embellie
