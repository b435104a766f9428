#pragma once

#include "core/simulate/scene_plan.h"

namespace embellie {

/// The wind over the site by height: a power law with the exponent 1/7 up to 1500 m above the ground, where
/// it is the wind with which the rain drifts, then 1.5 m/s more with each kilometre; backed near the ground
/// by 25 degrees (to the other side on the southern half) and slowly veering above (Stull, An Introduction to
/// Boundary Layer Meteorology, 1988, chapters 1 and 9).
class WindProfile {
public:
    explicit WindProfile(const ScenePlan& plan) : m_plan(plan) {}
    /// Towards where the air moves, m/s.
    struct Wind {
        double east = 0, north = 0;
    };
    Wind at(double metersAboveGround) const;

private:
    ScenePlan m_plan;
};

} // namespace embellie
