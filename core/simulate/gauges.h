#pragma once

#include "core/field/field.h"

namespace embellie {

class RainModel;
class Terrain;
struct ScenePlan;
class Feedback;

/// See SimulatedScene::gauges. @throws Cancelled
FieldPtr gaugeSeries(const ScenePlan& plan, const RainModel& rain, const Terrain& terrain,
                     Feedback& feedback);

/// A header and one line for each reading that arrived: time (UTC, end of the interval), station, latitude,
/// longitude, height_m, rain_mm.
std::string gaugesCsv(const Field& gauges);

} // namespace embellie
