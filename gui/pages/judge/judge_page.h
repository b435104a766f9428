#pragma once

#include "gui/pages/judge/cleaning.h"
#include "gui/pages/judge/four_panes.h"
#include "gui/pages/judge/score_table.h"
#include "gui/pages/page.h"
#include "gui/pages/train/message_strip.h"

#include <QComboBox>
#include <QPushButton>
#include <QTableView>

namespace embellie {

/// Is the cleaned field better than the raw one, where is rain lost and echo left, and may the numbers be
/// believed? The open data are cleaned by a run in a process of its own, or result files are taken as they
/// are.
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
    bool openRun(const std::filesystem::path& run) override;
    bool isComplete() const override;

    FourPanes& panes() { return *m_panes; }
    const ScoreTableModel& scores() const { return *m_scores; }

private:
    QWidget* makeLower();
    QWidget* makeSide();
    void addActions();
    void takeTheme();

    void listCandidates();
    void candidateChosen();
    void chooseFiles();
    void dataChanged();
    void inspect();
    void showClean();
    void takeResults(const std::vector<std::filesystem::path>& files);
    void fillArrays();
    void showLayer();
    void judgeAll();
    void showJudgement();
    void showState();
    void setBusy(int by);

    const Candidate* candidate() const; ///< null where none is chosen
    std::optional<JudgedLayer> judgedLayer(const LayerEntry& layer) const;
    double threshold() const;
    QString whyNot() const; ///< why nothing can be cleaned now; empty: it can
    FourPanes::Words words() const;

    PageContext m_context;
    std::vector<Candidate> m_candidates;
    std::vector<std::filesystem::path> m_others; ///< runs outside of the folder, and the one wanted
    std::vector<Candidate> m_files;              ///< result files that were chosen
    std::filesystem::path m_wanted;              ///< run to be chosen once it is listed
    QString m_judged;                            ///< names data, group and candidate of what follows
    RunInput m_input;                            ///< by the task's rule
    std::shared_ptr<Dataset> m_results;
    std::vector<std::filesystem::path> m_resultFiles;
    Nearness m_nearness;
    QString m_refusal;
    bool m_cleaning = false, m_chosenByHand = false;
    int m_busy = 0;
    quint64 m_turn = 0, m_layerTurn = 0, m_scoreTurn = 0; ///< late answers are dropped

    FourPanes* m_panes;
    ScoreTableModel* m_scores;
    QTableView* m_table;
    MessageStrip *m_sentence, *m_near;
    QLabel *m_caution, *m_cursor, *m_facts, *m_reason, *m_whereLabel;
    QComboBox *m_candidate, *m_reference, *m_raw, *m_where;
    QPushButton *m_show, *m_look;
    QAction* m_blink = nullptr;
    QList<QWidget*> m_barWidgets;
    std::vector<QLabel*> m_muted;
    QString m_painter;
    double m_milliseconds = 0;
};

} // namespace embellie
