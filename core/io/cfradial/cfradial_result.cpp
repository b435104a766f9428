#include "core/io/cfradial/cfradial_result.h"

#include "core/io/cfradial/copy.h"

namespace embellie {

namespace {

/// Rows of the file's time dimension at which the sweeps begin; a file of one sweep begins with it.
std::vector<std::size_t> firstRays(const NetcdfFile& file, std::size_t sweeps) {
    if (sweeps == 1)
        return {0};
    std::vector<std::size_t> rows;
    for (const double row : file.values(*file.find("sweep_start_ray_index")))
        rows.push_back(static_cast<std::size_t>(row));
    return rows;
}

/// Where the gates of each ray lie in the moments of a file: in rows of one length, or, where rays are of
/// unequal length, one ray behind the other.
class Layout {
public:
    explicit Layout(const NetcdfFile& file)
        : m_rays(file.dimensions().at("time")), m_gates(file.dimensions().at("range")) {
        if (!file.dimensions().contains("n_points") || !file.find("ray_n_gates") ||
            !file.find("ray_start_index"))
            return;
        m_isRagged = true;
        m_points = file.dimensions().at("n_points");
        for (const double length : file.values(*file.find("ray_n_gates")))
            m_lengths.push_back(static_cast<std::size_t>(length));
        for (const double start : file.values(*file.find("ray_start_index")))
            m_starts.push_back(static_cast<std::size_t>(start));
    }
    std::vector<std::string> dimensions() const {
        return m_isRagged ? std::vector<std::string>{"n_points"} : std::vector<std::string>{"time", "range"};
    }
    std::size_t size() const { return m_isRagged ? m_points : m_rays * m_gates; }
    /// Nothing where the file has no such gate.
    std::optional<std::size_t> at(std::size_t ray, std::size_t gate) const {
        if (!m_isRagged)
            return ray * m_gates + gate;
        if (gate >= m_lengths.at(ray) || m_starts.at(ray) + gate >= m_points)
            return std::nullopt;
        return m_starts[ray] + gate;
    }

private:
    std::size_t m_rays, m_gates, m_points = 0;
    bool m_isRagged = false;
    std::vector<std::size_t> m_starts, m_lengths;
};

} // namespace

void writeCfRadialResult(const std::filesystem::path& output, const std::filesystem::path& input,
                         const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                         Feedback& feedback) {
    CfradialAdditions additions;
    {
        const SourceInfo info = openSource(input)->describe();
        const NetcdfFile file(input);
        const Layout layout(file);
        const std::vector<std::size_t> rows = firstRays(file, info.sweeps.size());
        for (const OdimResultSweep& result : results) {
            const Field& cleaned = *result.cleaned.field;
            requireShape(cleaned, info.sweeps.at(result.sweep), input);
            const std::size_t first = rows.at(result.sweep);
            addResult(additions, nameOfCleaned(file, cleaned.quantity().id, {""}), result.cleaned,
                      {"", layout.dimensions(), layout.size(),
                       [&](std::size_t ray, std::size_t gate) { return layout.at(first + ray, gate); }});
        }
    }
    writeCopyWith(additions, output, input, how, feedback);
}

} // namespace embellie
