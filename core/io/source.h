#pragma once

#include "core/base/feedback.h"
#include "core/field/field.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// One sweep of a file, from its headers. Sweeps are counted in the file's order.
struct SweepInfo {
    SweepMode mode = SweepMode::Azimuth;
    double fixedAngle = 0; ///< degrees
    std::size_t rays = 0, gates = 0;
    double firstGateMeters = 0; ///< centre
    double gateMeters = 0;
    double azimuthRow0 = 0; ///< of the centre of the first row; in an RHI its elevation
    TimeInterval time;      ///< begins at TimePoint{} where the file names none
};

/// One array of a file: what can be read, without reading it.
struct ArrayInfo {
    std::string id;   ///< "sweep_0/DBZH", "t2m"; unique in the file
    std::string path; ///< inside the file: "/dataset1/data1"
    Quantity quantity;
    std::vector<std::size_t> shape;
    std::vector<std::string> dimensions; ///< names in the order of shape: "ray", "gate"; a grid: its axes
    std::optional<std::size_t> sweep;    ///< index into SourceInfo::sweeps
    std::shared_ptr<const Grid> grid;    ///< of arrays with an X and a Y axis; null for others
    /// Quality field of that array (ODIM quality<k>), by id; of a whole sweep: "sweep_0"; empty for moments.
    std::string qualityOf;
    /// What tells gridded arrays of one quantity apart, in words: "CAPPI 1000 m", "dataset2"; may be empty.
    std::string layer;
};

/// What a file says of itself.
struct SourceInfo {
    std::filesystem::path file;
    std::string format;  ///< "ODIM_H5 2.3", "CfRadial 1.4", "CfRadial 2.0", "CF 1.6"
    std::string product; ///< "PVOL", "COMP", empty
    std::string title;   ///< site or product in words: what the tree of open data shows first
    TimeInterval time;   ///< nominal
    bool hasTime = false;
    std::optional<Site> site;
    std::vector<std::string>
        siteIdentifiers; ///< "NOD:behel", "WMO:06475": one shared with another file names the same site
    std::vector<SweepInfo> sweeps;
    std::optional<Grid> grid; ///< axes and CRS of the first gridded array, for info --json
    std::vector<ArrayInfo> arrays;
    /// @return the array of that id or path; null where there is none
    const ArrayInfo* find(const std::string& idOrPath) const;
};

/// Part of an array: for each named axis from..to (exclusive) by step; axes not named are whole.
struct Window {
    struct Part {
        std::string axis;
        std::size_t from = 0, to = std::size_t(-1), step = 1; ///< to: cut at the axis' end
    };
    std::vector<Part> parts;
    /// Reads "AXIS=FROM:TO:STEP,…": any of the three may be left out, AXIS=N is one index. @throws Error
    static Window parse(const std::string& text);
};

/// One open file. It exchanges plain values only, so that it may live in another process. Its functions may
/// be called from one thread at a time; netCDF ones additionally hold one lock for the whole library.
class Source {
public:
    virtual ~Source() = default;
    /// From headers only; kept.
    virtual const SourceInfo& describe() const = 0;
    /// A Field whose geometry is the window's. @throws Error, Cancelled
    virtual Field read(const std::string& idOrPath, const Window& window, Feedback& feedback) = 0;
};

/// How sure a reader is that a file is its own, and why.
struct Recognition {
    int score = 0; ///< 0: not mine, 100: certain
    Text reason;
};

/// A family of files.
struct Reader {
    std::string id;
    TextPattern name, help;
    Recognition (*recognise)(const std::filesystem::path& file);
    std::unique_ptr<Source> (*open)(const std::filesystem::path& file);
};

/// All readers, in the order of readers.def.
const std::vector<const Reader*>& readers();

/// Opens with the reader that is surest. @throws Error in one sentence: a folder, no permission, truncated,
/// unknown…
std::unique_ptr<Source> openSource(const std::filesystem::path& file);

/// The object of "info --json" for one file: everything of describe(), and min, max, mean and counts per
/// state of each array, for which the arrays are read, at most @p cells at once where they may be cut along
/// their first dimension. One that can't be read has its sentence as "problem". @throws Error where none can
/// be read, Cancelled
nlohmann::json infoJson(Source& source, Feedback& feedback, std::size_t cells = std::size_t(1) << 24);

} // namespace embellie
