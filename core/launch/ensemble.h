#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// The runs directly below a folder (of a sweep, say) that have learnt something, by name: what may predict
/// together. @throws Error where they are fewer than two
std::vector<std::filesystem::path> membersIn(const std::filesystem::path& folder);

/// Whether @p members (further runs, absolute) can predict together with @p run on this machine's disks: each
/// another run, of the same task, with its weights here. @throws Error
void checkMembers(const std::filesystem::path& run, const std::vector<std::string>& members);

/// The same for runs that execute behind ssh: where they lie over there, as the mirror of @p run says of
/// itself. @throws Error where one of them is not at the same site
std::vector<std::string> farMembers(const std::filesystem::path& run,
                                    const std::vector<std::string>& members);

} // namespace embellie
