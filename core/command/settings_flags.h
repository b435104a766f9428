#pragma once

#include "core/settings/settings.h"

#include <memory>

namespace CLI {
class App;
}

namespace embellie {

/// Makes a flag of each declared setting ("--train.learning_rate 1e-3", Boolean also without a value) on @p
/// app. When the command runs, apply() puts what was given into settings.
class SettingFlags {
public:
    SettingFlags(CLI::App& app, const SettingTable& table);
    /// Values given on the command line over @p settings. A command that serves several tables declares the
    /// flags of all: one that is not in the table of @p settings is then wrong use here. @throws Error (wrong
    /// use)
    void apply(Settings& settings) const;
    bool empty() const; ///< nothing was given

private:
    std::shared_ptr<std::map<std::string, std::string>> m_given; // CLI11 keeps pointers into it
};

} // namespace embellie
