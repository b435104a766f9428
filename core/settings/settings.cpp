#include "core/settings/settings.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

namespace embellie {

namespace {

Setting made(std::string key, Setting::Type type, SettingValue value, TextPattern label, TextPattern help) {
    Setting setting;
    setting.key = std::move(key);
    setting.type = type;
    setting.defaultValue = std::move(value);
    setting.label = label;
    setting.help = help;
    return setting;
}

Setting ranged(Setting setting, double least, double most, std::string unit) {
    setting.least = least;
    setting.most = most;
    setting.unit = std::move(unit);
    return setting;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::optional<double> readNumber(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || std::isnan(value))
        return std::nullopt;
    return value;
}

// Limits as people write them: 100000, not 1e+05.
std::string plainText(double value) {
    return value == std::nearbyint(value) && std::abs(value) < 1e15 ? numberText(value, 0)
                                                                    : numberText(value);
}

Error at(const Setting& setting, Text what) {
    return Error(std::move(what)).in({}, setting.key);
}

Text domainText(const Setting& setting) {
    const bool list = setting.type == Setting::Type::List;
    switch (setting.type) {
    case Setting::Type::Boolean:
        return text(EMBELLIE_TR("settings", "true or false"));
    case Setting::Type::Choice: {
        std::string names;
        for (const SettingChoice& choice : setting.choices)
            names += (names.empty() ? "" : ", ") + choice.value;
        return text(EMBELLIE_TR("settings", "one of: {0}"), names);
    }
    case Setting::Type::Integer:
    case Setting::Type::Real:
    case Setting::Type::List: {
        const std::string least = setting.least ? plainText(*setting.least) : "-inf";
        const std::string most = setting.most ? plainText(*setting.most) : "inf";
        const std::string unit = setting.unit.empty() || setting.unit == "1" ? "" : " " + setting.unit;
        if (setting.type == Setting::Type::Integer)
            return text(EMBELLIE_TR("settings", "a whole number from {0} to {1}{2}"), least, most, unit);
        return list ? text(EMBELLIE_TR("settings", "numbers from {0} to {1}{2}, separated by commas"), least,
                           most, unit)
                    : text(EMBELLIE_TR("settings", "a number from {0} to {1}{2}"), least, most, unit);
    }
    case Setting::Type::Text:
    case Setting::Type::Path:
        break;
    }
    return text(EMBELLIE_TR("settings", "a text"));
}

Error wrongType(const Setting& setting, const std::string& found) {
    return at(setting, text(EMBELLIE_TR("settings", "\"{0}\" does not fit here"), found))
        .expected(domainText(setting));
}

std::optional<Error> problemWithNumber(const Setting& setting, double value) {
    if (std::isnan(value))
        return wrongType(setting, "nan");
    if (setting.most && value > *setting.most)
        return at(setting, text(EMBELLIE_TR("settings", "{0} is over the limit of {1}"), plainText(value),
                                plainText(*setting.most)))
            .expected(domainText(setting));
    if (setting.least && value < *setting.least)
        return at(setting, text(EMBELLIE_TR("settings", "{0} is under the limit of {1}"), plainText(value),
                                plainText(*setting.least)))
            .expected(domainText(setting));
    return std::nullopt;
}

// TOML and callers know numbers, not whether an integer or a real was declared.
SettingValue coerced(const Setting& setting, SettingValue value) {
    if (setting.type == Setting::Type::Real && std::holds_alternative<std::int64_t>(value))
        return static_cast<double>(std::get<std::int64_t>(value));
    if (setting.type == Setting::Type::Integer && std::holds_alternative<double>(value)) {
        const double number = std::get<double>(value);
        if (number == std::nearbyint(number) && std::abs(number) < 9e18)
            return static_cast<std::int64_t>(number);
    }
    if (setting.type == Setting::Type::List) {
        if (std::holds_alternative<double>(value))
            return std::vector<double>{std::get<double>(value)};
        if (std::holds_alternative<std::int64_t>(value))
            return std::vector<double>{static_cast<double>(std::get<std::int64_t>(value))};
    }
    return value;
}

} // namespace

Setting booleanSetting(std::string key, bool value, TextPattern label, TextPattern help) {
    return made(std::move(key), Setting::Type::Boolean, value, label, help);
}

Setting integerSetting(std::string key, std::int64_t value, double least, double most, std::string unit,
                       TextPattern label, TextPattern help) {
    return ranged(made(std::move(key), Setting::Type::Integer, value, label, help), least, most,
                  std::move(unit));
}

Setting realSetting(std::string key, double value, double least, double most, std::string unit,
                    TextPattern label, TextPattern help) {
    return ranged(made(std::move(key), Setting::Type::Real, value, label, help), least, most,
                  std::move(unit));
}

Setting choiceSetting(std::string key, std::string value, std::vector<SettingChoice> choices,
                      TextPattern label, TextPattern help) {
    Setting setting = made(std::move(key), Setting::Type::Choice, std::move(value), label, help);
    setting.choices = std::move(choices);
    return setting;
}

Setting textSetting(std::string key, std::string value, TextPattern label, TextPattern help) {
    return made(std::move(key), Setting::Type::Text, std::move(value), label, help);
}

Setting pathSetting(std::string key, std::string value, TextPattern label, TextPattern help) {
    return made(std::move(key), Setting::Type::Path, std::move(value), label, help);
}

Setting listSetting(std::string key, std::vector<double> value, double least, double most, std::string unit,
                    TextPattern label, TextPattern help) {
    return ranged(made(std::move(key), Setting::Type::List, std::move(value), label, help), least, most,
                  std::move(unit));
}

Setting advanced(Setting setting) {
    setting.advanced = true;
    return setting;
}

SettingTable::SettingTable(std::initializer_list<Setting> settings) {
    for (const Setting& setting : settings)
        add(setting);
}

void SettingTable::add(Setting setting) {
    assert(!find(setting.key) && "a key is declared once");
    assert(!problemWith(setting, setting.defaultValue) && "a default is in its domain");
    m_settings.push_back(std::move(setting));
}

void SettingTable::add(const SettingTable& others) {
    for (const Setting& setting : others.m_settings)
        add(setting);
}

const Setting* SettingTable::find(const std::string& key) const {
    const auto found = std::find_if(m_settings.begin(), m_settings.end(),
                                    [&](const Setting& setting) { return setting.key == key; });
    return found == m_settings.end() ? nullptr : &*found;
}

const Setting& SettingTable::at(const std::string& key) const {
    if (const Setting* setting = find(key))
        return *setting;
    std::vector<std::string> known;
    for (const Setting& setting : m_settings)
        known.push_back(setting.key);
    Error error(text(EMBELLIE_TR("settings", "there is no setting \"{0}\""), key));
    if (const std::string nearest = nearestName(key, known); !nearest.empty())
        error.remedy(text(EMBELLIE_TR("settings", "perhaps {0} is meant"), nearest));
    throw error;
}

std::optional<Error> problemWith(const Setting& setting, const SettingValue& value) {
    switch (setting.type) {
    case Setting::Type::Boolean:
        if (!std::holds_alternative<bool>(value))
            return wrongType(setting, settingText(value));
        return std::nullopt;
    case Setting::Type::Integer:
        if (!std::holds_alternative<std::int64_t>(value))
            return wrongType(setting, settingText(value));
        return problemWithNumber(setting, static_cast<double>(std::get<std::int64_t>(value)));
    case Setting::Type::Real:
        if (!std::holds_alternative<double>(value))
            return wrongType(setting, settingText(value));
        return problemWithNumber(setting, std::get<double>(value));
    case Setting::Type::List:
        if (!std::holds_alternative<std::vector<double>>(value))
            return wrongType(setting, settingText(value));
        for (const double entry : std::get<std::vector<double>>(value))
            if (auto problem = problemWithNumber(setting, entry))
                return problem;
        return std::nullopt;
    case Setting::Type::Choice: {
        const std::string* chosen = std::get_if<std::string>(&value);
        std::vector<std::string> known;
        for (const SettingChoice& choice : setting.choices) {
            if (chosen && *chosen == choice.value)
                return std::nullopt;
            known.push_back(choice.value);
        }
        Error error = wrongType(setting, settingText(value));
        if (const std::string nearest = nearestName(settingText(value), known); !nearest.empty())
            error.remedy(text(EMBELLIE_TR("settings", "perhaps {0} is meant"), nearest));
        return error;
    }
    case Setting::Type::Text:
    case Setting::Type::Path:
        if (!std::holds_alternative<std::string>(value))
            return wrongType(setting, settingText(value));
        return std::nullopt;
    }
    return std::nullopt;
}

SettingValue parseSetting(const Setting& setting, const std::string& written) {
    const auto checked = [&](SettingValue value) {
        value = coerced(setting, std::move(value));
        if (auto problem = problemWith(setting, value))
            throw *problem;
        return value;
    };
    switch (setting.type) {
    case Setting::Type::Boolean: {
        const std::string_view word = trimmed(written);
        if (word == "true" || word == "yes" || word == "on" || word == "1")
            return true;
        if (word == "false" || word == "no" || word == "off" || word == "0")
            return false;
        throw wrongType(setting, written);
    }
    case Setting::Type::Integer:
    case Setting::Type::Real: {
        const std::string_view digits = trimmed(written);
        std::int64_t whole = 0; // beyond 2^53 a detour by double would change a whole number
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
        if (error == std::errc() && end == digits.data() + digits.size())
            return checked(whole);
        const auto number = readNumber(written);
        if (!number)
            throw wrongType(setting, written);
        return checked(*number);
    }
    case Setting::Type::List: {
        std::vector<double> entries;
        std::string_view rest = trimmed(written);
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            const auto number = readNumber(rest.substr(0, comma));
            if (!number || comma == rest.size() - 1)
                throw wrongType(setting, written);
            entries.push_back(*number);
            rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        }
        return checked(std::move(entries));
    }
    case Setting::Type::Choice:
    case Setting::Type::Text:
    case Setting::Type::Path:
        break;
    }
    return checked(written);
}

