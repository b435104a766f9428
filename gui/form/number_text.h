#pragma once

#include "core/settings/settings.h"

#include <QLocale>
#include <QString>

namespace embellie {

/// What was typed, as core reads it: the locale's decimal sign (and a point, whatever the locale) becomes
/// ".", spaces inside the number go, a true minus becomes "-". Anything else stays, so that the error shows
/// it.
std::string numberFromTyped(const QString& typed, const QLocale& locale);

/// The same for a list: entries are separated by ";" or spaces, and by "," where that is not the decimal sign
/// (under a decimal comma one followed by a space still separates).
std::string listFromTyped(const QString& typed, const QLocale& locale);

/// A value as it is shown for editing: the locale's decimal sign, no grouping; lists with "; " under a
/// decimal comma, else with ", ".
QString editableText(const SettingValue& value, const QLocale& locale);

/// "0.0001 to 0.1", "at least 1", empty without limits; with its unit.
QString rangeForPeople(const Setting& setting, const QLocale& locale);

} // namespace embellie
