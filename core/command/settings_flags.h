#pragma once

#include "core/settings/settings.h"

#include <memory>

namespace CLI {
class App;
}

namespace embellie {

/// Makes a flag of each declared setting ("--train.learning_rate 1e-3", Boolean also without a value) on @p app.
/// When the command runs, apply() puts what was given into settings.
class SettingFlags {
public:
    SettingFlags(CLI::App& app, const SettingTable& table);
    /// Values given on the command line over @p settings, whose table may be larger. @throws Error (wrong use)
    void apply(Settings& settings) const;

private:
    std::shared_ptr<std::map<std::string, std::string>> m_given; // CLI11 keeps pointers into it
};

/// For commands whose settings depend on other flags (train: on task and network), which CLI11 can't declare ahead:
/// applies remaining words of the form --key value or --key=value to @p settings. @throws Error (wrong use) for a word
/// that is none, with the nearest known key
void applySettingWords(const std::vector<std::string>& words, Settings& settings);

} // namespace embellie
