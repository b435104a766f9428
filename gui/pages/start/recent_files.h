#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace embellie {

/// Something opened before.
struct RecentEntry {
    QString path;
    QString title;   ///< "Captains Flat, 2018-12-20 06:06"
    QString counted; ///< what there is of: "times", "sweeps", "levels" or "sites"; empty: nothing to count
    int count = 0;
    QDateTime when;
    bool missing = false; ///< found to be moved or deleted
};

/// The newest first, as the settings keep them.
std::vector<RecentEntry> recentFiles();
constexpr std::size_t mostRecentFiles = 8;
/// Puts @p fresh, the newest first, before those that are kept; writes the settings once.
void addRecentFiles(std::vector<RecentEntry> fresh);

/// "14 sweeps", in the language of now.
QString detailForPeople(const RecentEntry& entry);

/// "today 09:12", "yesterday", "3 days ago", else the date.
QString whenForPeople(const QDateTime& when, const QDateTime& now = QDateTime::currentDateTime());

} // namespace embellie