std::string settingText(const SettingValue& value) {
    struct Writer {
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const { return numberText(number); }
        std::string operator()(const std::string& words) const { return words; }
        std::string operator()(const std::vector<double>& entries) const {
            std::string joined;
            for (const double entry : entries)
                joined += (joined.empty() ? "" : ",") + numberText(entry);
            return joined;
        }
    };
    return std::visit(Writer(), value);
}

void Settings::set(const std::string& key, SettingValue value) {
    const Setting& setting = m_table.at(key);
    value = coerced(setting, std::move(value));
    if (auto problem = problemWith(setting, value))
        throw *problem;
    m_values[key] = std::move(value);
}

const SettingValue& Settings::value(const std::string& key) const {
    const auto found = m_values.find(key);
    return found != m_values.end() ? found->second : m_table.at(key).defaultValue;
}

nlohmann::json Settings::toJson() const {
    nlohmann::json object = nlohmann::json::object();
    for (const Setting& setting : m_table.all())
        std::visit([&](const auto& entry) { object[setting.key] = entry; }, value(setting.key));
    return object;
}

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each.
static std::size_t editDistance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            cost[i][j] = std::min(
                {cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[a.size()][b.size()];
}

std::string nearestName(const std::string& wanted, const std::vector<std::string>& known) {
    std::string nearest;
    std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    const auto offer = [&](const std::string& form, const std::string& name) {
        const std::size_t distance = editDistance(wanted, form);
        if (distance < least) {
            least = distance;
            nearest = name;
        }
    };
    for (const std::string& name : known)
        offer(name, name);
    if (nearest.empty()) // "learning_rate" for train.learning_rate
        for (const std::string& name : known)
            if (const std::size_t dot = name.rfind('.'); dot != std::string::npos)
                offer(name.substr(dot + 1), name);
    return nearest;
}

} // namespace embellie
