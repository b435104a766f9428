#pragma once

#include "core/command/command.h"

#include <filesystem>
#include <optional>
#include <string>

namespace embellie {

/// Reads once what is new of distant runs of @p folder that are not over; where a site does not answer, that
/// is said and what is known already stands.
void updateMirrorsIn(const std::filesystem::path& folder, Feedback& feedback);

/// "hal:" and "hal:/folder": the site's id and the folder over there, empty for the site's own.
std::optional<std::pair<std::string, std::string>> farFolderOf(const std::string& word);
/// Lists the runs over there. @throws Error, Cancelled
int listFarRuns(const std::string& site, const std::string& folder, CommandContext& context);

} // namespace embellie
