#pragma once

#include "gui/pages/judge/cleaning.h"
#include "gui/chart/curve_chart.h"
#include "gui/pages/judge/judged_panes.h"
#include "gui/pages/judge/rival.h"
#include "gui/pages/judge/score_table.h"
#include "gui/pages/judge/threshold_bar.h"
#include "gui/pages/page.h"
#include "gui/pages/page_switch.h"
#include "gui/pages/train/message_strip.h"
#include "gui/workspace/workspace_state.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include <map>

namespace embellie {

/// Is the cleaned field better than the raw one, where is rain lost and echo left, and may the numbers be
/// believed? The open data are cleaned by a run in a process of its own, or result files are taken as they
/// are; where they hold probabilities, a slider on these moves scores and pictures, and a method that needs
/// no learning may stand beside.
class JudgePage : public Page {
    Q_OBJECT
public:
    explicit JudgePage(PageContext context, QWidget* parent = nullptr);

    QString pageId() const override { return QStringLiteral("judge"); }
    QString title() const override;
    QString toolTipText() const override;
    QList<QAction*> barActions() const override { return {m_blink}; }
    QList<QWidget*> barWidgets() const override { return m_barWidgets; }
    QStringList statusTexts() const override;
    void shown() override;
    void hiddenAgain() override { m_isInFront = false; }
    bool openRun(const std::filesystem::path& run) override;
    bool isComplete() const override;

    /// What is compared now; nothing where there is no candidate yet.
    std::optional<JudgeChoice> choice() const;
    /// Takes it up again, as far as its runs, files and arrays are there; while the page is in front.
    void restore(const JudgeChoice& choice);

    JudgedPanes& panes() { return *m_panes; }
    const ScoreTableModel& scores() const { return *m_scores; }

private:
    QWidget* makeLower();
    QWidget* makeSide();
    QWidget* makeCleaning();
    QWidget* makeCharts();
    QWidget* makeRivalRow();
    enum Side { ChartsSide, CleaningSide };
    void showSide(Side side);
    void addActions();
    void addThresholdActions();
    void takeTheme();

    void listCandidates();
    void candidateChosen();
    void chooseFiles();
    void takeFiles(const std::vector<std::filesystem::path>& files);
    void forgetChoice();
    /// Of @p known, to which chosen result files are added; nothing where none is wanted or it is not there.
    std::optional<std::size_t> candidateToTake(std::vector<Candidate>& known);
    void takeArrays();
    void takeRest();
    void joinShipped(); ///< to the one listed, where that is wanted and possible
    void choiceChanged();
    void dataChanged();
    void forgetResults();
    void inspect();
    void inspectNearness();
    void showClean();
    void workChanged();
    void takeResults(const std::vector<std::filesystem::path>& files);
    void fillArrays();
    void showLayer();
    void judgeAll();
    void showJudgement();
    void showCharts();
    void selectRow(int row);

    void takeThreshold(const std::optional<RunThreshold>& known, std::optional<int> madeAt);
    void moveThreshold(int step);
    void keepThreshold(int step);
    void cut();
    void listRivals();
    void rivalChosen();
    void showRival();
    void scoreRival();
    void tellRivalProblem(const TextPattern& pattern, const std::exception& error);
    void showState();
    void setBusy(int by);
    /// Work::run(), to the end of which the page is not complete.
    template <class Job, class Done>
    quint64 run(const QString& title, Job job, Done done, Work::Failed failed = {}, bool quiet = true,
                Work::Ended ended = {}) {
        setBusy(1);
        return m_context.session.work().run(title, std::move(job), std::move(done), std::move(failed), quiet,
                                            [this, ended = std::move(ended)](bool cancelled) {
                                                if (ended)
                                                    ended(cancelled);
                                                setBusy(-1);
                                            });
    }

