#pragma once

#include "core/run/run_directory.h"
#include "core/task/task.h"
#include "gui/form/settings_form.h"
#include "gui/pages/train/role_field.h"
#include "gui/pages/train/site_form.h"
#include "gui/pages/train/start_choice.h"
#include "gui/pages/train/sweep_form.h"
#include "gui/workspace/session.h"

#include <QComboBox>
#include <QPushButton>
#include <QWidget>

namespace embellie {

/// The left side of the Train page: task, network, data and the machine are chosen, the form of their
/// settings is filled in, and the run, or a sweep of runs, is started. Says beside the button why it is off.
class TrainSetup : public QWidget {
    Q_OBJECT
public:
    explicit TrainSetup(Session& session, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Where the next run will be written, for the line above the button.
    void setNextRun(const std::filesystem::path& run);
    /// Takes task, network, settings and data of another run.
    void copyFrom(const RunRequest& request);
    /// Back to the defaults, without data; task, network and site stay.
    void putBack();
    /// Why the last start did not succeed; gone with the next change. While @p starting the button is off.
    void setRefusal(const QString& sentence);
    void setStarting(bool starting);

    RunRequest request() const; ///< with the site and what is asked of it
    SiteForm& site() { return *m_site; }
    SweepForm& sweep() { return *m_sweep; }
    SettingsForm& form() { return *m_form; }
    RoleField* role(const std::string& id) const; ///< null where the task has none of that id

Q_SIGNALS:
    void startWanted();
    void folderWanted();

private:
    const TaskInfo& task() const;
    const NetworkInfo& network() const;
    void taskChosen();
    void networkChosen();
    void beginChosen();
    QPushButton* daysButton();
    void chooseDays();
    void dataChanged();
    void settingsChanged();
    void siteChanged();
    void showWhere();
    void showMemory();
    void showReason();
    bool hasData() const;
    void fillQuickSettings();
    void takeQuickSettingsBack();

    Session& m_session;
    Theme m_theme;
    QComboBox *m_task, *m_network;
    StartChoice* m_begin;
    QLabel *m_weights, *m_dataHint, *m_where, *m_reason;
    QWidget* m_roles;
    std::vector<RoleField*> m_roleFields;
    std::vector<QLabel*> m_muted;
    SiteForm* m_site;
    SettingsForm* m_form;
    SweepForm* m_sweep;
    QPushButton *m_start, *m_folder;
    std::filesystem::path m_next;
    std::map<std::string, SettingValue> m_quick; ///< what was filled in for the built-in scene
    QString m_refusal, m_contradiction, m_missingProgram;
    bool m_starting = false;
};

} // namespace embellie
