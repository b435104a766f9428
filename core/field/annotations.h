#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace embellie {

struct Place {
    double latitude = 0, longitude = 0; ///< WGS84 degrees
    friend bool operator==(const Place&, const Place&) = default;
};

/// A point (one place), a box (two opposite corners) or a polygon (closed by itself), with what it says.
struct Annotation {
    enum class Shape { Point, Box, Polygon };
    Shape shape = Shape::Point;
    std::vector<Place> places;
    std::string className;
    std::optional<double> score; ///< 0 to 1
    TimeInterval time;
    friend bool operator==(const Annotation&, const Annotation&) = default;
};
using Annotations = std::vector<Annotation>;

/// Rows with named columns that have units; a missing number is NaN.
struct Table {
    struct Column {
        std::string name, unit;
        std::variant<std::vector<double>, std::vector<std::string>> cells;
        friend bool operator==(const Column&, const Column&) = default;
    };
    std::vector<Column> columns;
    friend bool operator==(const Table&, const Table&) = default;
};

} // namespace embellie
