#include "core/settings/settings.h"

#include "core/base/file.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include <toml++/toml.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& words) {
    static const char digits[] = "0123456789abcdef";
    std::string written = "\"";
    for (const char letter : words) {
        const auto code = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\')
            (written += '\\') += letter;
        else if (letter == '\n')
            written += "\\n";
        else if (code < 0x20 || code == 0x7f)
            (((written += "\\u00") += digits[code >> 4]) += digits[code & 15]);
        else
            written += letter;
    }
    return written + "\"";
}

std::string tomlText(const SettingValue& value) {
    if (const auto* words = std::get_if<std::string>(&value))
        return quoted(*words);
    if (const auto* entries = std::get_if<std::vector<double>>(&value)) {
        std::string joined;
        for (const double entry : *entries)
            joined += (joined.empty() ? "" : ", ") + numberText(entry);
        return "[" + joined + "]";
    }
    return settingText(value);
}

std::string tableOf(const std::string& key) {
    const std::size_t dot = key.rfind('.');
    return dot == std::string::npos ? std::string() : key.substr(0, dot);
}

struct Written {
    std::string key;
    SettingValue value;
    std::string line;
};

std::string lineText(const toml::node& node) {
    std::ostringstream line;
    line.imbue(std::locale::classic());
    line << "line " << node.source().begin.line;
    return line.str();
}

std::optional<SettingValue> valueOf(const toml::node& node) {
    if (const auto* truth = node.as_boolean())
        return truth->get();
    if (const auto* whole = node.as_integer())
        return std::int64_t(whole->get());
    if (const auto* number = node.as_floating_point())
        return number->get();
    if (const auto* words = node.as_string())
        return words->get();
    const auto* array = node.as_array();
    if (!array)
        return std::nullopt;
    std::vector<double> entries;
    for (const toml::node& entry : *array) {
        const auto number = entry.value<double>();
        if (!number)
            return std::nullopt;
        entries.push_back(*number);
    }
    return entries;
}

void flatten(const toml::table& table, const std::string& prefix, const std::string& file,
             std::vector<Written>& out) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        if (const auto* inner = node.as_table()) {
            flatten(*inner, key + ".", file, out);
            continue;
        }
        auto value = valueOf(node);
        if (!value)
            throw Error(
                text(EMBELLIE_TR("settings", "the value of {0} is of no kind that a setting has"), key))
                .in(file, lineText(node))
                .expected(
                    text(EMBELLIE_TR("settings", "true or false, a number, a text or a list of numbers")));
        out.push_back({key, std::move(*value), lineText(node)});
    }
}

toml::table parsed(const std::string& content, const std::string& file) {
    try {
        return toml::parse(content, file);
    } catch (const toml::parse_error& error) {
        throw Error(text(EMBELLIE_TR("settings", "the settings can't be read as TOML")))
            .in(file, "line " + std::to_string(error.source().begin.line))
            .found(text(EMBELLIE_TR("settings", "the fault \"{0}\""), error.description()));
    }
}

} // namespace

std::string Settings::toToml() const {
    std::vector<std::string> tables;
    for (const Setting& setting : m_table.all())
        if (const std::string table = tableOf(setting.key);
            std::find(tables.begin(), tables.end(), table) == tables.end())
            tables.push_back(table);
    // Keys without a table come first: behind a [table] they would belong to it.
    std::stable_partition(tables.begin(), tables.end(),
                          [](const std::string& table) { return table.empty(); });
    std::string written;
    for (const std::string& table : tables) {
        if (!table.empty())
            written += (written.empty() ? "[" : "\n[") + table + "]\n";
        for (const Setting& setting : m_table.all())
            if (tableOf(setting.key) == table) {
                const std::string name = setting.key.substr(table.empty() ? 0 : table.size() + 1);
                written += name + " = " + tomlText(value(setting.key)) + "\n";
            }
    }
    return written;
}

void Settings::mergeToml(const std::string& content, const std::string& file, bool ignoreUnknown) {
    std::vector<Written> found;
    flatten(parsed(content, file), {}, file, found);
    std::vector<std::string> known;
    for (const Setting& setting : m_table.all())
        known.push_back(setting.key);
    Settings merged = *this; // all or nothing
    for (Written& entry : found) {
        if (!m_table.find(entry.key)) {
            const std::string nearest = nearestName(entry.key, known);
            const bool misspelt = !nearest.empty() && tableOf(nearest) == tableOf(entry.key);
            if (ignoreUnknown && !misspelt)
                continue;
            Error error(text(EMBELLIE_TR("settings", "there is no setting \"{0}\""), entry.key));
            error.in(file, entry.line);
            if (!nearest.empty())
                error.remedy(text(EMBELLIE_TR("settings", "perhaps {0} is meant"), nearest));
            throw error;
        }
        try {
            merged.set(entry.key, std::move(entry.value));
        } catch (Error& error) {
            throw error.in(file, entry.line + ", " + entry.key);
        }
    }
    *this = std::move(merged);
}

void mergeSettingFiles(Settings& settings, const std::string& workingFolder) {
    const auto merge = [&](const fs::path& file) {
        std::error_code ignored;
        if (fs::is_regular_file(file, ignored))
            settings.mergeToml(readFile(file), file.string(), true);
    };
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    const std::string siteFolders = variable("XDG_CONFIG_DIRS");
    std::vector<fs::path> sites;
    std::istringstream list(siteFolders.empty() ? "/etc/xdg" : siteFolders);
    for (std::string folder; std::getline(list, folder, ':');)
        if (!folder.empty())
            sites.insert(sites.begin(), folder); // the first named is the most important, so it comes last
    for (const fs::path& site : sites)
        merge(site / "embellie" / "embellie.toml");

    const std::string own = variable("XDG_CONFIG_HOME"), home = variable("HOME");
    if (!own.empty())
        merge(fs::path(own) / "embellie" / "embellie.toml");
    else if (!home.empty())
        merge(fs::path(home) / ".config" / "embellie" / "embellie.toml");

    std::error_code error;
    fs::path folder = fs::weakly_canonical(workingFolder.empty() ? "." : workingFolder, error);
    while (!error && !folder.empty()) {
        if (fs::is_regular_file(folder / "embellie.toml", error)) {
            merge(folder /
                  "embellie.toml"); // the nearest one alone: a project's file replaces those above it
            break;
        }
        if (folder == folder.parent_path())
            break;
        error.clear();
        folder = folder.parent_path();
    }
}

} // namespace embellie
