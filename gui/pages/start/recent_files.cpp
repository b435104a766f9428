#include "gui/pages/start/recent_files.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSettings>

#include <algorithm>

namespace embellie {

std::vector<RecentEntry> recentFiles() {
    QSettings settings;
    std::vector<RecentEntry> entries;
    const int count = settings.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        entries.push_back({settings.value(QStringLiteral("path")).toString(),
                           settings.value(QStringLiteral("title")).toString(),
                           settings.value(QStringLiteral("counted")).toString(),
                           settings.value(QStringLiteral("count")).toInt(),
                           settings.value(QStringLiteral("when")).toDateTime(), false});
    }
    settings.endArray();
    return entries;
}

void addRecentFiles(std::vector<RecentEntry> fresh) {
    std::vector<RecentEntry> entries;
    const std::vector<RecentEntry> former = recentFiles();
    fresh.insert(fresh.end(), former.begin(), former.end());
    for (const RecentEntry& each : fresh)
        if (entries.size() < mostRecentFiles &&
            std::none_of(entries.begin(), entries.end(),
                         [&](const RecentEntry& before) { return before.path == each.path; }))
            entries.push_back(each);
    QSettings settings;
    settings.beginWriteArray(QStringLiteral("recent"), int(entries.size()));
    for (int i = 0; i < int(entries.size()); ++i) {
        settings.setArrayIndex(i);
        const RecentEntry& each = entries[std::size_t(i)];
        settings.setValue(QStringLiteral("path"), each.path);
        settings.setValue(QStringLiteral("title"), each.title);
        settings.setValue(QStringLiteral("counted"), each.counted);
        settings.setValue(QStringLiteral("count"), each.count);
        settings.setValue(QStringLiteral("when"), each.when);
    }
    settings.endArray();
}

QString detailForPeople(const RecentEntry& entry) {
    if (entry.counted == QLatin1String("times"))
        return QCoreApplication::translate("recent", "%n times", nullptr, entry.count);
    if (entry.counted == QLatin1String("sweeps"))
        return QCoreApplication::translate("recent", "%n sweeps", nullptr, entry.count);
    if (entry.counted == QLatin1String("levels"))
        return QCoreApplication::translate("recent", "%n levels", nullptr, entry.count);
    if (entry.counted == QLatin1String("sites"))
        return QCoreApplication::translate("recent", "%n sites or products", nullptr, entry.count);
    return {};
}

QString whenForPeople(const QDateTime& when, const QDateTime& now) {
    const qint64 days = when.date().daysTo(now.date());
    if (days == 0)
        return QCoreApplication::translate("recent", "today %1")
            .arg(when.time().toString(QStringLiteral("HH:mm")));
    if (days == 1)
        return QCoreApplication::translate("recent", "yesterday");
    if (days > 1 && days < 14)
        return QCoreApplication::translate("recent", "%n days ago", nullptr, int(days));
    return when.date().toString(Qt::ISODate);
}

} // namespace embellie
