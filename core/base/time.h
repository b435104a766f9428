#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace embellie {

/// Milliseconds since 1970-01-01 00:00 UTC; in another calendar, since that date counted in it.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// CF's calendars. Standard is Julian before 1582-10-15 and Gregorian from then on, Proleptic Gregorian
/// always.
enum class Calendar { Standard, Proleptic, NoLeap, AllLeap, Day360 };

struct CalendarDate {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0;
    double second = 0;
};

/// An interval in UTC; begin equals end for an instant.
struct TimeInterval {
    TimePoint begin{}, end{};
    Calendar calendar = Calendar::Standard;
    friend bool operator==(const TimeInterval&, const TimeInterval&) = default;
};

TimePoint toTimePoint(const CalendarDate& date, Calendar calendar = Calendar::Standard);
CalendarDate toDate(TimePoint time, Calendar calendar = Calendar::Standard);

/// Days from the Gregorian 1970-01-01 to a date of the Julian calendar; years before 1 are 0, -1, ...
long long julianDay(int year, int month, int day);
CalendarDate julianDate(long long day);

/// "2023-04-20 06:50:41", with milliseconds only where they are not zero.
std::string timeText(TimePoint time, Calendar calendar = Calendar::Standard);
/// "2023-04-20T06:50:41Z", the form of JSON, TOML and file names' content.
std::string isoTime(TimePoint time, Calendar calendar = Calendar::Standard);
/// Reads "2023-04-20[T ]06:50[:41[.5]]" with a zone or without, "20230420T065041" too, or a date alone;
/// nothing where it is not one.
std::optional<TimePoint> parseTime(std::string_view text, Calendar calendar = Calendar::Standard);

/// Seconds that the clock of a zone is ahead of UTC: "Z", "UTC", "GMT", "+02:00", "-0330", "+2"; 0 where the
/// text is empty, nothing where it is something else.
std::optional<int> zoneSeconds(std::string_view zone);
/// "20230420T065041" with its marks: "2023-04-20T06:50:41"; "20230420" likewise. Other texts as they are.
std::string withMarks(std::string_view text);

TimePoint now();

} // namespace embellie
