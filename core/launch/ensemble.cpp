#include "core/launch/ensemble.h"

#include "core/run/mirror_link.h"

#include <algorithm>
#include <set>

namespace embellie {

namespace fs = std::filesystem;

std::vector<fs::path> membersIn(const fs::path& folder) {
    std::vector<fs::path> members;
    for (const RunSummary& summary : listRuns(folder))
        if (!summary.problem && summary.state && summary.state->bestEpoch >= 0)
            members.push_back(fs::absolute(summary.run).lexically_normal());
    if (members.size() < 2)
        throw Error(text(EMBELLIE_TR("launch", "these are too few runs for an ensemble")))
            .in(folder)
            .expected(text(EMBELLIE_TR("launch", "a folder with two runs or more that have weights")))
            .found(text(EMBELLIE_TR("launch", "{0}"), members.size()));
    std::sort(members.begin(), members.end());
    return members;
}

/// Each another one, and all of one task.
static void checkKind(const fs::path& run, const std::vector<std::string>& members) {
    const std::string task = readRunRequest(run).task;
    std::set<fs::path> known{fs::weakly_canonical(run)};
    for (const std::string& member : members) {
        if (!known.insert(fs::weakly_canonical(member)).second)
            throw Error(text(EMBELLIE_TR("launch", "a run is a member of its ensemble twice")))
                .in(member)
                .wrongUse();
        if (const std::string other = readRunRequest(member).task; other != task)
            throw Error(text(EMBELLIE_TR("launch", "runs of different tasks can't predict together")))
                .in(member)
                .expected(text(EMBELLIE_TR("launch", "{0}"), task))
                .found(text(EMBELLIE_TR("launch", "{0}"), other))
                .wrongUse();
    }
}

void checkMembers(const fs::path& run, const std::vector<std::string>& members) {
    checkKind(run, members);
    std::error_code ignored;
    for (const std::string& member : members) {
        if (fs::exists(RunPaths{member}.weights(), ignored))
            continue;
        const auto link = readMirrorLink(member);
        Error error(link ? text(EMBELLIE_TR("launch", "members of an ensemble must be at one site; this one "
                                                      "is at {0}"),
                                link->site)
                         : text(EMBELLIE_TR("launch", "the run has no weights yet")));
        error.in(member);
        if (link)
            error.remedy(
                text(EMBELLIE_TR("launch", "bring its weights first: embellie-cli fetch {0}"), member));
        throw error;
    }
}

std::vector<std::string> farMembers(const fs::path& run, const std::vector<std::string>& members) {
    checkKind(run, members);
    const auto own = readMirrorLink(run);
    std::vector<std::string> far;
    for (const std::string& member : members) {
        const auto link = readMirrorLink(member);
        if (!own || !link || link->site != own->site || link->run.empty())
            throw Error(text(EMBELLIE_TR("launch", "members of an ensemble must be at one site; this one is "
                                                   "at {0}"),
                             link ? link->site : std::string("local")))
                .in(member)
                .remedy(text(EMBELLIE_TR("launch", "bring the weights of all here (embellie-cli fetch RUN), "
                                                   "and begin with a run of this machine")));
        far.push_back(link->run);
    }
    return far;
}

} // namespace embellie
