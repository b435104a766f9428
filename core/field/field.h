#pragma once

#include "core/base/time.h"
#include "core/field/geometry.h"
#include "core/field/quantity.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace embellie {

/// Why a cell has, or has not, a value. The numbers are those of "values --output" (X.states.npy).
enum class State : std::uint8_t {
    Valid = 0,
    NoData = 1,   ///< not measured: outside the range, blanked, missing ray
    NoEcho = 2,   ///< measured, below detection (ODIM "undetect")
    Rejected = 3, ///< measured, then removed by a filter or a mask
};

/// Where a Field comes from and what was done to it since.
struct Origin {
    std::string file;                 ///< path; empty for a made one
    std::string path;                 ///< inside the file: /dataset1/data1
    std::vector<std::string> history; ///< one English sentence a step
    friend bool operator==(const Origin&, const Origin&) = default;
};

/// One quantity on one geometry at one time.
///
/// Values are row-major in geometry() order (a Sweep: ray, gate) and in quantity().unit; a value is NaN
/// wherever its state is not Valid. A Field is a value: a copy owns its cells. A finished one is shared
/// between threads as std::shared_ptr<const Field>.
class Field {
public:
    /// @throws Error unless values, states and geometry have the same number of cells. Values of cells that
    /// are not Valid are set to NaN; a Valid cell whose value is not finite becomes NoData.
    Field(Quantity quantity, Geometry geometry, TimeInterval time, std::vector<float> values,
          std::vector<State> states, Origin origin = {});

    const Quantity& quantity() const { return m_quantity; }
    const Geometry& geometry() const { return m_geometry; }
    /// The sweep, or null where the geometry is another.
    const Sweep* sweep() const { return std::get_if<Sweep>(&m_geometry); }
    const Grid* grid() const { return std::get_if<Grid>(&m_geometry); }
    const TimeInterval& time() const { return m_time; } ///< UTC
    const Origin& origin() const { return m_origin; }
    std::span<const float> values() const { return m_values; }
    std::span<const State> states() const { return m_states; }
    std::size_t size() const { return m_values.size(); }

    /// Share of cells that are Valid, in [0, 1]; 0 for an empty geometry.
    double coverage() const;

private:
    Quantity m_quantity;
    Geometry m_geometry;
    TimeInterval m_time;
    std::vector<float> m_values;
    std::vector<State> m_states;
    Origin m_origin;
};

using FieldPtr = std::shared_ptr<const Field>;

/// Extremes and mean over the Valid cells (in double), and how many cells have each state.
struct FieldSummary {
    double min = 0, max = 0, mean = 0;   ///< NaN where no cell is valid
    std::array<std::size_t, 4> counts{}; ///< indexed by State
};
FieldSummary summarise(const Field& field);

/// "valid", "noData", "noEcho", "rejected": the keys of JSON.
const char* stateKey(State state);

} // namespace embellie
