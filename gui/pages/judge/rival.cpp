#include "gui/pages/judge/rival.h"

#include "gui/pages/judge/judgement.h"
#include "gui/scene/localised.h"

#include <algorithm>

namespace embellie {

QString whyUnfit(const MethodInfo& method, const GroupEntry& group, const LayerEntry& layer) {
    const bool lacksMoment =
        !method.moments.empty() &&
        std::none_of(method.moments.begin(), method.moments.end(),
                     [&](const std::string& quantity) { return layer.find(quantity) != nullptr; });
    if (lacksMoment || (method.usesContext && group.volumes.size() < 2))
        return localised(text(EMBELLIE_TR("judge", "needs {0}"), localised(method.needs).toStdString()));
    if (!layer.isSweep || layer.mode != SweepMode::Azimuth)
        return localised(EMBELLIE_TR("judge", "serves sweeps around the radar only"));
    return {};
}

FieldPtr Rival::field(const LayerEntry& layer, const std::string& raw, Feedback& feedback) {
    const MomentEntry* moment = layer.find(raw);
    if (!moment)
        return nullptr;
    const std::filesystem::path& file = m_data->files()[moment->source];
    const std::string key = file.string() + '\n' + moment->array;
    const std::scoped_lock alone(m_working);
    if (FieldPtr known = m_made.find(key))
        return known;
    feedback.throwIfCancelled();
    if (!m_runner) {
        std::vector<std::string> context;
        for (const std::filesystem::path& each : m_data->files())
            context.push_back(each.string());
        m_runner = std::make_unique<MethodRunner>(m_method, Settings(m_method.settings), context, feedback);
    }
    const std::unique_ptr<Source> source = openSource(file);
    // The data may hold the rays in another order than this one of their files.
    const FieldPtr made = laidOver(*m_data->read(layer, *moment, feedback),
                                   m_runner->field(*source, {moment->array, raw}, feedback).field);
    m_made.put(key, made);
    return made;
}

} // namespace embellie
