#pragma once

#include "core/days/gauges.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Which volumes of a radar were measured on dry, and which on wet days, by what rain gauges around it say
// (Lepetit et al.: raw scans and gauges are all that a cleaning network needs).
namespace embellie {

/// The roles of wet and dry files in tasks that are taught by adding the echoes of both.
inline constexpr char WetRole[] = "rain", DryRole[] = "clutter";

enum class DayKind { Unsure, Dry, Wet };

const char* dayKey(DayKind kind); ///< "dry", "wet", "unsure": the word in files
std::optional<DayKind> dayKindOf(std::string_view key);
TextPattern dayText(DayKind kind); ///< the same for people

/// A volume of a radar, from the files' own headers.
struct RadarVolume {
    std::string radar; ///< title of its site
    std::optional<Site> site;
    TimeInterval time;
    std::vector<std::filesystem::path>
        files; ///< absolute; several where a file has one sweep or one quantity
};

/// A volume and what it is taken for.
struct DayVolume {
    RadarVolume volume;
    DayKind kind = DayKind::Unsure;
    Text reason; ///< "4 gauges within 50 km stayed dry"
};

/// days.*: how far gauges count, over which time, and how many must agree. The first five decide proposals,
/// the others how the times of station files are meant.
SettingTable daySettings();

/// The volumes with sweeps in files and folders, by radar and time; only headers are read. Files that can't
/// be read, and volumes without time, are told as messages. @throws Error where there is none; Cancelled
std::vector<RadarVolume> radarVolumes(const std::vector<std::filesystem::path>& paths, Feedback& feedback);

/// What the gauges say of each volume. Dry: at least days.dry_gauges within days.distance reported over the
/// whole time from days.window before to as long after it, and nobody had any rain. Wet: days.wet_gauges of
/// them or more had days.rain or more. Everything else is unsure. @throws Cancelled
std::vector<DayVolume> proposeDays(std::vector<RadarVolume> volumes, const std::vector<Gauge>& gauges,
                                   const Settings& settings, Feedback& feedback);

/// A text that a person may correct: a line a volume, its cells between tabs: dry, wet or unsure; time;
/// radar; reason; files.
std::string daysText(const std::vector<DayVolume>& volumes);
/// The reverse; relative paths are of the list's own folder. What a volume's site is does not come back.
/// @throws Error with the line that is not understood
std::vector<DayVolume> readDays(const std::filesystem::path& file);

/// The files of all volumes of a kind, each once. @throws Error where one holds another volume that is wet
/// while this is dry, or the reverse
std::vector<std::string> filesOfKind(const std::vector<DayVolume>& volumes, DayKind kind);

} // namespace embellie
