#pragma once

#include "core/field/field.h"

#include <filesystem>
#include <functional>

#include "core/base/feedback.h"

namespace embellie {

/// A moment, or a quality field, of the sweeps of a volume.
struct CfRadialMoment {
    std::string name; ///< of the variable
    Quantity quantity;
    std::string of;   ///< name of the moment that it qualifies; empty for moments
    std::string role; ///< what it is to that one: roles.h; may be empty
};

/// The rays of one sweep, and when its time begins.
struct CfRadialSweep {
    Sweep sweep;
    TimePoint begin{}; ///< what the rays' timeSeconds count from
};

/// A volume whose fields are read when they are written.
struct CfRadialVolume {
    std::string title, source; ///< what the file says of itself and of what it was made from
    Site site;
    std::vector<CfRadialSweep> sweeps; ///< at least one
    std::vector<CfRadialMoment> moments;
    /// Cells of a moment on a sweep, in the order of its rays; null where the sweep has none.
    std::function<FieldPtr(std::size_t moment, std::size_t sweep)> read;
};

/// Their gates have one length and begin at one distance.
bool sameGates(const Sweep& a, const Sweep& b);

/// A variable or dimension of the format itself has this name; no moment may.
bool isCfRadialsOwn(const std::string& name);

/// Writes CfRadial 1.4 (NCAR/EOL, CfRadialDoc.v1.4.20160801) as netCDF-4, atomically; the same content gives
/// the same bytes. Moments lie over (time, range); where sweeps have gates of other numbers or lengths, over
/// n_points (n_gates_vary), with ray_n_gates and ray_start_index, and with ray_start_range and
/// ray_gate_spacing as Radx writes them: range is then that of the sweep with most gates. Sweeps of an RHI
/// are "rhi", others "azimuth_surveillance" or, where the rays leave a gap of more than 10 degrees, "sector",
/// and "vertical_pointing". How cells are written: NetcdfCells. One field at a time is held. @throws Error,
/// Cancelled
void writeCfRadial(const std::filesystem::path& output, const CfRadialVolume& volume, Feedback& feedback);

} // namespace embellie
