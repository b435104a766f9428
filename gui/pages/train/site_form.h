#pragma once

#include "core/launch/site.h"
#include "gui/form/field_frame.h"

#include <QComboBox>
#include <QLabel>
#include <QWidget>

#include <vector>

class QGridLayout;

namespace embellie {

/// "1 h 30 min", "2 d", "45 min": as a person writes a wall time; nothing where it is none. A bare number is
/// minutes, and what Slurm reads (1:30:00) is understood too.
std::optional<std::chrono::minutes> wallTimeFromTyped(const QString& typed);
QString wallTimeForPeople(std::chrono::minutes time);

/// Where a run shall execute and what it asks for there. A request over the site's limits is said under its
/// field before anything is sent.
class SiteForm : public QWidget {
    Q_OBJECT
public:
    explicit SiteForm(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setLabelWidth(int pixels);
    /// Keeps the choice; without one the site last used is chosen, else this machine.
    void setSites(std::vector<KnownSite> sites);
    /// The limits as Slurm itself told them: of a site that is known by its file.
    void setLimits(const LaunchSite& complete);
    /// The choice of another run; an unknown site leaves all as it is.
    void choose(const std::string& site, const Resources& resources);

    /// Null before the sites are known.
    const LaunchSite* site() const;
    Resources resources() const; ///< what a wrong field leaves open is the site's standard
    /// The labels of the wrong fields; empty: the request may be sent.
    QStringList problems() const;
    /// "Train here", "Train on HAL".
    QString startWord() const;

Q_SIGNALS:
    void changed();
    void siteChosen(const QString& site); ///< its limits may be asked for

private:
    struct Row {
        QLabel* label = nullptr;
        QWidget* field = nullptr;
        QLabel* error = nullptr;
    };
    Row addRow(const TextPattern& label, const TextPattern& help, QWidget* field, QWidget* control,
               const char* name);
    TextField* textRow(const TextPattern& label, const TextPattern& help, const char* name, Row& row);
    void siteChanged();
    void fillPartitions();
    void check();
    void setError(Row& row, const QString& sentence);
    QString hintOf(const LaunchSite& site) const;

    Theme m_theme;
    std::vector<KnownSite> m_sites;
    QGridLayout* m_grid;
    QComboBox *m_site, *m_partition;
    QLabel *m_siteLabel, *m_hint;
    TextField *m_gpus, *m_time, *m_requeues;
    Row m_partitionRow, m_gpusRow, m_timeRow, m_requeuesRow;
    QStringList m_problems;
    Resources m_resources;
    std::string m_last; ///< id of the site whose fields are filled in
};

} // namespace embellie
