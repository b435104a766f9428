#include "core/io/odim/odim_source.h"

#include <charconv>

namespace embellie {

std::optional<double> OdimAttributes::number(const std::string& part, const std::string& name) const {
    for (const std::string& group : m_groups)
        if (const auto value = m_file.number(group + "/" + part, name))
            return value;
    return std::nullopt;
}

std::vector<double> OdimAttributes::numbers(const std::string& part, const std::string& name) const {
    for (const std::string& group : m_groups)
        if (auto values = m_file.numbers(group + "/" + part, name); !values.empty())
            return values;
    return {};
}

std::optional<std::string> OdimAttributes::string(const std::string& part, const std::string& name) const {
    for (const std::string& group : m_groups)
        if (auto value = m_file.string(group + "/" + part, name); value && !value->empty())
            return value;
    return std::nullopt;
}

// "20130429" and "043000".
static std::optional<TimePoint> timeOf(const std::optional<std::string>& date,
                                       const std::optional<std::string>& time) {
    if (!date || !time || date->size() != 8 || time->size() < 4)
        return std::nullopt;
    const std::string seconds = time->size() >= 6 ? time->substr(4, 2) : "00";
    return parseTime(date->substr(0, 4) + "-" + date->substr(4, 2) + "-" + date->substr(6, 2) + " " +
                     time->substr(0, 2) + ":" + time->substr(2, 2) + ":" + seconds);
}

bool odimTime(const OdimAttributes& attributes, TimeInterval& time) {
    const auto at = [&](const char* date, const char* clock) {
        return timeOf(attributes.string("what", date), attributes.string("what", clock));
    };
    const auto start = at("startdate", "starttime"), end = at("enddate", "endtime"),
               nominal = at("date", "time");
    const auto begin = start ? start : nominal;
    if (!begin)
        return false;
    time.begin = *begin;
    time.end = end && *end >= *begin ? *end : *begin;
    return true;
}

std::vector<std::string> odimIdentifiers(const std::string& source) {
    std::vector<std::string> out;
    std::size_t from = 0;
    while (from <= source.size()) {
        const std::size_t to = std::min(source.find_first_of(",;", from), source.size());
        const std::string one = source.substr(from, to - from);
        const std::size_t colon = one.find(':');
        if (colon != std::string::npos && colon > 0 && colon + 1 < one.size())
            out.push_back(one);
        from = to + 1;
    }
    return out;
}

std::string odimUnit(const std::string& quantity, double version) {
    const auto starts = [&](const char* prefix) { return quantity.starts_with(prefix); };
    if (quantity == "TH" || quantity == "TV" || starts("DBZ"))
        return "dBZ";
    if (starts("VRAD") || starts("WRAD") || starts("UWND") || starts("VWND"))
        return "m s-1";
    if (starts("ZDR") || starts("UZDR") || starts("LDR") || starts("ULDR") || starts("SNR") ||
        starts("CCOR") || quantity == "DR")
        return "dB";
    if (starts("KDP") || starts("UKDP"))
        return "degree km-1";
    if (starts("PHIDP") || starts("UPHIDP"))
        return "degree";
    if (quantity == "RATE")
        return "mm h-1";
    if (quantity == "ACRR")
        return "mm";
    if (quantity == "HGHT" || quantity == "HGHTDEV")
        return version >= 2.395 ? "m" : "km"; // kilometres up to 2.3
    if (quantity == "BRDR" || quantity == "QIND" || quantity == "CLASS" || starts("SQI") || starts("RHOHV") ||
        starts("URHOHV") || quantity == "PROB" || quantity == "REJECTED")
        return "1";
    return "";
}

} // namespace embellie
