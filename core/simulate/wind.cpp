#include "core/simulate/wind.h"

namespace embellie {

WindProfile::Wind WindProfile::at(double metersAboveGround) const {
    constexpr double driftHeight = 1500;
    const double height = std::max(metersAboveGround, 5.0);
    const double drift = m_plan.windKmPerMinute / 0.06;
    const double speed = height < driftHeight ? drift * std::pow(height / driftHeight, 1.0 / 7)
                                              : drift + 1.5 * (height - driftHeight) / 1000;
    const double hemisphere = m_plan.site.latitude < 0 ? -1 : 1;
    const double turned = -25 * std::exp(-height / 500) + 3 * std::max(0.0, height - driftHeight) / 1000;
    const double from = (m_plan.windFrom + hemisphere * turned) * std::numbers::pi / 180;
    return {-speed * std::sin(from), -speed * std::cos(from)};
}

} // namespace embellie
