#include "core/io/cf/cf_writer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/cf/grid_file.h"
#include "core/io/cfradial/roles.h"
#include "core/io/netcdf.h"
#include "core/io/netcdf_cells.h"
#include "core/io/odim/odim_writer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

namespace embellie {

namespace {

struct Part {
    std::vector<std::size_t> from, count;
    Window window;
};

/// An array in parts of at most @p cells, which begin where chunks do.
std::vector<Part> partsOf(const ArrayInfo& array, std::size_t cells) {
    const std::vector<std::size_t>&shape = array.shape, chunks = chunksOf(shape);
    std::vector<std::size_t> step = shape;
    std::size_t inner = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        const std::size_t most = std::max<std::size_t>(1, cells / std::max<std::size_t>(inner, 1));
        step[axis] = most >= shape[axis]   ? shape[axis]
                     : most > chunks[axis] ? most / chunks[axis] * chunks[axis]
                                           : most;
        inner *= std::max<std::size_t>(step[axis], 1);
    }
    std::vector<Part> parts;
    std::vector<std::size_t> from(shape.size(), 0);
    for (bool more = std::find(shape.begin(), shape.end(), std::size_t(0)) == shape.end(); more;) {
        Part part{from, {}, {}};
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            const std::size_t to = std::min(from[axis] + step[axis], shape[axis]);
            part.count.push_back(to - from[axis]);
            part.window.parts.push_back({array.dimensions[axis], from[axis], to, 1});
        }
        parts.push_back(std::move(part));
        more = false;
        for (std::size_t axis = shape.size(); axis-- > 0 && !more;) {
            from[axis] += step[axis];
            more = from[axis] < shape[axis];
            if (!more)
                from[axis] = 0;
        }
    }
    return parts;
}

/// Times that float32, as which cells are read, does not hold to the second, in whatever unit. Whole numbers
/// that it holds were whole.
bool isTimeLost(const Field& field) {
    constexpr float exact = 16'777'216; // from here on it does not hold each whole number
    const auto unit = parseTimeUnit(field.quantity().unit, "");
    return unit && std::any_of(field.values().begin(), field.values().end(), [&](float value) {
               const float size = std::abs(value);
               const double step =
                   double(std::nextafter(size, std::numeric_limits<float>::infinity())) - size;
               return step * unit->secondsPerUnit > 1 && (size >= exact || size != std::floor(size));
           });
}

/// What each array is called: its quantity where that tells it from the others, what it qualifies in front.
std::map<const ArrayInfo*, std::string>
namesOf(const SourceInfo& info, const std::vector<const ArrayInfo*>& arrays, CfGridFile& places) {
    std::map<std::string, int> times;
    for (const ArrayInfo* array : arrays)
        ++times[array->quantity.id];
    std::map<const ArrayInfo*, std::string> names;
    for (const bool qualities : {false, true})
        for (const ArrayInfo* array : arrays) {
            if (array->qualityOf.empty() == qualities)
                continue;
            std::string word = array->quantity.id.empty() ? array->id : array->quantity.id;
            if (array->quantity.kind == Kind::Probability && qualities)
                word = CfRadialProbabilityRole;
            else if (word == UncertaintyId && qualities)
                word = CfRadialUncertaintyRole;
            const auto of = names.find(info.find(array->qualityOf));
            std::string name = of != names.end()               ? of->second + "_" + netcdfName(word)
                               : times[array->quantity.id] > 1 ? netcdfName(array->id)
                                                               : netcdfName(word);
            names[array] = places.freeName(name);
        }
    return names;
}

class GridsWriter {
public:
    GridsWriter(NetcdfWriter& file, Source& source, const std::vector<const ArrayInfo*>& arrays,
                std::size_t cells, Feedback& feedback)
        : m_file(file), m_source(source), m_arrays(arrays), m_cells(cells), m_feedback(feedback),
          m_places(file), m_placeArrays(takePlaces()),
          m_names(namesOf(source.describe(), m_arrays, m_places)) {}

