#include "core/io/netcdf.h"

#include "core/io/words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <netcdf.h>
#include <sstream>

namespace embellie {

namespace {

double defaultFill(int type) {
    switch (type) {
    case NC_SHORT:
        return NC_FILL_SHORT;
    case NC_USHORT:
        return NC_FILL_USHORT;
    case NC_INT:
        return NC_FILL_INT;
    case NC_UINT:
        return NC_FILL_UINT;
    case NC_INT64:
        return static_cast<double>(NC_FILL_INT64);
    case NC_UINT64:
        return static_cast<double>(NC_FILL_UINT64);
    case NC_FLOAT:
        return NC_FILL_FLOAT;
    default:
        return NC_FILL_DOUBLE;
    }
}

// A code as an attribute has it: the type of an unsigned variable may be signed.
double storedAs(const NetcdfVariable& variable, double code) {
    return variable.isUnsigned() && code < 0
               ? code + std::ldexp(1.0, static_cast<int>(8 * variable.typeBytes))
               : code;
}

bool areFlags(const NetcdfVariable& variable) {
    return variable.attributes.contains("flag_masks") && !variable.attributes.contains("flag_values") &&
           !variable.text("flag_meanings").empty();
}

// A real limit turned into packed units may miss the code that it means by rounding alone.
double loosened(double limit, bool upwards) {
    const double margin = 1e-6 * std::max(1.0, std::abs(limit));
    return upwards ? limit + margin : limit - margin;
}

void setLimits(Packing& packing, const NetcdfVariable& variable, const auto& asStored) {
    std::optional<double> low = variable.number("valid_min"), high = variable.number("valid_max");
    bool anyInteger = false;
    for (const char* name : {"valid_min", "valid_max", "valid_range"})
        if (const auto found = variable.attributes.find(name); found != variable.attributes.end()) {
            anyInteger |= !found->second.isText && !found->second.isFloating;
            if (std::string(name) == "valid_range" && found->second.numbers.size() == 2) {
                low = found->second.numbers[0];
                high = found->second.numbers[1];
            }
        }
    if (!low && !high)
        return;
    const bool packed =
        variable.attributes.contains("scale_factor") || variable.attributes.contains("add_offset");
    if (variable.isInteger() && anyInteger) {
        packing.low = low ? std::optional(asStored(*low)) : std::nullopt;
        packing.high = high ? std::optional(asStored(*high)) : std::nullopt;
    } else if (variable.isInteger() && packed) {
        const auto unscaled = [&](double limit) { return (limit - packing.offset) / packing.gain; };
        if (low)
            packing.low = unscaled(*low);
        if (high)
            packing.high = unscaled(*high);
        if (packing.gain < 0)
            std::swap(packing.low, packing.high);
        if (packing.low)
            packing.low = loosened(*packing.low, false);
        if (packing.high)
            packing.high = loosened(*packing.high, true);
    } else {
        const auto rounded = [&](std::optional<double> limit) {
            return limit && variable.type == NC_FLOAT ? std::optional<double>(static_cast<float>(*limit))
                                                      : limit;
        };
        packing.low = rounded(low);
        packing.high = rounded(high);
    }
}

std::vector<std::string> words(const std::string& text) {
    std::string spaced = text;
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    std::istringstream stream(spaced);
    std::vector<std::string> out;
    for (std::string word; stream >> word;)
        out.push_back(word);
    return out;
}

// Of a year that std::chrono::year holds. Beyond are missing values that the file doesn't declare.
bool isTellable(double seconds) {
    return std::abs(seconds) < 9.5e11;
}

double daysOfYear(Calendar calendar) {
    switch (calendar) {
    case Calendar::NoLeap:
        return 365;
    case Calendar::AllLeap:
        return 366;
    case Calendar::Day360:
        return 360;
    default:
        return 365.242198781; // UDUNITS' year
    }
}

} // namespace

Packing packingOf(const NetcdfVariable& variable) {
    Packing packing;
    packing.gain = variable.number("scale_factor").value_or(1);
    packing.offset = variable.number("add_offset").value_or(0);
    const auto asStored = [&](double code) { return storedAs(variable, code); };
    const auto undetect = variable.number("_Undetect");
    const bool filled = variable.attributes.contains("_FillValue");
    for (const std::string name : {"_FillValue", "missing_value"})
        if (const auto found = variable.attributes.find(name); found != variable.attributes.end())
            for (const double code : found->second.numbers)
                // A missing_value beside _FillValue that is _Undetect is for programs that don't know that
                // one.
                if (name == "_FillValue" || !filled || code != undetect)
                    packing.noData.push_back(asStored(code));
    // Bytes use all their codes: they have no default.
    if (!filled && variable.typeBytes > 1)
        packing.noData.push_back(asStored(defaultFill(variable.type)));
    if (undetect)
        packing.noEcho = asStored(*undetect);
    packing.areFlags = areFlags(variable);
    setLimits(packing, variable, asStored);
    return packing;
}

Quantity quantityOf(const NetcdfVariable& variable) {
    Quantity quantity;
    quantity.id = variable.name;
    quantity.longName = variable.text("long_name");
    quantity.standardName = variable.text("standard_name");
    quantity.unit = variable.text("units");
    const std::vector<std::string> names = words(variable.text("flag_meanings"));
    const auto found = variable.attributes.find(areFlags(variable) ? "flag_masks" : "flag_values");
    if (found != variable.attributes.end() && !names.empty()) {
        quantity.kind = areFlags(variable) ? Kind::Flags : Kind::Classes;
        for (std::size_t i = 0; i < std::min(names.size(), found->second.numbers.size()); ++i)
            if (const double code = storedAs(variable, found->second.numbers[i]);
                std::abs(code) < std::ldexp(1.0, FlagBits)) // no cell has another
                quantity.meanings.push_back({static_cast<int>(code), names[i], std::nullopt});
    } else if (quantity.standardName.starts_with("probability_")) {
        quantity.kind = Kind::Probability;
    } else if (quantity.unit.starts_with("degree") && (quantity.standardName.ends_with("_from_direction") ||
                                                       quantity.standardName.ends_with("_to_direction"))) {
        quantity.kind = Kind::Direction;
    }
    if (const auto noEcho = variable.number("_Undetect")) {
        const Packing packing = packingOf(variable);
        quantity.ambiguous =
            std::find(packing.noData.begin(), packing.noData.end(), *packing.noEcho) != packing.noData.end();
    }
    return quantity;
}

double TimeUnit::seconds(double value) const {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    if (isDate) {
        const double digits = std::floor(value);
        if (!(digits > 0 && digits < 1e8))
            return missing;
        const int number = static_cast<int>(digits);
        const CalendarDate date{number / 10000, number / 100 % 100, number % 100};
        if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
            return missing;
        const TimePoint begin = toTimePoint(date, calendar);
        return static_cast<double>(begin.time_since_epoch().count()) / 1000 + (value - digits) * 86400;
    }
    const double total = originSeconds + value * secondsPerUnit;
    if (!isTellable(total))
        return missing;
    if (!julian)
        return total;
    const double day = std::floor(total / 86400);
    const TimePoint begin = toTimePoint(julianDate(static_cast<long long>(day)), calendar);
    return static_cast<double>(begin.time_since_epoch().count()) / 1000 + total - day * 86400;
}

std::optional<TimeUnit> parseTimeUnit(const std::string& units, const std::string& calendarName) {
    std::istringstream in(lower(units));
    std::string word, since, date;
    std::getline(in >> word >> since >> std::ws, date);
    const bool isAbsolute = since == "as" && (word == "day" || word == "days") && date == "%y%m%d.%f";
    if (since != "since" && !isAbsolute)
        return std::nullopt;
    TimeUnit unit;
    const std::string calendar = lower(calendarName);
    unit.julian = calendar == "julian";
    if (unit.julian || calendar == "proleptic_gregorian")
        unit.calendar = Calendar::Proleptic;
    else if (calendar == "noleap" || calendar == "365_day")
        unit.calendar = Calendar::NoLeap;
    else if (calendar == "all_leap" || calendar == "366_day")
        unit.calendar = Calendar::AllLeap;
    else if (calendar == "360_day")
        unit.calendar = Calendar::Day360;

    const double year = daysOfYear(unit.calendar) * 86400;
    const std::pair<const char*, double> known[] = {{"s", 1},
                                                    {"sec", 1},
                                                    {"secs", 1},
                                                    {"second", 1},
                                                    {"seconds", 1},
                                                    {"min", 60},
                                                    {"mins", 60},
                                                    {"minute", 60},
                                                    {"minutes", 60},
                                                    {"h", 3600},
                                                    {"hr", 3600},
                                                    {"hrs", 3600},
                                                    {"hour", 3600},
                                                    {"hours", 3600},
                                                    {"d", 86400},
                                                    {"day", 86400},
                                                    {"days", 86400},
                                                    {"week", 604800},
                                                    {"weeks", 604800},
                                                    {"msec", 1e-3},
                                                    {"millisecond", 1e-3},
                                                    {"milliseconds", 1e-3},
                                                    {"microsecond", 1e-6},
                                                    {"microseconds", 1e-6},
                                                    {"nanosecond", 1e-9},
                                                    {"nanoseconds", 1e-9},
                                                    {"month", year / 12},
                                                    {"months", year / 12},
                                                    {"year", year},
                                                    {"years", year}};
    const auto found =
        std::find_if(std::begin(known), std::end(known), [&](const auto& k) { return word == k.first; });
    if (found == std::end(known))
        return std::nullopt;
    unit.secondsPerUnit = found->second;
    unit.isDate = isAbsolute;
    if (isAbsolute)
        return unit;

    // Y-M-D[ t]h:m:s[ zone] or Y-M, each with any number of digits.
    std::vector<double> numbers;
    date = withMarks(date);
    const char* at = date.data();
    const char* const end = at + date.size();
    while (at < end && numbers.size() < 6) {
        double number = 0;
        if (numbers.size() >= 3 && (*at == '+' || *at == '-'))
            break;
        const auto [next, error] = std::from_chars(at, end, number, std::chars_format::fixed);
        if (error != std::errc())
            break;
        numbers.push_back(number);
        at = next;
        while (at < end && (*at == ':' || *at == ' ' || std::tolower(*at) == 't' ||
                            ((*at == '-' || *at == '/') && numbers.size() < 3)))
            ++at;
    }
    if (numbers.size() == 2 && at == end)
        numbers.push_back(1);
    if (numbers.size() < 3 || std::any_of(numbers.begin(), numbers.end(), [](double number) {
            return std::abs(number) > static_cast<int>(std::chrono::year::max());
        }))
        return std::nullopt;
    numbers.resize(6, 0);
    const CalendarDate origin{static_cast<int>(numbers[0]), static_cast<int>(numbers[1]),
                              static_cast<int>(numbers[2]), static_cast<int>(numbers[3]),
                              static_cast<int>(numbers[4]), numbers[5]};
    if (origin.month < 1 || origin.month > 12 || origin.day < 1 || origin.day > 31)
        return std::nullopt;
    unit.originSeconds =
        static_cast<double>(toTimePoint(origin, unit.calendar).time_since_epoch().count()) / 1000;
    if (unit.julian)
        unit.originSeconds = static_cast<double>(julianDay(origin.year, origin.month, origin.day)) * 86400 +
                             origin.hour * 3600.0 + origin.minute * 60.0 + origin.second;
    unit.originSeconds -= zoneSeconds(std::string_view(at, end)).value_or(0);
    return unit;
}

TimePoint timeAtSeconds(double seconds) {
    return isTellable(seconds) ? TimePoint(std::chrono::milliseconds(std::llround(seconds * 1000)))
                               : TimePoint{};
}

} // namespace embellie
