#include "core/io/dataset_join.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

// Sweeps are the same where their angles are this near, in degrees; sites where their places are, in metres.
constexpr double SameAngle = 0.05;
constexpr double SameSiteMeters = 100;
// Files of several sweeps belong to one volume where their nominal times are this near.
constexpr milliseconds SameVolume = 30s;
// Two quantities of one sweep begin at the same second; clocks of two signal processors may differ by some.
constexpr milliseconds SameSweep = 5s;
// A radar that paused longer began a new volume.
constexpr milliseconds LongestPause = 10min;
// A cycle may begin this much earlier than the one before it would let expect.
constexpr milliseconds EarlyCycle = 15s;

struct SweepRef {
    std::size_t file = 0, sweep = 0;
    TimePoint begin{};
};

double metersBetween(const Site& a, const Site& b) {
    constexpr double metersPerDegree = 111'200;
    const double north = (a.latitude - b.latitude) * metersPerDegree;
    const double east = std::remainder(a.longitude - b.longitude, 360) * metersPerDegree *
                        std::cos(a.latitude * 3.14159265358979 / 180);
    return std::hypot(north, east);
}

bool sameSite(const SourceInfo& a, const SourceInfo& b) {
    const double apart = metersBetween(*a.site, *b.site);
    if (apart <= SameSiteMeters)
        return true;
    // One name for two places is a radar that was moved a little, or a name that means nothing.
    return apart < 1000 &&
           std::any_of(a.siteIdentifiers.begin(), a.siteIdentifiers.end(), [&](const std::string& id) {
               return std::find(b.siteIdentifiers.begin(), b.siteIdentifiers.end(), id) !=
                      b.siteIdentifiers.end();
           });
}

bool sameGeometry(const LayerEntry& layer, const SweepInfo& sweep, const SweepInfo& first) {
    return layer.mode == sweep.mode &&
           std::abs(std::remainder(layer.angle - sweep.fixedAngle, 360)) <= SameAngle &&
           layer.rays == sweep.rays && layer.gates == sweep.gates &&
           std::abs(first.gateMeters - sweep.gateMeters) < 0.5 &&
           std::abs(first.firstGateMeters - sweep.firstGateMeters) < 0.5;
}

std::string labelOf(const SweepInfo& sweep) {
    if (sweep.mode == SweepMode::VerticalPointing)
        return "vertical";
    std::string angle = numberText(sweep.fixedAngle, 2);
    while (angle.ends_with('0'))
        angle.pop_back();
    if (angle.ends_with('.'))
        angle.pop_back();
    return (sweep.mode == SweepMode::Rhi ? "RHI " : "") + angle + "°";
}

class SiteJoin {
public:
    SiteJoin(const std::vector<SourceInfo>& infos, std::vector<std::size_t> files) : m_infos(infos) {
        // The file that names the site best gives its name.
        std::size_t best = files.front();
        for (const std::size_t file : files)
            if (m_infos[file].siteIdentifiers.size() > m_infos[best].siteIdentifiers.size())
                best = file;
        m_group.site = m_infos[best].site;
        m_group.siteIdentifiers = m_infos[best].siteIdentifiers;
        m_group.title = m_infos[best].title;
        m_group.key = "site:" + (m_group.site->id.empty() ? m_group.title : m_group.site->id);

        std::stable_sort(files.begin(), files.end(), [&](std::size_t a, std::size_t b) {
            return m_infos[a].time.begin < m_infos[b].time.begin;
        });
        std::vector<std::size_t> singles;
        for (const std::size_t file : files)
            if (m_infos[file].sweeps.size() == 1)
                singles.push_back(file);
            else
                addVolumeFile(file);
        joinSingles(singles);
        for (VolumeEntry& volume : m_group.volumes)
            std::stable_sort(volume.layers.begin(), volume.layers.end(),
                             [](const LayerEntry& a, const LayerEntry& b) {
                                 return std::pair(a.angle, a.time.begin) < std::pair(b.angle, b.time.begin);
                             });
        std::stable_sort(
            m_group.volumes.begin(), m_group.volumes.end(),
            [](const VolumeEntry& a, const VolumeEntry& b) { return a.time.begin < b.time.begin; });
    }
    GroupEntry take() { return std::move(m_group); }

private:
    const SweepInfo& sweepOf(const LayerEntry& layer) const {
        const MomentEntry& moment = layer.moments.front();
        return m_infos[moment.source].sweeps[*m_infos[moment.source].find(moment.array)->sweep];
    }

    bool holds(const LayerEntry& layer, std::size_t file, std::size_t sweep) const {
        for (const ArrayInfo& array : m_infos[file].arrays)
            if (array.sweep == sweep && layer.find(array.quantity.id))
                return true;
        return false;
    }

    // @p begun: where the layers end that other files gave; a file's own sweeps never join.
    void addSweep(VolumeEntry& volume, std::size_t file, std::size_t sweep, std::size_t begun) {
        const SourceInfo& info = m_infos[file];
        const SweepInfo& own = info.sweeps[sweep];
        LayerEntry* layer = nullptr;
        for (std::size_t i = 0; i < begun && !layer; ++i) {
            LayerEntry& other = volume.layers[i];
            const bool sameTime =
                !info.hasTime || std::chrono::abs(other.time.begin - own.time.begin) <= SameSweep;
            if (sameTime && sameGeometry(other, own, sweepOf(other)))
                layer = &other;
        }
        if (!layer) {
            LayerEntry fresh;
            fresh.angle = own.fixedAngle;
            fresh.label = labelOf(own);
            fresh.time = own.time;
            fresh.hasTime = info.hasTime;
            fresh.mode = own.mode;
            fresh.rays = own.rays;
            fresh.gates = own.gates;
            layer = &volume.layers.emplace_back(std::move(fresh));
        }
        for (const ArrayInfo& array : info.arrays) {
            if (array.sweep != sweep)
                continue;
            MomentEntry moment{array.quantity, file, array.id, "", {}};
            if (const ArrayInfo* const parent = info.find(array.qualityOf))
                moment.qualityOf = parent->quantity.id;
            else if (!array.qualityOf.empty())
                moment.qualityOf.assign(1, '*');
            addMoment(m_group, *layer, std::move(moment), m_infos);
        }
        if (layer->moments.empty())
            volume.layers.pop_back();
        volume.time.end = std::max(volume.time.end, own.time.end);
    }

