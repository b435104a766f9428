#pragma once

#include "gui/form/settings_form.h"
#include "gui/pages/train/day_calendar.h"
#include "gui/pages/train/role_field.h"
#include "gui/workspace/session.h"

#include <QDialog>
#include <QPushButton>
#include <QTimer>

#include <map>
#include <memory>

namespace embellie {

/// Chooses wet and dry volumes by rain gauges: files, station files and the distance at the left, the
/// calendar at the right, which follows each change at once and is corrected by clicks. Corrections stay when
/// the proposal changes. Files are read on workers of the session.
class DayChooser : public QDialog {
    Q_OBJECT
public:
    /// @param radarPaths files and folders to begin with
    DayChooser(Session& session, const Theme& theme, const std::vector<std::string>& radarPaths,
               QWidget* parent = nullptr);
    ~DayChooser() override;

    RoleField& radar() { return *m_radar; }
    RoleField& gauges() { return *m_gauges; }
    SettingsForm& form() { return *m_form; }
    DayCalendar& calendar() { return *m_calendar; }

    /// What was chosen, once accepted.
    std::vector<std::string> files(DayKind kind) const { return filesOfKind(m_calendar->days(), kind); }

protected:
    void accept() override; ///< only where both kinds are there and no file serves both

private:
    struct Read {
        std::shared_ptr<const std::vector<RadarVolume>> volumes; ///< null until they are wanted
        std::shared_ptr<const std::vector<Gauge>> gauges;
        std::vector<DayVolume> days;
    };
    void filesChanged();
    void gaugesChanged();
    void settingChanged(const std::string& key);
    void propose();
    void showDays(Read read);
    void correct(const std::vector<std::size_t>& volumes, DayKind kind);
    void say(const QString& sentence, bool isWrong);
    void count();
    void save();

    Session& m_session;
    const Theme m_theme;
    RoleField *m_radar, *m_gauges;
    SettingsForm* m_form;
    DayCalendar* m_calendar;
    QLabel* m_said;
    std::map<DayKind, QLabel*> m_counts;
    QPushButton *m_use, *m_save;
    QTimer m_soon;
    quint64 m_reading = 0;
    Read m_read;
    std::map<std::pair<std::string, TimePoint>, DayKind> m_byHand;
};

} // namespace embellie
