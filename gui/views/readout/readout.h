#pragma once

#include "gui/scene/scene.h"

#include <QLocale>
#include <QString>

#include <vector>

namespace embellie {

/// A label and its text, as "Azimuth" and "76.5°, ray 76".
struct ReadoutLine {
    QString label, value;
    friend bool operator==(const ReadoutLine&, const ReadoutLine&) = default;
};

/// A value with its unit, the name of its class, or in words why it is missing: "no echo", "not measured",
/// "removed".
QString valueForPeople(const Field& field, std::size_t cell, const QLocale& locale = QLocale());
/// Decimals that people expect: dBZ, m/s, dB and azimuths 1, correlations 3, shares and probabilities 2.
int decimalsOf(const Quantity& quantity);
/// "raw reflectivity", "radial velocity": what an ODIM quantity means in words; its long name where it is not
/// known.
QString quantityForPeople(const Quantity& quantity);

/// Where a cell is: of a sweep azimuth with ray, range with gate, height of the beam, place; of a grid
/// column, row, place.
std::vector<ReadoutLine> placeOf(const Field& field, std::size_t cell, const QLocale& locale = QLocale());
/// "35.445° S 150.586° E"
QString placeForPeople(const GeoPoint& place, const QLocale& locale = QLocale());

} // namespace embellie
