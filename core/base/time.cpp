#include "core/base/time.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <tuple>

namespace embellie {

using std::chrono::milliseconds;

static constexpr long long DayMilliseconds = 86'400'000;

/// From 0000-03-01 of the Julian calendar to the Gregorian 1970-01-01.
static constexpr long long JulianDaysBefore1970 = 719'470;
static constexpr long long FirstGregorianDay = -141'427; // 1582-10-15
static constexpr int LastYear = static_cast<int>(std::chrono::year::max());

static bool isReal(Calendar calendar) {
    return calendar == Calendar::Standard || calendar == Calendar::Proleptic;
}

static int monthLength(int month, Calendar calendar) {
    if (calendar == Calendar::Day360)
        return 30;
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && calendar == Calendar::AllLeap ? 1 : 0);
}

static int yearLength(Calendar calendar) {
    return calendar == Calendar::Day360 ? 360 : calendar == Calendar::NoLeap ? 365 : 366;
}

// Years that begin on 1 March have their leap day last.
long long julianDay(int year, int month, int day) {
    const long long y = month > 2 ? year : year - 1;
    const long long m = (month + 9) % 12;
    const long long cycle = y >= 0 ? y / 4 : (y - 3) / 4;
    return y * 365 + cycle + (153 * m + 2) / 5 + day - 1 - JulianDaysBefore1970;
}

CalendarDate julianDate(long long day) {
    day += JulianDaysBefore1970;
    const long long cycle = (day >= 0 ? day : day - 1460) / 1461;
    const long long inCycle = day - cycle * 1461;
    const long long inYear = std::min<long long>(inCycle / 365, 3);
    const long long rest = inCycle - inYear * 365;
    const long long m = (5 * rest + 2) / 153;
    CalendarDate date;
    date.month = static_cast<int>(m < 10 ? m + 3 : m - 9);
    date.day = static_cast<int>(rest - (153 * m + 2) / 5 + 1);
    date.year = static_cast<int>(cycle * 4 + inYear + (date.month <= 2 ? 1 : 0));
    return date;
}

static long long dayNumber(int year, int month, int day, Calendar calendar) {
    if (calendar == Calendar::Standard && std::tuple(year, month, day) < std::tuple(1582, 10, 15))
        return julianDay(year, month, day);
    if (isReal(calendar)) {
        using namespace std::chrono;
        return sys_days(std::chrono::year(year) / month / 1).time_since_epoch().count() + day - 1;
    }
    long long days = static_cast<long long>(year - 1970) * yearLength(calendar) + day - 1;
    for (int m = 1; m < month; ++m)
        days += monthLength(m, calendar);
    return days;
}

TimePoint toTimePoint(const CalendarDate& date, Calendar calendar) {
    const long long day = dayNumber(date.year, date.month, date.day, calendar);
    const long long inDay = (date.hour * 60LL + date.minute) * 60'000 + std::llround(date.second * 1000);
    return TimePoint(milliseconds(day * DayMilliseconds + inDay));
}

CalendarDate toDate(TimePoint time, Calendar calendar) {
    const long long count = time.time_since_epoch().count();
    long long day = count / DayMilliseconds;
    long long rest = count % DayMilliseconds;
    if (rest < 0) {
        rest += DayMilliseconds;
        --day;
    }
    CalendarDate date;
    if (calendar == Calendar::Standard && day < FirstGregorianDay) {
        date = julianDate(day);
    } else if (isReal(calendar)) {
        const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(day))};
        date.year = static_cast<int>(ymd.year());
        date.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
        date.day = static_cast<int>(static_cast<unsigned>(ymd.day()));
    } else {
        const long long length = yearLength(calendar);
        long long years = day / length;
        if (day % length < 0)
            --years;
        day -= years * length;
        date.year = static_cast<int>(1970 + years);
        while (day >= monthLength(date.month, calendar))
            day -= monthLength(date.month++, calendar);
        date.day = static_cast<int>(day) + 1;
    }
    date.hour = static_cast<int>(rest / 3'600'000);
    date.minute = static_cast<int>(rest / 60'000 % 60);
    date.second = static_cast<double>(rest % 60'000) / 1000;
    return date;
}

static std::string formatted(TimePoint time, Calendar calendar, char between, const char* end) {
    const CalendarDate date = toDate(time, calendar);
    const auto thousandths = static_cast<int>(std::llround(date.second * 1000));
    char buffer[80];
    int length = std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d%c%02d:%02d:%02d", date.year, date.month,
                               date.day, between, date.hour, date.minute, thousandths / 1000);
    if (thousandths % 1000 != 0)
        length += std::snprintf(buffer + length, sizeof buffer - static_cast<std::size_t>(length), ".%03d",
                                thousandths % 1000);
    return std::string(buffer, static_cast<std::size_t>(length)) + end;
}

std::string timeText(TimePoint time, Calendar calendar) {
    return formatted(time, calendar, ' ', "");
}

std::string isoTime(TimePoint time, Calendar calendar) {
    return formatted(time, calendar, 'T', "Z");
}

std::optional<TimePoint> parseTime(std::string_view text, Calendar calendar) {
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (!text.empty() && text.back() == 'Z')
        text.remove_suffix(1);
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto number = [&](auto& value) {
        const auto [stop, error] = std::from_chars(at, end, value);
        if (error != std::errc())
            return false;
        at = stop;
        return true;
    };
    const auto skip = [&](char c) { return at != end && *at == c && (++at, true); };

    CalendarDate date;
    if (!number(date.year) || !skip('-') || !number(date.month) || !skip('-') || !number(date.day))
        return std::nullopt;
    if (date.month < 1 || date.month > 12 || date.year < -LastYear || date.year > LastYear)
        return std::nullopt;
    // A day that the calendar has not, 30 February or 10 October 1582, comes back as another.
    const CalendarDate same = toDate(toTimePoint(date, calendar), calendar);
    if (same.year != date.year || same.month != date.month || same.day != date.day)
        return std::nullopt;
    if (at != end) {
        if (!skip('T') && !skip(' '))
            return std::nullopt;
        if (!number(date.hour) || !skip(':') || !number(date.minute))
            return std::nullopt;
        if (skip(':') && !number(date.second))
            return std::nullopt;
        if (at != end || date.hour < 0 || date.hour > 24 || date.minute < 0 || date.minute > 59 ||
            !(date.second >= 0 && date.second < 61))
            return std::nullopt;
    }
    return toTimePoint(date, calendar);
}

TimePoint now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

} // namespace embellie
