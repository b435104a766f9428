#pragma once

#include "gui/pages/train/run_snapshot.h"
#include "gui/scene/palette.h"

#include <QLabel>
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
    void stopWanted(const std::filesystem::path& run);
    void discardWanted(const std::filesystem::path& run);
    void goOnWanted(const std::filesystem::path& run);
    void copyWanted(const std::filesystem::path& run);
    void logWanted(const std::filesystem::path& run);
    void judgeWanted(const std::filesystem::path& run);

private:
    QPushButton* button(const TextPattern& label, const TextPattern& help, const char* name,
                        void (RunPanel::*signal)(const std::filesystem::path&));
    void show();
    void discardClicked();

    RunSnapshotPtr m_run;
    Theme m_theme;
    QLabel *m_heading, *m_facts;
    QPushButton *m_stop, *m_discard, *m_goOn, *m_copy, *m_log, *m_judge;
    QTimer m_sure; ///< runs between the first and the second click on Discard
    bool m_logShown = false;
};

} // namespace embellie
