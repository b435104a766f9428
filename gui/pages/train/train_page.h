#pragma once

#include "gui/pages/page.h"
#include "gui/pages/train/message_strip.h"
#include "gui/pages/train/run_curves.h"
#include "gui/pages/train/run_follower.h"
#include "gui/pages/train/run_list_model.h"
#include "gui/pages/train/run_panel.h"
#include "gui/pages/train/train_setup.h"

#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>

namespace embellie {

/// Task, network and data are chosen at the left and a trainer is started in a process of its own; its curves
/// come in while it works. All runs of the folder are followed, whoever started them.
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
    bool isComplete() const override { return m_follower.hasLooked(); }

    RunFollower& follower() { return m_follower; }
    TrainSetup& setup() { return *m_setup; }
    const RunListModel& runs() const { return *m_model; }

private:
    QWidget* makeCentre();
    QWidget* makeList();
    void takeTheme();
    void start();
    void goOn(const std::filesystem::path& run);
    void stop(const std::filesystem::path& run, bool discard);
    void chooseFolder();
    void showRuns();
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected);
    void showChosen();
    void showBanner(const RunSnapshotPtr& run);
    void setLogShown(bool shown);
    void readLog();
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
    QTableView* m_list;
    QAction* m_newRun;
    QTimer m_logTimer;
    bool m_readingLog = false;
};

/// The last @p bytes of a run's log.txt, from the beginning of a line. Empty where there is none.
QString logTail(const std::filesystem::path& run, std::size_t bytes);

} // namespace embellie
