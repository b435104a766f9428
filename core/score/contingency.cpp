#include "core/score/contingency.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace embellie {

static double ratio(double part, double whole) {
    return whole != 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

Contingency& Contingency::operator+=(const Contingency& other) {
    hits += other.hits;
    misses += other.misses;
    falseAlarms += other.falseAlarms;
    correctNegatives += other.correctNegatives;
    return *this;
}

// In double: products of counts pass 64 bits for a year of volumes.
double Contingency::pod() const {
    return ratio(double(hits), double(hits) + double(misses));
}

double Contingency::far() const {
    return ratio(double(falseAlarms), double(hits) + double(falseAlarms));
}

double Contingency::csi() const {
    return ratio(double(hits), double(hits) + double(misses) + double(falseAlarms));
}

double Contingency::hss() const {
    const double a = double(hits), b = double(falseAlarms), c = double(misses), d = double(correctNegatives);
    return ratio(2 * (a * d - b * c), (a + c) * (c + d) + (a + b) * (b + d));
}

double Contingency::frequencyBias() const {
    return ratio(double(hits) + double(falseAlarms), double(hits) + double(misses));
}

double Contingency::rainLost() const {
    return ratio(double(misses), double(hits) + double(misses));
}

// nlohmann writes NaN as null, which is what is wanted.
nlohmann::json toJson(const Contingency& table) {
    return {{"hits", table.hits},
            {"misses", table.misses},
            {"false_alarms", table.falseAlarms},
            {"correct_negatives", table.correctNegatives},
            {"pod", table.pod()},
            {"far", table.far()},
            {"csi", table.csi()},
            {"hss", table.hss()},
            {"bias", table.frequencyBias()},
            {"rain_lost", table.rainLost()}};
}

ErrorSums& ErrorSums::operator+=(const ErrorSums& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
    return *this;
}

double ErrorSums::bias() const {
    return ratio(sum, double(count));
}

double ErrorSums::rmse() const {
    return std::sqrt(ratio(squares, double(count)));
}

} // namespace embellie
