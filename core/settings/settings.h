#pragma once

#include "core/base/error.h"
#include "core/base/text.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

using SettingValue = std::variant<bool, std::int64_t, double, std::string, std::vector<double>>;

struct SettingChoice {
    std::string value;
    TextPattern label;
};

/// One declared setting. From a table of them grow the form, the flags, TOML, the manual and the checks.
struct Setting {
    enum class Type { Boolean, Integer, Real, Choice, Text, Path, List };
    std::string key; ///< dotted: train.learning_rate
    Type type = Type::Real;
    SettingValue defaultValue; ///< Boolean: bool; Integer: int64; Real: double; List: doubles; else string
    std::optional<double> least, most; ///< closed range of Integer, Real and each entry of a List
    double step = 0;                   ///< of a spin box; 0: 1 for Integer, a tenth of the value for Real
    std::vector<SettingChoice> choices;
    std::string unit; ///< UDUNITS, empty for a pure number
    TextPattern label, help;
    bool advanced = false;
};

/// Short makers, so that a declaration reads as a line of a table.
Setting booleanSetting(std::string key, bool value, TextPattern label, TextPattern help);
Setting integerSetting(std::string key, std::int64_t value, double least, double most, std::string unit,
                       TextPattern label, TextPattern help);
Setting realSetting(std::string key, double value, double least, double most, std::string unit,
                    TextPattern label, TextPattern help);
Setting choiceSetting(std::string key, std::string value, std::vector<SettingChoice> choices,
                      TextPattern label, TextPattern help);
Setting textSetting(std::string key, std::string value, TextPattern label, TextPattern help);
Setting pathSetting(std::string key, std::string value, TextPattern label, TextPattern help);
Setting listSetting(std::string key, std::vector<double> value, double least, double most, std::string unit,
                    TextPattern label, TextPattern help);
Setting advanced(Setting setting); ///< the same, shown only on demand

/// Declared settings in their order; keys are unique (asserted).
class SettingTable {
public:
    SettingTable() = default;
    SettingTable(std::initializer_list<Setting> settings);
    void add(Setting setting);
    void add(const SettingTable& others);
    const std::vector<Setting>& all() const { return m_settings; }
    const Setting* find(const std::string& key) const; ///< null where it is not declared
    /// @throws Error naming the nearest declared key
    const Setting& at(const std::string& key) const;

private:
    std::vector<Setting> m_settings;
};

/// The reason why @p value does not fit, in words with the domain ("3 is over the limit of 0.1"); nothing
/// where it does.
std::optional<Error> problemWith(const Setting& setting, const SettingValue& value);
/// Reads "1e-3", "true", "8,16,32"; decimal point whatever the locale. @throws Error when the type or domain
/// is missed
SettingValue parseSetting(const Setting& setting, const std::string& text);
/// The reverse of parseSetting.
std::string settingText(const SettingValue& value);

/// Values for a table: the default where nothing was set.
class Settings {
public:
    Settings() = default;
    explicit Settings(SettingTable table) : m_table(std::move(table)) {}

    const SettingTable& table() const { return m_table; }
    /// @throws Error for an unknown key (with the nearest known one) or a value outside the domain
    void set(const std::string& key, SettingValue value);
    void setText(const std::string& key, const std::string& text) {
        set(key, parseSetting(m_table.at(key), text));
    }
    void reset(const std::string& key) { m_values.erase(key); }
    bool isDefault(const std::string& key) const { return !m_values.contains(key); }
    const SettingValue& value(const std::string& key) const;

    bool boolean(const std::string& key) const { return std::get<bool>(value(key)); }
    std::int64_t integer(const std::string& key) const { return std::get<std::int64_t>(value(key)); }
    double real(const std::string& key) const { return std::get<double>(value(key)); }
    const std::string& string(const std::string& key) const { return std::get<std::string>(value(key)); }
    const std::vector<double>& list(const std::string& key) const {
        return std::get<std::vector<double>>(value(key));
    }

    /// All values (defaults too) as TOML, keys by table ([train] learning_rate = 0.003).
    std::string toToml() const;
    /// Values of @p toml over ours; keys that are not declared are errors, unless @p ignoreUnknown (a file
    /// that serves several tables; even then a key that looks like a slip of one declared in the same table
    /// is an error).
    /// @p file is named in errors. All or nothing. @throws Error
    void mergeToml(const std::string& toml, const std::string& file, bool ignoreUnknown = false);
    nlohmann::json toJson() const; ///< {"train.learning_rate": 0.003, …}
    friend bool operator==(const Settings& a, const Settings& b) { return a.m_values == b.m_values; }

private:
    SettingTable m_table;
    std::map<std::string, SettingValue> m_values;
};

/// Nearest of @p known by edit distance; empty where none is near enough to be meant.
std::string nearestName(const std::string& wanted, const std::vector<std::string>& known);

/// Settings in force before the command line: defaults < site < user file < embellie.toml in the working
/// folder or above. $XDG_CONFIG_HOME/embellie/embellie.toml (else ~/.config/…) is the user file, the same
/// below $XDG_CONFIG_DIRS (else /etc/xdg) the site's. @throws Error
void mergeSettingFiles(Settings& settings, const std::string& workingFolder);

} // namespace embellie
