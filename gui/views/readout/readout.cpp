#include "gui/views/readout/readout.h"

#include "gui/scene/localised.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace embellie {

namespace {

struct KnownQuantity {
    std::string_view id;
    TextPattern words;
};

/// ODIM_H5 2.4, table 17, and names that are common beside it.
constexpr std::array known = {
    KnownQuantity{"TH", EMBELLIE_TR("quantity", "raw reflectivity")},
    KnownQuantity{"TV", EMBELLIE_TR("quantity", "raw reflectivity, vertical")},
    KnownQuantity{"DBZH", EMBELLIE_TR("quantity", "reflectivity")},
    KnownQuantity{"DBZV", EMBELLIE_TR("quantity", "reflectivity, vertical")},
    KnownQuantity{"DBZH_CLEAN", EMBELLIE_TR("quantity", "after the clutter filter")},
    KnownQuantity{"VRAD", EMBELLIE_TR("quantity", "radial velocity")},
    KnownQuantity{"VRADH", EMBELLIE_TR("quantity", "radial velocity")},
    KnownQuantity{"VRADV", EMBELLIE_TR("quantity", "radial velocity, vertical")},
    KnownQuantity{"VRADDH", EMBELLIE_TR("quantity", "unfolded velocity")},
    KnownQuantity{"WRAD", EMBELLIE_TR("quantity", "spectrum width")},
    KnownQuantity{"WRADH", EMBELLIE_TR("quantity", "spectrum width")},
    KnownQuantity{"WRADV", EMBELLIE_TR("quantity", "spectrum width, vertical")},
    KnownQuantity{"ZDR", EMBELLIE_TR("quantity", "differential reflectivity")},
    KnownQuantity{"RHOHV", EMBELLIE_TR("quantity", "correlation of the polarisations")},
    KnownQuantity{"PHIDP", EMBELLIE_TR("quantity", "differential phase")},
    KnownQuantity{"KDP", EMBELLIE_TR("quantity", "specific differential phase")},
    KnownQuantity{"SNRH", EMBELLIE_TR("quantity", "signal to noise")},
    KnownQuantity{"SQIH", EMBELLIE_TR("quantity", "signal quality")},
    KnownQuantity{"RATE", EMBELLIE_TR("quantity", "rain rate")},
    KnownQuantity{"ACRR", EMBELLIE_TR("quantity", "rain amount")},
    KnownQuantity{"CLASS", EMBELLIE_TR("quantity", "classes of echo")},
};

QString hemisphere(double degrees, QChar positive, QChar negative, const QLocale& locale) {
    return numberForPeople(std::abs(degrees), 3, locale) + QStringLiteral("° ") +
           (degrees < 0 ? negative : positive);
}

/// Of KDP.
bool isPhase(const std::string& unit) {
    return unit == "degrees km-1" || unit == "degree km-1" || unit == "degrees/km" || unit == "degree/km" ||
           unit == "deg/km" || unit == "deg km-1";
}

bool isMeasuredByRadar(const std::string& unit) {
    return isPhase(unit) || unit == "dB" || unit == "dBZ" || unit == "dBz";
}

QString read(const char* text) {
    return QCoreApplication::translate("readout", text);
}

} // namespace

int decimalsOf(const Quantity& quantity) {
    const std::string& unit = quantity.unit;
    if (quantity.kind == Kind::Classes || quantity.kind == Kind::Flags)
        return 0;
    if (quantity.kind == Kind::Probability)
        return 2;
    if (unit == "1" || unit.empty())
        return quantity.id.find("RHO") != std::string::npos ? 3 : 2;
    for (const std::string_view large : {"m", "Pa"})
        if (unit == large)
            return 0;
    for (const std::string_view fine : {"mm", "mm h-1", "mm/h", "mm/hr", "dB"})
        if (unit == fine)
            return 2;
    return isPhase(unit) ? 2 : 1;
}

/// Counts and codes are shown as the whole numbers that they are. A look at some cells tells: files don't
/// always keep how a value was stored.
static bool isCount(const Field& field) {
    const std::string& unit = field.quantity().unit;
    if (field.quantity().kind != Kind::Quantity ||
        !(unit.empty() || unit == "1" || unit == "none" || unit == "count" || unit == "counts"))
        return false;
    constexpr std::size_t looks = 1024;
    const std::size_t step = std::max<std::size_t>(1, field.size() / looks);
    float largest = 0;
    for (std::size_t i = 0; i < field.size(); i += step)
        if (field.states()[i] == State::Valid) {
            const float value = field.values()[i];
            if (value != std::round(value))
                return false;
            largest = std::max(largest, std::abs(value));
        }
    return largest > 1; // zeros and ones alone may be shares
}