    void addVolumeFile(std::size_t file) {
        const SourceInfo& info = m_infos[file];
        VolumeEntry* volume = nullptr;
        // Files come by time: the volumes that may be this one's are the last ones.
        for (auto other = m_group.volumes.rbegin();
             info.hasTime && !volume && other != m_group.volumes.rend() &&
             info.time.begin - other->time.begin <= SameVolume;
             ++other)
            if (other->hasTime)
                volume = &*other;
        if (!volume) {
            volume = &m_group.volumes.emplace_back();
            volume->time = {info.time.begin, info.time.begin, info.time.calendar};
            volume->hasTime = info.hasTime;
        }
        const std::size_t begun = volume->layers.size();
        for (std::size_t sweep = 0; sweep < info.sweeps.size(); ++sweep)
            addSweep(*volume, file, sweep, begun);
    }

    // One sweep a file: a volume goes on until one of its sweeps comes back. Between the two sights of that
    // sweep lies one cycle of the antenna, and a cycle after the volume's first sweep the next volume began.
    void joinSingles(const std::vector<std::size_t>& files) {
        std::vector<SweepRef> sweeps;
        for (const std::size_t file : files)
            sweeps.push_back({file, 0, m_infos[file].sweeps[0].time.begin});
        std::stable_sort(sweeps.begin(), sweeps.end(),
                         [](const SweepRef& a, const SweepRef& b) { return a.begin < b.begin; });
        std::size_t first = 0;
        for (std::size_t next = 1; next <= sweeps.size(); ++next) {
            if (next == sweeps.size()) {
                addSingles(sweeps, first, next);
            } else if (sweeps[next].begin - sweeps[next - 1].begin > LongestPause) {
                addSingles(sweeps, first, next);
                first = next;
            } else if (const auto earlier = sightBefore(sweeps, first, next)) {
                const auto cycle = sweeps[next].begin - sweeps[*earlier].begin;
                std::size_t split = *earlier + 1;
                while (split < next && sweeps[split].begin < sweeps[first].begin + cycle - EarlyCycle)
                    ++split;
                addSingles(sweeps, first, split);
                first = split;
            }
        }
    }

    std::optional<std::size_t> sightBefore(const std::vector<SweepRef>& sweeps, std::size_t from,
                                           std::size_t next) const {
        const SweepInfo& own = m_infos[sweeps[next].file].sweeps[0];
        for (std::size_t i = from; i < next; ++i) {
            const SweepInfo& other = m_infos[sweeps[i].file].sweeps[0];
            if (own.mode == other.mode &&
                std::abs(std::remainder(own.fixedAngle - other.fixedAngle, 360)) <= SameAngle &&
                sweeps[next].begin - sweeps[i].begin > SameSweep)
                return i;
        }
        return std::nullopt;
    }

    void addSingles(const std::vector<SweepRef>& sweeps, std::size_t from, std::size_t to) {
        if (from == to)
            return;
        VolumeEntry volume;
        volume.hasTime = m_infos[sweeps[from].file].hasTime;
        volume.time = {sweeps[from].begin, sweeps[from].begin, Calendar::Standard};
        for (std::size_t i = from; i < to; ++i)
            addSweep(volume, sweeps[i].file, 0, volume.layers.size());
        m_group.volumes.push_back(std::move(volume));
    }

    const std::vector<SourceInfo>& m_infos;
    GroupEntry m_group;
};

} // namespace

void joinSweeps(const std::vector<SourceInfo>& infos, std::vector<GroupEntry>& groups) {
    struct SiteFiles {
        std::vector<std::size_t> files, distinct; ///< distinct: one of each place and set of names
    };
    const auto sameWords = [&](std::size_t a, std::size_t b) {
        return infos[a].site->latitude == infos[b].site->latitude &&
               infos[a].site->longitude == infos[b].site->longitude &&
               infos[a].siteIdentifiers == infos[b].siteIdentifiers;
    };
    std::vector<SiteFiles> sites;
    for (std::size_t file = 0; file < infos.size(); ++file) {
        if (!infos[file].site || infos[file].sweeps.empty())
            continue;
        auto known = std::find_if(sites.begin(), sites.end(), [&](const SiteFiles& site) {
            return std::any_of(site.distinct.begin(), site.distinct.end(),
                               [&](std::size_t other) { return sameSite(infos[file], infos[other]); });
        });
        if (known == sites.end())
            known = sites.insert(known, SiteFiles{});
        known->files.push_back(file);
        if (std::none_of(known->distinct.begin(), known->distinct.end(),
                         [&](std::size_t other) { return sameWords(file, other); }))
            known->distinct.push_back(file);
    }
    for (SiteFiles& site : sites)
        groups.push_back(SiteJoin(infos, std::move(site.files)).take());
}

} // namespace embellie
