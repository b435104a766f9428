#include "core/command/rounds/rounds.h"

#include "core/base/file.h"
#include "core/run/start_weights.h"

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr int Format = 1;

fs::path listOf(const fs::path& folder) {
    return folder / "days.txt";
}

fs::path planOf(const fs::path& folder) {
    return folder / "rounds.json";
}

void writePlan(const Rounds& rounds) {
    writeFileAtomically(planOf(rounds.folder),
                        nlohmann::json{{"format", Format}, {"rounds", rounds.count}}.dump() + "\n");
}

void takeFiles(Rounds& rounds, const std::vector<DayVolume>& days) {
    rounds.wet = filesOfKind(days, DayKind::Wet);
    rounds.dry = filesOfKind(days, DayKind::Dry);
    for (const auto& [files, kind] :
         {std::pair(&rounds.wet, DayKind::Wet), std::pair(&rounds.dry, DayKind::Dry)})
        if (files->empty())
            throw Error(text(EMBELLIE_TR("command", "the list has no volume that is {0}"), dayKey(kind)))
                .remedy(
                    text(EMBELLIE_TR("command", "correct it by hand, or ask \"days\" again with more files, "
                                                "another distance or fewer gauges")));
}

} // namespace

Rounds createRounds(const fs::path& folder, const std::vector<DayVolume>& days, int count) {
    Rounds rounds;
    rounds.folder = fs::absolute(folder).lexically_normal();
    rounds.count = count;
    takeFiles(rounds, days);
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error))
        throw Error(text(EMBELLIE_TR("command", "the folder is not empty")))
            .in(folder)
            .remedy(text(EMBELLIE_TR("command", "name a new one, or go on with --resume")));
    fs::create_directories(folder, error);
    if (error)
        throw systemError(EMBELLIE_TR("command", "the folder can't be made"), folder, error.value());
    writeFileAtomically(listOf(rounds.folder), daysText(days));
    writePlan(rounds);
    return rounds;
}

Rounds openRounds(const fs::path& folder, int count) {
    const auto plan = nlohmann::json::parse(readFile(planOf(folder)), nullptr, false);
    if (!plan.is_object() || !plan.value("rounds", nlohmann::json()).is_number_integer())
        throw Error(text(EMBELLIE_TR("command", "the plan of the rounds can't be read"))).in(planOf(folder));
    if (plan.value("format", 0) > Format)
        throw Error(text(EMBELLIE_TR("command", "these rounds were begun by a newer program"))).in(folder);
    Rounds rounds;
    rounds.folder = fs::absolute(folder).lexically_normal();
    rounds.count = plan["rounds"];
    takeFiles(rounds, readDays(listOf(rounds.folder)));
    if (count > 0 && count != rounds.count) {
        rounds.count = count;
        writePlan(rounds);
    }
    return rounds;
}

RunRequest requestOfRound(const Rounds& rounds, int number, const RunRequest& first) {
    RunRequest request = first;
    request.data[DryRole] = rounds.dry;
    if (number == 1) {
        request.data[WetRole] = rounds.wet;
    } else {
        request.data[WetRole] = {rounds.cleaned(number - 1).string()};
        startFrom(request, rounds.run(number - 1).string());
    }
    request.note = text(EMBELLIE_TR("command", "round {0}"), number).english() +
                   (first.note.empty() ? "" : ": " + first.note);
    request.created = now();
    return request;
}

} // namespace embellie
