#pragma once

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/time.h"

#include <QLocale>
#include <QString>

#include <string>

namespace embellie {

/// A sentence of core in the window's language (the installed QTranslator); arguments that are plain numbers
/// get the locale's decimal sign. Main thread only, as are all functions here that take no locale.
QString localised(const Text& text, const QLocale& locale = QLocale());
inline QString localised(TextPattern pattern) {
    return localised(Text(pattern));
}

/// "FILE, PLACE: what; expected …, found …; remedy." as Error::what(), in the window's language.
QString localised(const Error& error, const QLocale& locale = QLocale());
/// The same for whatever was thrown; an exception that is not ours speaks for itself.
QString localised(const std::exception& error, const QLocale& locale = QLocale());

/// A UDUNITS text as it is written on screen: "m s-1" is "m/s", "1" is nothing, "degree" is "°".
QString unitForPeople(const std::string& unit);

/// "2020-01-01 12:00:05": nobody reads what is below a second.
QString secondsText(TimePoint time, Calendar calendar);

/// A number with a fixed count of decimals, true minus sign, thin space in thousands, the locale's decimal
/// sign; "—" for NaN.
QString numberForPeople(double value, int decimals, const QLocale& locale = QLocale());
/// The same with its unit: after a space, degrees without.
QString numberForPeople(double value, int decimals, const std::string& unit,
                        const QLocale& locale = QLocale());

} // namespace embellie
