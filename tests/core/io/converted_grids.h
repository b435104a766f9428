#pragma once

#include "core/io/cf/cf_writer.h"
#include "tests/core/io/tiny_hdf5.h"

#include <QString>

#include <cmath>

namespace embellie::test {

/// Of all arrays that were written: cells, states, kind, meanings and the places of the corners.
inline QString difference(const std::filesystem::path& original, const std::filesystem::path& other,
                          const Written& written) {
    Feedback feedback;
    const auto a = openSource(original), b = openSource(other);
    for (const auto& [id, name] : written.arrays) {
        const Field one = a->read(id, {}, feedback), two = b->read(name, {}, feedback);
        const QString at = QString::fromStdString(id + " as " + name);
        if (shapeOf(one.geometry()) != shapeOf(two.geometry()))
            return at + " has another shape";
        for (std::size_t cell = 0; cell < one.size(); ++cell)
            if (one.states()[cell] != two.states()[cell] ||
                (one.states()[cell] == State::Valid && one.values()[cell] != two.values()[cell]))
                return at + " differs at cell " + QString::number(cell);
        const Quantity &here = one.quantity(), &there = two.quantity();
        if (here.kind != there.kind || here.unit != there.unit || here.ambiguous != there.ambiguous ||
            here.meanings.size() != there.meanings.size())
            return at + " is another quantity";
        if (one.time() != two.time())
            return at + " has another time";
        const Grid &grid = *one.grid(), &made = *two.grid();
        for (std::size_t d = 0; d < grid.axes.size(); ++d) {
            const Axis &axis = grid.axes[d], &copy = made.axes[d];
            if (axis.role != copy.role || axis.bounds.size() != copy.bounds.size())
                return at + " has other axes";
            for (std::size_t i = 0; i < axis.size(); ++i)
                if (!(std::abs(axis.centres[i] - copy.centres[i]) <= 1e-9 * std::abs(axis.centres[i])))
                    return at + " has another coordinate along " + QString::fromStdString(axis.name);
            for (std::size_t i = 0; i < axis.bounds.size(); ++i)
                if (std::abs(axis.bounds[i] - copy.bounds[i]) > 1e-9 * (1 + std::abs(axis.bounds[i])))
                    return at + " has other bounds along " + QString::fromStdString(axis.name);
        }
        if (grid.calendar != made.calendar)
            return at + " has another calendar";
        if (grid.latitudes.size() != made.latitudes.size())
            return at + " has other places";
        for (std::size_t i = 0; i < grid.latitudes.size(); ++i)
            if (std::isnan(grid.latitudes[i])
                    ? !std::isnan(made.latitudes[i])
                    : grid.latitudes[i] != made.latitudes[i] || grid.longitudes[i] != made.longitudes[i])
                return at + " has another place " + QString::number(i);
    }
    return {};
}

inline Written convertedGrids(const std::filesystem::path& input, const std::filesystem::path& output,
                              std::size_t cells = 1 << 24) {
    Feedback feedback;
    const auto source = openSource(input);
    std::vector<const ArrayInfo*> arrays;
    for (const ArrayInfo& array : source->describe().arrays)
        arrays.push_back(&array);
    return writeCfGrids(output, *source, arrays, feedback, cells);
}

/// 3 × 4 cells of 2 km. DBZH is 18 dBZ, DBZV has no data, no echo, codes from 102 on, and its sixth cell was
/// removed.
inline void writeComposite(const std::filesystem::path& path, const std::string& projection, double x,
                           double y) {
    TinyHdf5 file(path);
    file.odimRoot("COMP", "ORG:247", "121500");
    file.text("/where", "projdef", projection);
    file.number("/where", "xsize", 4);
    file.number("/where", "ysize", 3);
    file.number("/where", "xscale", 2000);
    file.number("/where", "yscale", 2000);
    file.number("/where", "UL_x", x);
    file.number("/where", "UL_y", y);
    file.text("/dataset1/what", "product", "COMP");
    file.text("/dataset1/what", "startdate", "20200101");
    file.text("/dataset1/what", "starttime", "121000");
    file.text("/dataset1/what", "enddate", "20200101");
    file.text("/dataset1/what", "endtime", "122000");
    file.odimMoment("/dataset1/data1", "DBZH", 3, 4);
    file.bytes("/dataset1/data2/data", 3, 4, {255, 0, 102, 103, 104, 0, 106, 107, 108, 109, 110, 111});
    for (const auto& [name, value] :
         {std::pair{"gain", 0.5}, {"offset", -32.0}, {"nodata", 255.0}, {"undetect", 0.0}})
        file.number("/dataset1/data2/what", name, value);
    file.text("/dataset1/data2/what", "quantity", "DBZV");
    file.bytes("/dataset1/data2/quality1/data", 3, 4, {255, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    file.text("/dataset1/data2/quality1/how", "task", "fr.embellie.rejected");
}

} // namespace embellie::test
