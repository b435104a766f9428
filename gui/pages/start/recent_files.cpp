#include "gui/pages/start/recent_files.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSettings>

#include <algorithm>

namespace embellie {

namespace {
constexpr int most = 8;
}

std::vector<RecentEntry> recentFiles() {
    QSettings settings;
    std::vector<RecentEntry> entries;
    const int count = settings.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        entries.push_back({settings.value(QStringLiteral("path")).toString(),
                           settings.value(QStringLiteral("title")).toString(),
                           settings.value(QStringLiteral("detail")).toString(),
                           settings.value(QStringLiteral("when")).toDateTime(), false});
    }
    settings.endArray();
    return entries;
}

void addRecentFile(const RecentEntry& entry) {
    std::vector<RecentEntry> entries = recentFiles();
    std::erase_if(entries, [&](const RecentEntry& each) { return each.path == entry.path; });
    entries.insert(entries.begin(), entry);
    if (entries.size() > std::size_t(most))
        entries.resize(std::size_t(most));
    QSettings settings;
    settings.beginWriteArray(QStringLiteral("recent"), int(entries.size()));
    for (int i = 0; i < int(entries.size()); ++i) {
        settings.setArrayIndex(i);
        const RecentEntry& each = entries[std::size_t(i)];
        settings.setValue(QStringLiteral("path"), each.path);
        settings.setValue(QStringLiteral("title"), each.title);
        settings.setValue(QStringLiteral("detail"), each.detail);
        settings.setValue(QStringLiteral("when"), each.when);
    }
    settings.endArray();
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
