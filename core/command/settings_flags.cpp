#include "core/command/settings_flags.h"

#include <CLI/CLI.hpp>

namespace embellie {

namespace {

std::string tableOf(const std::string& key) {
    const std::size_t dot = key.rfind('.');
    return dot == std::string::npos ? std::string("settings") : key.substr(0, dot);
}

std::string helpOf(const Setting& setting) {
    std::string help = setting.help.pattern;
    help += " [" + settingText(setting.defaultValue) + (setting.unit.empty() || setting.unit == "1" ? "" : " " + setting.unit) + "]";
    return help;
}

std::string placeholderOf(const Setting& setting) {
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

void setByText(Settings& settings, const std::string& key, const std::string& value) {
    try {
        settings.setText(key, value);
    } catch (Error& error) {
        throw error.wrongUse();
    }
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
                                  ->type_name(placeholderOf(setting));
        if (truth)
            option->expected(0, 1); // alone it means true
        option->group("Settings: " + tableOf(setting.key) + (setting.advanced ? " (advanced)" : ""));
    }
}

void SettingFlags::apply(Settings& settings) const {
    for (const auto& [key, value] : *m_given)
        setByText(settings, key, value);
}

void applySettingWords(const std::vector<std::string>& words, Settings& settings) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--") || words[i].size() < 3)
            throw Error(text(EMBELLIE_TR("command", "\"{0}\" is not expected here"), words[i]))
                .expected(text(EMBELLIE_TR("command", "settings as --key value")))
                .wrongUse();
        const std::size_t equals = words[i].find('=');
        const std::string key = words[i].substr(2, equals == std::string::npos ? equals : equals - 2);
        const Setting* setting = settings.table().find(key);
        if (!setting) {
            try {
                settings.table().at(key);
            } catch (Error& error) {
                throw error.wrongUse();
            }
        }
        const bool nextIsValue = i + 1 < words.size() && !words[i + 1].starts_with("--");
        if (equals != std::string::npos)
            setByText(settings, key, words[i].substr(equals + 1));
        else if (nextIsValue)
            setByText(settings, key, words[++i]);
        else if (setting->type == Setting::Type::Boolean)
            setByText(settings, key, "true");
        else
            throw Error(text(EMBELLIE_TR("command", "--{0} needs a value"), key)).wrongUse();
    }
}

} // namespace embellie
