#pragma once

#include "core/command/command.h"
#include "core/command/predict/watch.h"
#include "core/command/settings_flags.h"

#include <string>
#include <vector>

namespace embellie {

struct MethodWords {
    std::string method, input, output;
    std::vector<std::string> files, context;
};

/// predict --method: files are cleaned in this process, without a run and without LibTorch. @throws Error,
/// Cancelled
int predictByMethod(const MethodWords& words, const SettingFlags& flags, CommandContext& context);
/// The same for what arrives in a folder. @throws Error, Cancelled
int watchByMethod(const MethodWords& words, const WatchWords& watch, const SettingFlags& flags,
                  CommandContext& context);

} // namespace embellie
