#pragma once

#include "core/field/field.h"
#include "core/task/sample_random.h"

#include <optional>

// What a forecaster knows of a sweep before he looks at it: insects need warmth, and in the cold snow falls
// to the ground.
namespace embellie::denoise {

/// Temperature in °C to be expected (core/map/climate.h) where and when the field was measured; nothing
/// without a place or a date.
std::optional<float> expectedTemperature(const Field& field);

/// The network's channel: (°C - 10) / 15, clipped to ±2.5.
float scaledTemperature(float temperature);

/// The temperature of a sample, and what may be made up at it. Where nobody looks at the season there is
/// none: then insects may always be there, and snow, which looks like them, never.
class Season {
public:
    explicit Season(bool wanted) : m_wanted(wanted) {}
    void is(std::optional<float> temperature);
    void draw(SampleRandom random); ///< from -20 to 30 °C alike
    /// Near that of a source, whose weather may come on colder and warmer days.
    void drawNear(std::optional<float> temperature, SampleRandom random);

    const std::optional<float>& temperature() const { return m_temperature; }
    /// Factor on the chance of insects: 0.05 below -5 °C to 1 above 10 °C.
    double insects() const;
    /// Of the @p chance of snow and shallow clouds: nothing above 8 °C to all of it below -4 °C.
    float snow(float chance) const;
    /// Whether what a day of that temperature showed, maybe insects, may be there: not where it is much
    /// colder.
    bool allows(std::optional<float> temperature) const;

private:
    bool m_wanted;
    std::optional<float> m_temperature;
};

} // namespace embellie::denoise