    Written write() {
        writeGlobal();
        double done = 0;
        for (const ArrayInfo* array : m_arrays) {
            writeArray(*array, done);
            m_feedback.progress(++done, static_cast<double>(m_arrays.size()));
        }
        for (const ArrayInfo* array : m_arrays) // which qualities are there is known now
            if (const auto cells = m_variables.find(array); cells != m_variables.end())
                cells->second.finish(qualitiesOf(*array));
        for (const auto& [array, isLongitude] : m_placeArrays) { // they are coordinates of the others
            const std::string names = m_places.place(*array->grid, std::nullopt, m_feedback).coordinates;
            const std::size_t blank = names.find(' ');
            m_written.arrays.emplace_back(array->id,
                                          isLongitude ? names.substr(blank + 1) : names.substr(0, blank));
        }
        return std::move(m_written);
    }

private:
    /// Latitudes and longitudes of the cells of a grid, which are written with it.
    std::vector<std::pair<const ArrayInfo*, bool>> takePlaces() {
        std::vector<std::pair<const ArrayInfo*, bool>> places;
        std::erase_if(m_arrays, [&](const ArrayInfo* array) {
            const bool isOfCells = array->grid && array->grid->isCurvilinear() && array->shape.size() == 2;
            if (!isOfCells || !array->quantity.unit.starts_with("deg"))
                return false;
            try {
                const Field field = m_source.read(array->id, {}, m_feedback);
                for (const bool isLongitude : {false, true}) {
                    const auto& wanted = isLongitude ? array->grid->longitudes : array->grid->latitudes;
                    if (std::equal(wanted.begin(), wanted.end(), field.values().begin(), field.values().end(),
                                   [](double place, float value) {
                                       return static_cast<float>(place) == value ||
                                              (std::isnan(place) && std::isnan(value));
                                   })) {
                        places.emplace_back(array, isLongitude);
                        return true;
                    }
                }
            } catch (const Error&) { // it is told when it is written
            }
            return false;
        });
        return places;
    }

    void writeGlobal() {
        const SourceInfo& info = m_source.describe();
        const NetcdfWriter::Variable root = m_file.root();
        m_file.attribute(root, "Conventions", "CF-1.8");
        if (!info.title.empty())
            m_file.attribute(root, "title", info.title);
        m_file.attribute(root, "source", info.format + (info.product.empty() ? "" : ", " + info.product));
        m_file.attribute(root, "history", "converted by Embellie " EMBELLIE_VERSION);
        if (info.hasTime) {
            m_file.attribute(root, "time_coverage_start", isoTime(info.time.begin, info.time.calendar));
            m_file.attribute(root, "time_coverage_end", isoTime(info.time.end, info.time.calendar));
        }
    }

    void leaveOut(TextPattern why, const ArrayInfo& array) {
        m_written.leftOut.push_back(text(why, array.id));
    }