QString valueForPeople(const Field& field, std::size_t cell, const QLocale& locale) {
    const Quantity& quantity = field.quantity();
    switch (field.states()[cell]) {
    case State::NoEcho:
        return read(QT_TRANSLATE_NOOP("readout", "no echo"));
    case State::Rejected:
        return read(QT_TRANSLATE_NOOP("readout", "removed"));
    case State::NoData:
        return quantity.ambiguous ? read(QT_TRANSLATE_NOOP("readout", "no echo or not measured"))
                                  : read(QT_TRANSLATE_NOOP("readout", "not measured"));
    case State::Valid:
        break;
    }
    const float value = field.values()[cell];
    const QString meaning = meaningOf(quantity, value);
    if (!meaning.isEmpty())
        return meaning;
    int decimals = decimalsOf(quantity);
    if (value == std::round(value) && isCount(field))
        decimals = 0;
    // Tiny values, as of mixing ratios: as many decimals as give three digits. What radars measure is no
    // finer than its decimals.
    else if (value != 0 && !isMeasuredByRadar(quantity.unit) && std::abs(value) < std::pow(10.0, -decimals))
        decimals = std::min(12, int(std::ceil(-std::log10(std::abs(value)))) + 2);
    return numberForPeople(value, decimals, quantity.unit, locale);
}

QString quantityForPeople(const Quantity& quantity) {
    if (quantity.kind == Kind::Classes && quantity.meanings.size() > 1 && quantity.id == "CLASS")
        return QCoreApplication::translate("readout", "%n classes of echo", nullptr,
                                           int(quantity.meanings.size()));
    for (const KnownQuantity& each : known)
        if (each.id == quantity.id)
            return localised(each.words);
    const std::string& words = quantity.longName.empty() ? quantity.standardName : quantity.longName;
    if (words == quantity.id)
        return {};
    return QString::fromStdString(words).replace(u'_', u' ');
}

QString placeForPeople(const GeoPoint& place, const QLocale& locale) {
    return hemisphere(place.latitude, u'N', u'S', locale) + QLatin1Char(' ') +
           hemisphere(place.longitude, u'E', u'W', locale);
}

std::vector<ReadoutLine> placeOf(const Field& field, std::size_t cell, const QLocale& locale) {
    std::vector<ReadoutLine> lines;
    const CellHit hit = hitOf(field, cell);
    if (hit.gate) {
        const GatePlace& gate = *hit.gate;
        const bool vertical = field.sweep()->mode != SweepMode::Azimuth;
        lines.push_back({read(QT_TRANSLATE_NOOP("readout", "Azimuth")),
                         read(QT_TRANSLATE_NOOP("readout", "%1, ray %2"))
                             .arg(numberForPeople(gate.azimuth, 1, "degrees", locale))
                             .arg(hit.row)});
        if (vertical)
            lines.push_back({read(QT_TRANSLATE_NOOP("readout", "Elevation")),
                             numberForPeople(gate.elevation, 1, "degrees", locale)});
        lines.push_back({read(QT_TRANSLATE_NOOP("readout", "Range")),
                         read(QT_TRANSLATE_NOOP("readout", "%1, gate %2"))
                             .arg(numberForPeople(gate.rangeMeters / 1000, 2, "km", locale))
                             .arg(hit.column)});
        lines.push_back({read(QT_TRANSLATE_NOOP("readout", "Height of beam")),
                         read(QT_TRANSLATE_NOOP("readout", "%1 above sea"))
                             .arg(numberForPeople(gate.heightMeters / 1000, 2, "km", locale))});
    } else {
        lines.push_back(
            {read(QT_TRANSLATE_NOOP("readout", "Cell")),
             read(QT_TRANSLATE_NOOP("readout", "row %1, column %2")).arg(hit.row).arg(hit.column)});
    }
    if (hit.place)
        lines.push_back({read(QT_TRANSLATE_NOOP("readout", "Place")), placeForPeople(*hit.place, locale)});
    return lines;
}

} // namespace embellie
