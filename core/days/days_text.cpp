#include "core/base/file.h"
#include "core/days/days.h"

#include <algorithm>
#include <map>
#include <set>

namespace embellie {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> cellsOf(std::string_view line) {
    std::vector<std::string> cells(1);
    for (const char letter : line)
        if (letter == '\t')
            cells.emplace_back();
        else
            cells.back() += letter;
    while (cells.size() > 1 && cells.back().empty()) // spreadsheets pad short lines
        cells.pop_back();
    return cells;
}

std::string cell(std::string words) {
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return words;
}

} // namespace

std::string daysText(const std::vector<DayVolume>& volumes) {
    std::string lines =
        "# Volumes of a radar by what rain gauges say. The first word of each line is yours to "
        "change: dry, wet or unsure.\n"
        "# kind\ttime\tradar\twhy\tfiles\n";
    for (const DayVolume& day : volumes) {
        lines += std::string(dayKey(day.kind)) + "\t" + isoTime(day.volume.time.begin) + "\t" +
                 cell(day.volume.radar) + "\t" + cell(day.reason.english());
        for (const fs::path& file : day.volume.files) {
            if (cell(file.string()) != file.string())
                throw Error(
                    text(EMBELLIE_TR("days", "a name with a tab or a line's end can't stand in the list")))
                    .in(file);
            lines += "\t" + file.string();
        }
        lines += "\n";
    }
    return lines;
}

std::vector<DayVolume> readDays(const fs::path& file) {
    const std::string content = readFile(file);
    std::string_view rest = content;
    if (rest.starts_with("\xEF\xBB\xBF"))
        rest.remove_prefix(3);
    std::vector<DayVolume> volumes;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == std::string_view::npos || line.starts_with('#'))
            continue;
        const std::string place = "line " + std::to_string(number);
        const std::vector<std::string> cells = cellsOf(line);
        if (cells.size() < 5)
            throw Error(text(EMBELLIE_TR("days", "a line of the list is incomplete")))
                .in(file, place)
                .expected(text(EMBELLIE_TR("days", "kind, time, radar, why and files, between tabs")))
                .found(text(EMBELLIE_TR("days", "\"{0}\""), std::string(line.substr(0, 60))));
        DayVolume day;
        const auto kind = dayKindOf(cells[0].substr(0, cells[0].find_last_not_of(' ') + 1));
        if (!kind)
            throw Error(text(EMBELLIE_TR("days", "a volume is of an unknown kind")))
                .in(file, place)
                .expected(text(EMBELLIE_TR("days", "dry, wet or unsure")))
                .found(text(EMBELLIE_TR("days", "\"{0}\""), cells[0]));
        const auto time = parseTime(cells[1]);
        if (!time)
            throw Error(text(EMBELLIE_TR("days", "a time can't be read")))
                .in(file, place)
                .expected(text(EMBELLIE_TR("days", "as 2024-06-15T14:30:00Z")))
                .found(text(EMBELLIE_TR("days", "\"{0}\""), cells[1]));
        day.kind = *kind;
        day.volume.radar = cells[2];
        day.volume.time = {*time, *time, Calendar::Standard};
        day.reason = text(EMBELLIE_TR("days", "{0}"), cells[3]);
        for (std::size_t i = 4; i < cells.size(); ++i)
            day.volume.files.push_back((fs::absolute(file).parent_path() / cells[i]).lexically_normal());
        volumes.push_back(std::move(day));
    }
    return volumes;
}

std::vector<std::string> filesOfKind(const std::vector<DayVolume>& volumes, DayKind kind) {
    const DayKind opposite = kind == DayKind::Dry ? DayKind::Wet : DayKind::Dry;
    std::set<std::string> others, seen;
    for (const DayVolume& day : volumes)
        if (day.kind == opposite)
            for (const fs::path& file : day.volume.files)
                others.insert(file.string());
    std::vector<std::string> files;
    for (const DayVolume& day : volumes) {
        if (day.kind != kind)
            continue;
        for (const fs::path& file : day.volume.files) {
            if (others.contains(file.string()))
                throw Error(text(EMBELLIE_TR("days", "a file has both dry and wet volumes")))
                    .in(file)
                    .remedy(
                        text(EMBELLIE_TR("days", "make them unsure, or keep volumes in files of their own")));
            if (seen.insert(file.string()).second)
                files.push_back(file.string());
        }
    }
    return files;
}

} // namespace embellie
