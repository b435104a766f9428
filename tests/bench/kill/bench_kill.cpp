// Kills trainings at uniformly random times until there were enough kills, some of them while a checkpoint
// was written on a slow disk; every so often the disk is full, and each attempt's clock lies behind the last
// one's. Every run must end bit for bit as one that nothing disturbed. usage: bench_kill [--kills N] [--pause
// MICROS]
// [--seed N] [--json]

#include "tests/core/learn/broken_runs.h"

#include <charconv>
#include <cstdlib>
#include <iostream>

#include <nlohmann/json.hpp>

using namespace embellie;

int main(int argc, char** argv) {
    long kills = 100, pause = 4000, seed = 1;
    bool json = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        long* number = word == "--kills"   ? &kills
                       : word == "--pause" ? &pause
                       : word == "--seed"  ? &seed
                                           : nullptr;
        if (word == "--json") {
            json = true;
        } else if (number && i + 1 < argc) {
            const std::string value = argv[++i];
            std::from_chars(value.data(), value.data() + value.size(), *number);
        } else {
            std::cerr << "usage: bench_kill [--kills N] [--pause MICROS] [--seed N] [--json]" << std::endl;
            return 2;
        }
    }
    ::setenv("EMBELLIE_BIN",
             (std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin").c_str(),
             0);
    const test::ScratchFolder folder;
    RunRequest request = test::tinyRequest("denoise", {{"train.epochs", "6"}, {"train.steps", "20"}});
    request.data = test::smallScene(folder.path());
    const auto newRun = [&](const std::string& name) {
        createRun(folder / name, request);
        return folder / name;
    };
    test::Breaking how{.library = EMBELLIE_ROUGH_DISK,
                       .seconds = 0,
                       .microsPause = static_cast<int>(pause),
                       .fullEvery = 6,
                       .fullBytes = 0,
                       .most = 0};
    test::Breakages all;
    try {
        const auto whole = newRun("whole");
        how.seconds = test::trainedRoughly(whole, how);
        how.fullBytes = test::bytesOf(whole);
        std::mt19937_64 random(static_cast<std::uint64_t>(seed));
        while (all.problem.empty() && all.kills < kills) {
            how.most = static_cast<int>(kills) - all.kills;
            const auto run = newRun("broken " + std::to_string(all.runs + 1));
            test::breakUntilDone(run, how, random, all);
            if (all.problem.empty())
                all.problem = test::differences(run, whole);
            std::cerr << all.runs << " runs, " << all.kills << " kills" << std::endl;
            std::filesystem::remove_all(run);
        }
    } catch (const std::exception& error) {
        all.problem = error.what();
    }
    if (json)
        std::cout << nlohmann::json{{"bench", "kill"},
                                    {"runs", all.runs},
                                    {"attempts", all.attempts},
                                    {"kills", all.kills},
                                    {"in_checkpoint", all.inCheckpoint},
                                    {"in_best", all.inBest},
                                    {"in_state", all.inState},
                                    {"in_event", all.inEvent},
                                    {"before_first_step", all.beforeStart},
                                    {"full_disks", all.fullDisks},
                                    {"most_lost_steps", all.mostLost},
                                    {"whole_seconds", how.seconds},
                                    {"problem", all.problem}}
                         .dump()
                  << std::endl;
    else
        std::cout << all.kills << " kills in " << all.runs << " runs and " << all.attempts
                  << " attempts: " << all.inCheckpoint << " while a checkpoint was written, " << all.inBest
                  << " while the best weights were replaced, " << all.inState << " while the state was, "
                  << all.inEvent << " within an event, " << all.beforeStart
                  << " before the first step; the disk was full " << all.fullDisks << " times; at most "
                  << all.mostLost << " steps lost. "
                  << (all.problem.empty() ? "Every run ended bit for bit as the whole one." : all.problem)
                  << std::endl;
    return all.problem.empty() ? 0 : 1;
}
