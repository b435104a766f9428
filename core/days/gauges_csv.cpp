#include "core/base/file.h"
#include "core/days/gauge_rows.h"
#include "core/io/clean_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>

namespace embellie {

namespace fs = std::filesystem;

namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The cells of a line; "a ""quoted"" cell" may hold the separator.
std::vector<std::string> cellsOf(std::string_view line, char separator) {
    std::vector<std::string> cells(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (isQuoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"')
            cells.back() += line[i++];
        else if (line[i] == '"' && (isQuoted || trimmed(cells.back()).empty()))
            isQuoted = !isQuoted;
        else if (line[i] == separator && !isQuoted)
            cells.emplace_back();
        else
            cells.back() += line[i];
    }
    for (std::string& cell : cells)
        cell = std::string(trimmed(cell));
    return cells;
}

bool isTime(const std::string& name) {
    static const std::array<std::string_view, 14> known{
        "time",     "datetime", "date_time", "timestamp",  "date",     "date_obs", "valid_time",
        "time_utc", "date_utc", "aaaammjj",  "aaaammjjhh", "horodate", "day",      "aaaammjjhhmn"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

bool isClock(const std::string& name) {
    return name == "heure" || name == "hour" || name == "heure_utc" || name == "clock";
}

struct Stamp {
    TimePoint time{};
    bool isDate = false;
};

/// 2024-06-15[T14:30[:00]][Z or +02:00], 20240615[14[30[00]]], 15/06/2024[ 14:30[:00]].
std::optional<Stamp> stampOf(std::string word) {
    if (word.size() == 10 && word.find_first_not_of("0123456789") == std::string::npos)
        word += "00";
    else if (word.size() >= 10 && word[2] == '/' && word[5] == '/')
        word = word.substr(6, 4) + "-" + word.substr(3, 2) + "-" + word.substr(0, 2) + word.substr(10);
    word = withMarks(word);
    const auto time = parseTime(word);
    if (!time)
        return std::nullopt;
    return Stamp{*time, word.find(':') == std::string::npos};
}

/// Of a date and a clock in columns of their own: hours may stand alone ("14", "14h"), and neither needs its
/// marks.
std::string stampWords(std::string date, std::string clock) {
    const auto areDigits = [](const std::string& word) {
        return !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
    };
    if (const std::size_t mark = clock.find_first_of("hH"); mark != std::string::npos)
        clock = mark + 1 == clock.size() ? clock.substr(0, mark) : clock.replace(mark, 1, ":");
    if (areDigits(clock) && clock.size() <= 4) {
        if (clock.size() <= 2)
            clock += "00";
        clock = clock.substr(0, clock.size() - 2) + ":" + clock.substr(clock.size() - 2);
    }
    return withMarks(date) + " " + clock;
}

bool isMissing(std::string word) {
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
    static const std::array<std::string_view, 10> known{"",   "na", "nan", "n/a", "nd",
                                                        "mq", "-",  "--",  "///", "null"};
    return std::find(known.begin(), known.end(), word) != known.end();
}

class CsvReader {
public:
    CsvReader(const fs::path& file, Feedback& feedback) : m_file(file), m_feedback(feedback) {}
    std::vector<StationRows> read();

private:
    void readHeader(std::string_view line);
    void readLine(const std::vector<std::string>& cells);
    std::size_t column(const char* what, const std::function<bool(const std::string&)>& means,
                       bool isNeeded = true) const;
    double number(const std::string& cell) const;
    float rain(const std::string& cell) const;
    Error wrong(Text what) const {
        Error error(std::move(what));
        error.in(m_file, "line " + std::to_string(m_line));
        return error;
    }

    static constexpr std::size_t None = std::size_t(-1);
    const fs::path m_file;
    Feedback& m_feedback;
    std::size_t m_line = 0;
    char m_separator = ',';
    std::vector<ColumnName> m_columns;
    std::size_t m_time = None, m_clock = None, m_station = None, m_latitude = None, m_longitude = None,
                m_height = None, m_rain = None;
    double m_millimetres = 1;
    std::vector<StationRows> m_stations;
    std::map<std::string, std::size_t> m_index;
};

std::size_t CsvReader::column(const char* what, const std::function<bool(const std::string&)>& means,
                              bool isNeeded) const {
    std::size_t found = None;
    std::string all;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        all += (all.empty() ? "" : ", ") + m_columns[i].name;
        if (!means(m_columns[i].name))
            continue;
        if (found != None && isNeeded)
            throw wrong(text(EMBELLIE_TR("days", "two columns may be meant by \"{0}\""), what))
                .found(text(EMBELLIE_TR("days", "\"{0}\" and \"{1}\""), m_columns[found].name,
                            m_columns[i].name))
                .remedy(text(EMBELLIE_TR("days", "leave one of them in the file")));
        if (found == None)
            found = i;
    }
    if (found == None && isNeeded)
        throw wrong(text(EMBELLIE_TR("days", "there is no column \"{0}\""), what))
            .expected(text(EMBELLIE_TR("days", "a header with time, latitude, longitude and rain, as "
                                               "\"time;station;lat;lon;rain_mm\"")))
            .found(text(EMBELLIE_TR("days", "{0}"), all));
    return found;
}

void CsvReader::readHeader(std::string_view line) {
    m_separator = line.find(';') != std::string_view::npos    ? ';'
                  : line.find('\t') != std::string_view::npos ? '\t'
                                                              : ',';
    for (const std::string& cell : cellsOf(line, m_separator))
        m_columns.push_back(columnName(cell));
    m_clock = column("the clock", isClock, false);
    // "date" and "time" side by side: the one is the day, the other its clock.
    const auto named = [&](const char* name) {
        return std::find_if(m_columns.begin(), m_columns.end(),
                            [&](const auto& c) { return c.name == name; });
    };
    if (m_clock == None && named("date") != m_columns.end() && named("time") != m_columns.end())
        m_clock = static_cast<std::size_t>(named("time") - m_columns.begin());
    m_time = column("time", [&](const std::string& name) {
        return isTime(name) && !(m_clock != None && name == m_columns[m_clock].name);
    });
    m_latitude = column("latitude", meansLatitude);
    m_longitude = column("longitude", meansLongitude);
    m_height = column("height", meansHeight, false);
    m_station = column("stations", meansStation, false);
    m_rain = column("rain", meansRain);
    m_millimetres = millimetresPerUnit(m_columns[m_rain].unit);
    if (m_millimetres == 0)
        throw wrong(text(EMBELLIE_TR("days", "the unit of the rain is not known")))
            .expected(text(EMBELLIE_TR("days", "mm")))
            .found(text(EMBELLIE_TR("days", "{0}"), m_columns[m_rain].unit));
}

double CsvReader::number(const std::string& cell) const {
    std::string word = cell;
    if (m_separator != ',')
        std::replace(word.begin(), word.end(), ',', '.');
    double value = 0;
    const char* begin = word.data() + (word.starts_with('+') ? 1 : 0);
    const auto [stop, error] = std::from_chars(begin, word.data() + word.size(), value);
    if (word.empty() || error != std::errc() || stop != word.data() + word.size() || !std::isfinite(value))
        throw wrong(text(EMBELLIE_TR("days", "a number can't be read")))
            .found(text(EMBELLIE_TR("days", "\"{0}\""), cell));
    return value;
}

float CsvReader::rain(const std::string& cell) const {
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    if (isMissing(cell))
        return none;
    const double value = number(cell);
    for (const double code : {-99.0, -99.9, -999.0, -999.9, -9999.0, -9999.9})
        if (value == code)
            return none;
    if (std::abs(value + 0.1) < 1e-6) // a trace, as SYNOP has it: not measurable, but not dry
        return 0.05f;
    if (value < 0)
        throw wrong(text(EMBELLIE_TR("days", "rain can't be negative")))
            .expected(text(EMBELLIE_TR("days", "an empty cell, NA or -9999 where a reading is missing")))
            .found(text(EMBELLIE_TR("days", "{0}"), cell));
    return static_cast<float>(value * m_millimetres);
}

void CsvReader::readLine(const std::vector<std::string>& cells) {
    if (cells.size() != m_columns.size())
        throw wrong(text(EMBELLIE_TR("days", "a line has another number of cells than the header")))
            .expected(text(EMBELLIE_TR("days", "{0}"), m_columns.size()))
            .found(text(EMBELLIE_TR("days", "{0}"), cells.size()));
    const std::string time = m_clock == None ? cells[m_time] : stampWords(cells[m_time], cells[m_clock]);
    const auto stamp = stampOf(time);
    if (!stamp)
        throw wrong(text(EMBELLIE_TR("days", "a time can't be read")))
            .expected(text(EMBELLIE_TR("days", "2024-06-15 14:30, 202406151430, 15/06/2024 14:30 or a date")))
            .found(text(EMBELLIE_TR("days", "\"{0}\""), time));
    Site site;
    site.latitude = number(cells[m_latitude]);
    site.longitude = number(cells[m_longitude]);
    demandPlace(site, m_file, "line " + std::to_string(m_line));
    const std::string place = cells[m_latitude] + " " + cells[m_longitude];
    site.id = m_station == None ? place : cells[m_station];
    const auto [at, isNew] = m_index.try_emplace(site.id + "\t" + place, m_stations.size());
    if (isNew) {
        if (m_height != None && !isMissing(cells[m_height]))
            site.heightMeters = number(cells[m_height]);
        m_stations.push_back({site, {}});
    }
    m_stations[at->second].rows.push_back({stamp->time, stamp->isDate, rain(cells[m_rain])});
}

std::vector<StationRows> CsvReader::read() {
    const std::string content = readFile(m_file);
    std::string_view rest = content;
    if (rest.starts_with("\xEF\xBB\xBF"))
        rest.remove_prefix(3);
    const double total = static_cast<double>(rest.size());
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (++m_line % 4096 == 0) {
            m_feedback.throwIfCancelled();
            m_feedback.progress(total - static_cast<double>(rest.size()), total);
        }
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find('\0') != std::string_view::npos)
            throw wrong(text(EMBELLIE_TR("days", "this is no text")))
                .expected(text(EMBELLIE_TR("days", "a station file: CSV or netCDF")));
        if (trimmed(line).empty() || line.starts_with('#'))
            continue;
        if (m_columns.empty())
            readHeader(cleanText(std::string(line)));
        else
            readLine(cellsOf(cleanText(std::string(line)), m_separator));
    }
    if (m_stations.empty())
        throw Error(text(EMBELLIE_TR("days", "there is no reading in the station file"))).in(m_file);
    return std::move(m_stations);
}

} // namespace

std::vector<StationRows> readGaugesCsv(const fs::path& file, Feedback& feedback) {
    return CsvReader(file, feedback).read();
}

} // namespace embellie
