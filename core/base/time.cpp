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

static std::size_t digitsAt(std::string_view text) {
    return std::min(text.find_first_not_of("0123456789"), text.size());
}

std::string withMarks(std::string_view text) {
    const std::size_t digits = digitsAt(text);
    if (digits != 8 && digits != 12 && digits != 14)
        return std::string(text);
    const auto part = [](std::string_view from, std::size_t at, std::size_t size) {
        return std::string(from.substr(at, size));
    };
    const std::string date = part(text, 0, 4) + "-" + part(text, 4, 2) + "-" + part(text, 6, 2);
    std::string_view clock = text.substr(8);
    if (digits == 8 && (clock.starts_with('T') || clock.starts_with('t') || clock.starts_with(' ')))
        clock.remove_prefix(1);
    const std::size_t size = digitsAt(clock);
    if (size != 4 && size != 6)
        return date + std::string(text.substr(8));
    return date + "T" + part(clock, 0, 2) + ":" + part(clock, 2, 2) +
           (size == 6 ? ":" + part(clock, 4, 2) : "") + std::string(clock.substr(size));
}

std::optional<int> zoneSeconds(std::string_view zone) {
    for (const char* utc : {"", "Z", "z", "UTC", "utc", "GMT", "gmt"})
        if (zone == utc)
            return 0;
    if (zone.front() != '+' && zone.front() != '-')
        return std::nullopt;
    const int sign = zone.front() == '-' ? -1 : 1;
    zone.remove_prefix(1);
    std::size_t digits = digitsAt(zone);
    int hours = 0, minutes = 0;
    std::from_chars(zone.data(), zone.data() + digits, hours);
    if (digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (digits > 0 && digits < zone.size() && zone[digits] == ':') {
        zone.remove_prefix(digits + 1);
        digits = digitsAt(zone);
        std::from_chars(zone.data(), zone.data() + digits, minutes);
    }
    if (digits == 0 || digits > 4 || digits != zone.size() || hours > 24 || minutes > 59)
        return std::nullopt;
    return sign * (hours * 3600 + minutes * 60);
}

std::optional<TimePoint> parseTime(std::string_view written, Calendar calendar) {
    const std::string text = withMarks(written.substr(0, written.find_last_not_of(' ') + 1));
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
    std::optional<int> ahead = 0;
    if (skip('T') || skip(' ')) {
        if (!number(date.hour) || !skip(':') || !number(date.minute))
            return std::nullopt;
        if (skip(':') && !number(date.second))
            return std::nullopt;
        while (skip(' ')) {
        }
        ahead = zoneSeconds(std::string_view(at, static_cast<std::size_t>(end - at)));
        if (!ahead || date.hour < 0 || date.hour > 24 || date.minute < 0 || date.minute > 59 ||
            !(date.second >= 0 && date.second < 61))
            return std::nullopt;
    } else if (skip('Z'); at != end) {
        return std::nullopt;
    }
    return toTimePoint(date, calendar) - std::chrono::seconds(*ahead);
}

TimePoint now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

} // namespace embellie