    void writeArray(const ArrayInfo& array, double done) {
        const std::vector<Part> parts = partsOf(array, array.grid ? m_cells : std::size_t(-1));
        if (parts.empty())
            return leaveOut(EMBELLIE_TR("io", "{0}: it has no cells"), array);
        std::optional<Field> first;
        try {
            first.emplace(m_source.read(array.id, parts.front().window, m_feedback));
        } catch (const Error& error) { // the others may be whole
            m_written.leftOut.push_back(text(EMBELLIE_TR("io", "{0}: {1}"), array.id, error.what()));
            return;
        }
        const Grid* const own = first->grid();
        if (!own)
            return leaveOut(EMBELLIE_TR("io", "{0}: it does not lie on a grid"), array);
        if (isTimeLost(*first))
            return leaveOut(
                EMBELLIE_TR("io", "{0}: times of cells, which float32 does not hold to the second"), array);
        const SourceInfo& info = m_source.describe();
        std::optional<CfGridFile::Time> time;
        if (info.hasTime) {
            const TimeInterval& own = first->time();
            const bool isInside = info.time.begin >= own.begin && info.time.end <= own.end;
            time = CfGridFile::Time{own, isInside ? info.time.begin : own.end};
        }
        const CfGridFile::Place place = m_places.place(array.grid ? *array.grid : *own, time, m_feedback);
        Quantity quantity = array.quantity;
        if ((quantity.kind == Kind::Classes || quantity.kind == Kind::Flags) && !isWhole(array, parts)) {
            quantity.kind = Kind::Quantity;
            quantity.meanings.clear();
            leaveOut(EMBELLIE_TR("io", "{0}: the meanings of its numbers, which are not whole"), array);
        }
        NetcdfCells& cells = m_variables
                                 .try_emplace(&array, m_file, m_names.at(&array), quantity, place.dimensions,
                                              chunksOf(array.shape))
                                 .first->second;
        if (!place.mapping.empty())
            cells.attribute("grid_mapping", place.mapping);
        if (!place.coordinates.empty())
            cells.attribute("coordinates", place.coordinates);
        if (!array.qualityOf.empty() && array.quantity.kind == Kind::Probability)
            cells.attribute(CfRadialRoleAttribute, CfRadialProbabilityRole);
        if (!array.qualityOf.empty() && array.quantity.id == UncertaintyId)
            cells.attribute(CfRadialRoleAttribute, CfRadialUncertaintyRole);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            m_feedback.progress(done + double(i) / double(parts.size()),
                                static_cast<double>(m_arrays.size()));
            cells.put(parts[i].from, parts[i].count,
                      i == 0 ? *first : m_source.read(array.id, parts[i].window, m_feedback));
        }
        if (cells.hasRejected())
            for (const Part& part : parts)
                cells.putRejected(part.from, part.count, m_source.read(array.id, part.window, m_feedback),
                                  place.coordinates);
        if (std::any_of(array.quantity.meanings.begin(), array.quantity.meanings.end(),
                        [](const Meaning& meaning) { return meaning.colour.has_value(); }))
            leaveOut(EMBELLIE_TR("io", "{0}: the colours of its classes"), array);
        m_written.arrays.emplace_back(array.id, cells.name());
    }

    bool isWhole(const ArrayInfo& array, const std::vector<Part>& parts) {
        return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
            return areWhole(m_source.read(array.id, part.window, m_feedback));
        });
    }

    std::vector<std::string> qualitiesOf(const ArrayInfo& array) const {
        std::vector<std::string> names;
        for (const ArrayInfo* other : m_arrays)
            if (other != &array && m_variables.contains(other) &&
                m_source.describe().find(other->qualityOf) == &array)
                names.push_back(m_names.at(other));
        return names;
    }

    NetcdfWriter& m_file;
    Source& m_source;
    std::vector<const ArrayInfo*> m_arrays;
    const std::size_t m_cells;
    Feedback& m_feedback;
    CfGridFile m_places;
    const std::vector<std::pair<const ArrayInfo*, bool>> m_placeArrays; ///< whether they are longitudes
    const std::map<const ArrayInfo*, std::string> m_names;
    std::map<const ArrayInfo*, NetcdfCells> m_variables; ///< of the arrays that were written
    Written m_written;
};

} // namespace

Written writeCfGrids(const std::filesystem::path& output, Source& source,
                     const std::vector<const ArrayInfo*>& arrays, Feedback& feedback, std::size_t cells) {
    Written written;
    std::vector<const ArrayInfo*> kept; // flags of what was removed are states of what they qualify
    std::copy_if(arrays.begin(), arrays.end(), std::back_inserter(kept),
                 [](const ArrayInfo* array) { return !isRejectedFlags(array->quantity); });
    writeFileAtomically(output, [&](const std::filesystem::path& aside) {
        NetcdfWriter file = NetcdfWriter::create(aside, output);
        written = GridsWriter(file, source, kept, cells, feedback).write();
        if (written.arrays.empty())
            throw Error(text(EMBELLIE_TR("io", "none of the arrays can be written")))
                .in(source.describe().file)
                .found(written.leftOut.empty() ? text(EMBELLIE_TR("io", "nothing"))
                                               : text(EMBELLIE_TR("io", "first of all this: {0}"),
                                                      written.leftOut.front().english()));
        file.close();
    });
    return written;
}

} // namespace embellie