    const Candidate* candidate() const;       ///< null where none is chosen
    const Candidate* listedCandidate() const; ///< the same without the shipped network along
    std::optional<JudgedLayer> judgedLayer(const LayerEntry& layer) const;
    std::vector<JudgedLayer> judgedLayers() const; ///< all with a result and a reference
    std::optional<ProbabilityCut> probabilityCut() const;
    /// The method to compare with, where it can serve for the layer that is open; else null with the @p
    /// reason.
    std::shared_ptr<Rival> rival(QString& reason);
    double threshold() const;
    QString dataJudged() const;    ///< names data and group
    QString layerLookedAt() const; ///< names data, group, volume and layer
    QString judged() const;        ///< names data, group and candidate
    QString whyNot() const;        ///< why nothing can be cleaned now; empty: it can
    JudgedPanes::Words words() const;

    PageContext m_context;
    std::vector<Candidate> m_candidates;
    int m_listed = -1;                           ///< index of the one chosen among them
    std::optional<Candidate> m_joint;            ///< the one listed, with the shipped network along
    std::vector<std::filesystem::path> m_others; ///< runs outside of the folder, and the one wanted
    std::vector<Candidate> m_files;              ///< result files that were chosen
    std::filesystem::path m_wanted;              ///< run to be chosen once it is listed
    std::optional<JudgeChoice> m_toTake;         ///< restored, and not all of it taken yet
    bool m_isCandidateToTake = false;
    QString m_takenFor;             ///< the data and group with which that began
    std::optional<int> m_rowToTake; ///< once there are scores
    QString m_layerSeen;            ///< layerLookedAt() when the choice changed last
    QString m_judged;               ///< what follows is of this
    RunInput m_input;               ///< by the task's rule
    std::shared_ptr<Dataset> m_results;
    std::vector<std::filesystem::path> m_resultFiles;
    Nearness m_nearness;
    QString m_refusal;
    bool m_cleaning = false, m_chosenByHand = false;
    quint64 m_cleaningJob = 0;
    QString m_cleaningWords; ///< what it says of itself
    int m_busy = 0;
    /// The newest of each kind: the one before is cancelled.
    quint64 m_listJob = 0, m_resultsJob = 0, m_nearJob = 0, m_layerJob = 0, m_cutJob = 0, m_scoreJob = 0,
            m_rivalJob = 0, m_rivalScoreJob = 0;
    quint64 m_scoreTurn = 0, m_rivalTurn = 0, m_rivalScoreTurn = 0; ///< tell who cancelled: a person, or we
    bool m_isInFront = false;
    bool m_isBehind = false;     ///< the layer changed while another page was in front
    bool m_isInspected = false;  ///< inspect() was called for what is judged
    JudgedFields m_read;         ///< of the layer that is open, at some threshold of the probability
    std::optional<int> m_madeAt; ///< the one by which the results were made; nothing: they hold none
    bool m_cutting = false, m_cutAgain = false;
    bool m_scoresCancelled = false;
    bool m_sideChosen = false;                              ///< by hand
    std::map<std::string, std::shared_ptr<Rival>> m_rivals; ///< by method, of the data with m_rivalData
    quint64 m_rivalData = 0;

    JudgedPanes* m_panes;
    ScoreTableModel* m_scores;
    QTableView* m_table;
    ThresholdBar* m_threshold;
    CurveChart *m_podFar, *m_reliability;
    PageSwitch* m_sideSwitch;
    QStackedWidget* m_sides;
    MessageStrip *m_sentence, *m_near;
    QLabel *m_caution, *m_cursor, *m_facts, *m_reason, *m_whereLabel, *m_rivalReason;
    QComboBox *m_candidate, *m_reference, *m_raw, *m_where, *m_rival, *m_last;
    QCheckBox* m_along;
    QPushButton *m_show, *m_look;
    QAction* m_blink = nullptr;
    QList<QWidget*> m_barWidgets;
    std::vector<QLabel*> m_muted;
    QString m_painter;
    double m_milliseconds = 0;
};

} // namespace embellie
