#include "core/method/apply.h"

#include "core/base/error.h"
#include "core/io/result.h"
#include "core/map/radar.h"
#include "core/map/same_cells.h"
#include "core/task/sweep_data.h"

#include <cmath>

namespace embellie {

namespace {

using namespace std::chrono_literals;

// Tolerances within which two sweeps are of one radar and elevation, and of one time.
constexpr double SameSiteMeters = 1000, SameAngle = 0.15;
constexpr auto SameTime = 30s;

/// Looks first into the file itself, then into the context.
class FileSurroundings : public Surroundings {
public:
    FileSurroundings(Source& source, std::size_t sweep, const Field& field, Dataset* context,
                     Feedback& feedback)
        : m_source(source), m_sweep(sweep), m_field(field), m_context(context), m_feedback(feedback) {}

    FieldPtr moment(const std::vector<std::string>& quantities) override {
        for (const std::string& quantity : quantities)
            for (const ArrayInfo& array : m_source.describe().arrays)
                if (array.sweep == m_sweep && array.qualityOf.empty() && array.quantity.id == quantity)
                    if (FieldPtr found =
                            fitting(std::make_shared<const Field>(m_source.read(array.id, {}, m_feedback))))
                        return found;
        FieldPtr found;
        eachLayer([&](const LayerEntry& layer) {
            if (found || apart(layer) > SameTime)
                return;
            if (const MomentEntry* moment = firstOf(layer, quantities))
                found = fitting(m_context->read(layer, *moment, m_feedback));
        });
        return found;
    }

    std::size_t otherTimes(const std::function<void(const Field&)>& use) override {
        std::vector<std::string> names{m_field.quantity().id};
        names.insert(names.end(), rawReflectivities().begin(), rawReflectivities().end());
        std::size_t count = 0;
        eachLayer([&](const LayerEntry& layer) {
            if (!layer.hasTime || apart(layer) <= SameTime)
                return;
            if (const MomentEntry* moment = firstOf(layer, names)) {
                use(*m_context->read(layer, *moment, m_feedback));
                ++count;
            }
        });
        return count;
    }

private:
    std::chrono::milliseconds apart(const LayerEntry& layer) const {
        return std::chrono::abs(layer.time.begin - m_field.time().begin);
    }

    /// On the same cells, or nothing.
    FieldPtr fitting(FieldPtr other) const {
        return other->sweep() ? onCellsOf(*m_field.sweep(), std::move(other)) : nullptr;
    }

    template <class Use>
    void eachLayer(Use&& use) const {
        if (!m_context)
            return;
        const Sweep& own = *m_field.sweep();
        for (const GroupEntry& group : m_context->groups()) {
            if (!group.site || geodesicInverse({group.site->latitude, group.site->longitude},
                                               {own.site.latitude, own.site.longitude})
                                       .meters > SameSiteMeters)
                continue;
            for (const VolumeEntry& volume : group.volumes)
                for (const LayerEntry& layer : volume.layers)
                    if (layer.isSweep && layer.mode == SweepMode::Azimuth &&
                        std::abs(layer.angle - own.fixedAngle) <= SameAngle)
                        use(layer);
        }
    }

    Source& m_source;
    std::size_t m_sweep;
    const Field& m_field;
    Dataset* m_context;
    Feedback& m_feedback;
};

} // namespace

MethodRunner::MethodRunner(const MethodInfo& method, Settings settings,
                           const std::vector<std::string>& context, Feedback& feedback)
    : m_method(method), m_settings(std::move(settings)) {
    for (const Setting& setting : method.settings.all())
        m_settings.table().at(setting.key);
    if (!context.empty())
        m_context = Dataset::open({context.begin(), context.end()}, feedback);
    else if (method.usesContext)
        throw Error(
            text(EMBELLIE_TR("method", "the method {0} looks at other times of the radar"), method.id))
            .expected(Text(method.needs))
            .remedy(text(EMBELLIE_TR("method", "name their folder with --context")))
            .wrongUse();
}

MethodResult MethodRunner::field(Source& source, const PredictionInput& input, Feedback& feedback) {
    const auto raw = std::make_shared<const Field>(source.read(input.array, {}, feedback));
    if (!raw->sweep() || raw->sweep()->rays.empty())
        throw Error(text(EMBELLIE_TR("method", "this is no sweep of a radar"))).in(source.describe().file);
    FileSurroundings surroundings(source, source.describe().find(input.array)->sweep.value_or(0), *raw,
                                  m_context.get(), feedback);
    return m_method.apply(raw, surroundings, m_settings, feedback);
}

void MethodRunner::file(const std::filesystem::path& input, const std::string& wanted,
                        const std::filesystem::path& output, Feedback& feedback) {
    std::unique_ptr<Source> source = openSource(input);
    const SourceInfo& info = source->describe();
    std::vector<OdimResultSweep> results;
    for (const PredictionInput& one : taskOf(m_method.task).inputs(info, wanted)) {
        feedback.throwIfCancelled();
        MethodResult result = field(*source, one, feedback);
        results.push_back({*info.find(one.array)->sweep, OdimMoment{std::move(result.field),
                                                                    std::move(result.quality),
                                                                    {{"embellie_input", one.array}}}});
    }
    source.reset(); // the writer opens the file itself
    writeResult(output, input, results,
                {{"software", "embellie"},
                 {"sw_version", EMBELLIE_VERSION},
                 {"embellie_method", m_method.id},
                 {"embellie_task", m_method.task},
                 {"embellie_settings", m_settings.toToml()}},
                feedback);
}

} // namespace embellie
