#include "core/map/climate.h"

#include <cmath>
#include <numbers>

namespace embellie {

double expectedTemperature(double latitude, TimePoint time) {
    using namespace std::chrono;
    const sys_days day = floor<days>(time);
    const sys_days newYear = year_month_day(day).year() / January / 1;
    // The solstice is ten days before the new year.
    const double sinceColdest = static_cast<double>((day - newYear).count()) + 10 - 30,
                 sine = std::sin(latitude * std::numbers::pi / 180);
    return 14.9 - 28.0 * (3 * sine * sine - 1) / 2 -
           15.5 * sine * std::cos(2 * std::numbers::pi * sinceColdest / 365.25);
}

} // namespace embellie
