#include "core/command/settings_flags.h"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace embellie {

namespace {

std::string tableOf(const std::string& key) {
    const std::size_t dot = key.rfind('.');
    return dot == std::string::npos ? std::string("settings") : key.substr(0, dot);
}

std::string helpOf(const Setting& setting) {
    std::string help = setting.help.pattern;
    help += " [" + settingText(setting.defaultValue) +
            (setting.unit.empty() || setting.unit == "1" ? "" : " " + setting.unit) + "]";
    return help;
}

std::string valueNameOf(const Setting& setting) {
    switch (setting.type) {
    case Setting::Type::Boolean:
        return "BOOL";
    case Setting::Type::Integer:
        return "N";
    case Setting::Type::Real:
        return "X";
    case Setting::Type::List:
        return "X,X,...";
    case Setting::Type::Path:
        return "PATH";
    case Setting::Type::Choice: {
        std::string names;
        for (const SettingChoice& choice : setting.choices)
            names += (names.empty() ? "" : "|") + choice.value;
        return names;
    }
    case Setting::Type::Text:
        break;
    }
    return "TEXT";
}

} // namespace

SettingFlags::SettingFlags(CLI::App& app, const SettingTable& table)
    : m_given(std::make_shared<std::map<std::string, std::string>>()) {
    for (const Setting& setting : table.all()) {
        const bool truth = setting.type == Setting::Type::Boolean;
        const auto keep = [given = m_given, key = setting.key, truth](const std::string& value) {
            (*given)[key] = truth && value.empty() ? "true" : value;
        };
        CLI::Option* option = app.add_option_function<std::string>("--" + setting.key, keep, helpOf(setting))
                                  ->type_name(valueNameOf(setting));
        if (truth)
            option->expected(0, 1); // alone it means true
        option->group("Settings: " + tableOf(setting.key) + (setting.advanced ? " (advanced)" : ""));
    }
}

bool SettingFlags::empty() const {
    return m_given->empty();
}

void SettingFlags::apply(Settings& settings) const {
    for (const auto& [key, value] : *m_given)
        try {
            const Setting& setting = settings.table().at(key);
            // Whoever uses it works in another folder.
            const bool isPath = setting.type == Setting::Type::Path && !value.empty();
            settings.setText(key,
                             isPath ? std::filesystem::absolute(value).lexically_normal().string() : value);
        } catch (Error& error) {
            throw error.wrongUse();
        }
}

} // namespace embellie
