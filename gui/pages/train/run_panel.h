#pragma once

#include "gui/pages/train/run_snapshot.h"
#include "gui/scene/palette.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QWidget>

namespace embellie {

/// The right side of the Train page: the chosen run in words, and what can be done with it.
class RunPanel : public QWidget {
    Q_OBJECT
public:
    explicit RunPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setRun(RunSnapshotPtr run); ///< null: none is chosen
    const RunSnapshotPtr& run() const { return m_run; }
    void setLogShown(bool shown);

Q_SIGNALS:
    void noteEdited(const std::filesystem::path& run, const QString& note);
    void stopWanted(const std::filesystem::path& run);
    void discardWanted(const std::filesystem::path& run);
    void goOnWanted(const std::filesystem::path& run);
    void extendWanted(const std::filesystem::path& run);
    void fetchWanted(const std::filesystem::path& run);
    void copyWanted(const std::filesystem::path& run);
    void logWanted(const std::filesystem::path& run);
    void judgeWanted(const std::filesystem::path& run);

private:
    QPushButton* button(const TextPattern& label, const TextPattern& help, const char* name,
                        void (RunPanel::*signal)(const std::filesystem::path&));
    void showRun();
    void showButtons();
    void discardClicked();
    QString factsOfRun() const;

    RunSnapshotPtr m_run;
    Theme m_theme;
    QLabel *m_heading, *m_queue, *m_facts;
    QLineEdit* m_note;
    QPushButton *m_stop, *m_discard, *m_goOn, *m_extend, *m_fetch, *m_copy, *m_log, *m_judge;
    QTimer m_sure; ///< runs between the first and the second click on Discard
    bool m_logShown = false;
};

/// How long a run waits and why, or how long its job may still work: a line a clause, what matters first.
/// Empty for a run without a queue.
QStringList queueWords(const RunSnapshot& run);

} // namespace embellie
