#include "core/task/denoise/season.h"

#include "core/map/climate.h"

#include <algorithm>

namespace embellie::denoise {

std::optional<float> expectedTemperature(const Field& field) {
    const Sweep* sweep = field.sweep();
    const bool placed = sweep && (sweep->site.latitude != 0 || sweep->site.longitude != 0);
    if (!placed || field.time().begin == TimePoint())
        return std::nullopt;
    return static_cast<float>(embellie::expectedTemperature(sweep->site.latitude, field.time().begin));
}

float scaledTemperature(float temperature) {
    return std::clamp((temperature - 10) / 15, -2.5f, 2.5f);
}

void Season::is(std::optional<float> temperature) {
    if (m_wanted)
        m_temperature = temperature;
}

void Season::draw(SampleRandom random) {
    is(random.uniform(-20, 30));
}

void Season::drawNear(std::optional<float> temperature, SampleRandom random) {
    if (temperature)
        is(*temperature + 4 * random.normal());
}

double Season::insects() const {
    return m_temperature ? std::clamp((*m_temperature + 5) / 15.0, 0.05, 1.0) : 1;
}

float Season::snow(float chance) const {
    return m_temperature ? chance * std::clamp((8 - *m_temperature) / 12, 0.0f, 1.0f) : 0;
}

bool Season::allows(std::optional<float> temperature) const {
    return !m_temperature || !temperature || *temperature <= *m_temperature + 8;
}

} // namespace embellie::denoise
