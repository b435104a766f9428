#include "gui/scene/localised.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <chrono>
#include <cmath>

namespace embellie {

static std::string inLocale(const std::string& argument, const QLocale& locale) {
    static const QRegularExpression number(QStringLiteral("^-?[0-9]*\\.[0-9]+(e[+-]?[0-9]+)?$"));
    QString text = QString::fromStdString(argument);
    if (number.match(text).hasMatch())
        text.replace(QLatin1Char('.'), locale.decimalPoint());
    return text.toStdString();
}

QString localised(const Text& text, const QLocale& locale) {
    if (text.empty())
        return {};
    std::vector<std::string> arguments;
    for (const std::string& argument : text.arguments())
        arguments.push_back(inLocale(argument, locale));
    const QString pattern = QCoreApplication::translate(text.context(), text.pattern());
    return QString::fromStdString(fillPattern(pattern.toStdString(), arguments));
}

QString localised(const Error& error, const QLocale& locale) {
    QStringList place;
    for (const std::string& part : {error.file(), error.place()})
        if (!part.empty())
            place << QString::fromStdString(part);
    QString sentence = place.join(QStringLiteral(", "));
    if (!sentence.isEmpty())
        sentence += QStringLiteral(": ");
    sentence += localised(error.whatText(), locale);
    const bool expected = !error.expectedText().empty();
    if (expected)
        sentence += localised(text(EMBELLIE_TR("error", "; expected {0}"),
                                   localised(error.expectedText(), locale).toStdString()));
    if (!error.foundText().empty()) {
        const TextPattern pattern =
            expected ? EMBELLIE_TR("error", ", found {0}") : EMBELLIE_TR("error", "; found {0}");
        sentence += localised(text(pattern, localised(error.foundText(), locale).toStdString()));
    }
    if (!error.remedyText().empty())
        sentence += QStringLiteral("; ") + localised(error.remedyText(), locale);
    return sentence + QLatin1Char('.');
}

QString localised(const std::exception& error, const QLocale& locale) {
    if (const auto* known = dynamic_cast<const Error*>(&error))
        return localised(*known, locale);
    return QString::fromUtf8(error.what());
}

QString unitForPeople(const std::string& unit) {
    if (unit == "1" || unit.empty())
        return {};
    if (unit == "degree" || unit == "degrees" || unit == "deg" || unit == "degrees_north" ||
        unit == "degrees_east")
        return QStringLiteral("°");
    if (unit == "percent")
        return QStringLiteral("%");
    if (unit == "meters_per_second" || unit == "meter_per_second")
        return QStringLiteral("m/s");
    QStringList above, below;
    static const QRegularExpression powered(QStringLiteral("^([A-Za-zµ°%]+)(?:\\*\\*|\\^)?(-?[0-9]+)$"));
    for (const QString& factor : QString::fromStdString(unit).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const auto match = powered.match(factor);
        const int power = match.hasMatch() ? match.captured(2).toInt() : 1;
        const QString base = match.hasMatch() ? match.captured(1) : factor;
        static const QStringList superscripts{QString(), QString(), QStringLiteral("²"), QStringLiteral("³")};
        const int size = std::abs(power);
        if (size == 0 || size > 3)
            return QString::fromStdString(unit);
        (power < 0 ? below : above) << base + superscripts[size];
    }
    QString text = above.join(QLatin1Char(' '));
    for (const QString& factor : below)
        text += QLatin1Char('/') + factor;
    return above.isEmpty() ? QLatin1Char('1') + text : text;
}

QString secondsText(TimePoint time, Calendar calendar) {
    return QString::fromStdString(timeText(std::chrono::floor<std::chrono::seconds>(time), calendar));
}

QString numberForPeople(double value, int decimals, const QLocale& locale) {
    if (std::isnan(value))
        return QStringLiteral("—");
    QLocale plain(locale);
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    QString text = plain.toString(std::abs(value), 'f', decimals);
    const int point = text.indexOf(locale.decimalPoint());
    const int whole = point < 0 ? int(text.size()) : point;
    for (int at = whole - 3; at > 0; at -= 3)
        text.insert(at, QChar(0x2009));
    const bool isZero = QString(text).remove(QRegularExpression(QStringLiteral("[^1-9]"))).isEmpty();
    return std::signbit(value) && !isZero ? QChar(0x2212) + text : text;
}

QString numberForPeople(double value, int decimals, const std::string& unit, const QLocale& locale) {
    const QString number = numberForPeople(value, decimals, locale);
    const QString name = unitForPeople(unit);
    if (name.isEmpty() || std::isnan(value))
        return number;
    return name == QStringLiteral("°") ? number + name : number + QLatin1Char(' ') + name;
}

} // namespace embellie
