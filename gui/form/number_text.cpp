#include "gui/form/number_text.h"

#include "gui/scene/localised.h"

#include <QRegularExpression>
#include <QStringList>

namespace embellie {

static const QString DecimalComma = QStringLiteral(",");

std::string numberFromTyped(const QString& typed, const QLocale& locale) {
    QString text = typed.trimmed();
    static const QRegularExpression innerSpaces(
        QStringLiteral("(?<=[0-9])[\\s\\x{2009}\\x{202f}](?=[0-9]{3})"));
    text.remove(innerSpaces);
    text.replace(QChar(0x2212), QLatin1Char('-'));
    text.replace(locale.decimalPoint(), QStringLiteral("."));
    return text.toStdString();
}

std::string listFromTyped(const QString& typed, const QLocale& locale) {
    static const QRegularExpression withComma(QStringLiteral("\\s*(;|,(?=\\s|$)|\\s)\\s*"));
    static const QRegularExpression withPoint(QStringLiteral("\\s*(;|,|\\s)\\s*"));
    const bool comma = locale.decimalPoint() == DecimalComma;
    std::string text;
    for (const QString& entry : typed.trimmed().split(comma ? withComma : withPoint, Qt::SkipEmptyParts))
        text += (text.empty() ? "" : ",") + numberFromTyped(entry, locale);
    return text;
}

static QString inLocale(double value, const QLocale& locale) {
    return QString::fromStdString(numberText(value)).replace(QLatin1Char('.'), locale.decimalPoint());
}

QString editableText(const SettingValue& value, const QLocale& locale) {
    if (const auto* list = std::get_if<std::vector<double>>(&value)) {
        QStringList entries;
        for (double entry : *list)
            entries << inLocale(entry, locale);
        return entries.join(locale.decimalPoint() == DecimalComma ? QStringLiteral("; ")
                                                                  : QStringLiteral(", "));
    }
    if (const auto* real = std::get_if<double>(&value))
        return inLocale(*real, locale);
    return QString::fromStdString(settingText(value));
}

QString rangeForPeople(const Setting& setting, const QLocale& locale) {
    const auto shown = [&](double value) { return inLocale(value, locale).toStdString(); };
    Text range;
    if (setting.least && setting.most)
        range = text(EMBELLIE_TR("form", "{0} to {1}"), shown(*setting.least), shown(*setting.most));
    else if (setting.least)
        range = text(EMBELLIE_TR("form", "at least {0}"), shown(*setting.least));
    else if (setting.most)
        range = text(EMBELLIE_TR("form", "at most {0}"), shown(*setting.most));
    QString said = localised(range, locale);
    const QString unit = unitForPeople(setting.unit);
    if (!unit.isEmpty())
        said += said.isEmpty() ? unit : QLatin1Char(' ') + unit;
    return said;
}

} // namespace embellie
