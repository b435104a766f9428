#pragma once

#include "gui/pages/gpu_badge.h"
#include "gui/pages/page.h"
#include "gui/pages/train/message_strip.h"
#include "gui/pages/train/run_curves.h"
#include "gui/pages/train/run_follower.h"
#include "gui/pages/train/run_list_model.h"
#include "gui/pages/train/run_panel.h"
#include "gui/pages/train/sweep_view.h"
#include "gui/pages/train/train_setup.h"

#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace embellie {

/// Task, network, data and machine are chosen at the left and a trainer is started there; its curves come in
/// while it works. All runs of the folder are followed, whoever started them.
class TrainPage : public Page {
    Q_OBJECT
public:
    explicit TrainPage(PageContext context, QWidget* parent = nullptr);

    QString pageId() const override { return QStringLiteral("train"); }
    QString title() const override;
    QString toolTipText() const override;
    QList<QAction*> barActions() const override { return {m_newRun}; }
    QStringList statusTexts() const override;
    void shown() override;
    bool openRun(const std::filesystem::path& run) override;
    bool isComplete() const override;
    /// The run that is shown, or will be once it is listed; empty where there is none.
    std::filesystem::path lookedAt() const;
    /// Shows @p run, a run directory, once it is listed. Reads nothing.
    void lookAt(const std::filesystem::path& run);

    RunFollower& follower() { return m_follower; }
    TrainSetup& setup() { return *m_setup; }
    const RunListModel& runs() const { return *m_model; }

private:
    QWidget* makeCentre();
    QWidget* makeList();
    void takeTheme();
    void readSites();
    void askLimits(const QString& site);
    void start();
    void act(const TextPattern& title, std::function<void(RunDesk&, Feedback&)> action);
    void chooseFolder();
    void showRuns();
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected);
    void showChosen();
    void showBanner(const RunSnapshotPtr& run);
    enum class Shown { Curves, Sweep, Log };
    void setShown(Shown shown);
    void readLog();
    void readSweep();
    void chooseRun(const std::filesystem::path& run);
    RunSnapshotPtr current() const;

    PageContext m_context;
    RunFollower m_follower;
    RunListModel* m_model;
    RunColours m_colours;
    std::filesystem::path m_wanted; ///< to be chosen once it is listed
    TrainSetup* m_setup;
    RunPanel* m_panel;
    MessageStrip* m_banner;
    QLabel *m_curvesHeading, *m_listHint;
    CurveChart *m_loss, *m_score;
    QStackedWidget* m_stack;
    QPlainTextEdit* m_log;
    SweepView* m_sweep;
    QToolButton* m_sweepButton;
    QPushButton* m_bannerButton;
    QTableView* m_list;
    QAction *m_newRun, *m_compare;
    QTimer m_lookTimer; ///< reads the log or the sweep again while one of them is shown
    Shown m_shown = Shown::Curves;
    bool m_reading = false, m_showSweep = false;
};

/// Processes of runs on this machine that are at work, and what runs elsewhere hold of GPUs by their own
/// word.
std::set<pid_t> processesHere(const std::vector<RunSnapshotPtr>& runs);
std::vector<GpuUse> gpuUses(const std::vector<RunSnapshotPtr>& runs);

/// The last @p bytes of a run's log.txt, from the beginning of a line. Empty where there is none.
QString logTail(const std::filesystem::path& run, std::size_t bytes);

} // namespace embellie
