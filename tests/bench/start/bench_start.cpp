// bench_start EMBELLIE FILE [--json]: from process start to a written picture of the whole window
// (off-screen, 1280×800), and of the command line's start for comparison; medians of several starts.

#include "core/base/error.h"
#include "core/base/process.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

using namespace embellie;

static double medianSeconds(const ProcessRequest& request) {
    std::vector<double> times;
    for (int round = 0; round < 7; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const ProcessResult result = runProcess(request);
        times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        if (result.status != 0)
            throw Error(text(EMBELLIE_TR("bench", "it ended with {0}: {1}"), result.status, result.errors))
                .in(request.program);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

int main(int argc, char** argv) try {
    if (argc < 3) {
        std::cerr << "usage: bench_start EMBELLIE FILE [--json]\n";
        return 2;
    }
    const auto picture =
        std::filesystem::temp_directory_path() / ("embellie-bench-" + std::to_string(getpid()) + ".png");
    const double window =
        medianSeconds({.program = argv[1],
                       .arguments = {argv[2], "--screenshot", picture.string(), "--size", "1280x800"},
                       .environment = {{"QT_QPA_PLATFORM", "offscreen"}}});
    std::filesystem::remove(picture);
    const double commandLine =
        medianSeconds({.program = std::filesystem::path(argv[1]).parent_path() / "embellie-cli",
                       .arguments = {"--version"}});
    if (argc > 3 && std::string(argv[3]) == "--json")
        std::cout << nlohmann::json{{"bench", "start"},
                                    {"window_s", window},
                                    {"command_line_s", commandLine},
                                    {"ratio", window / commandLine}}
                         .dump()
                  << "\n";
    else
        std::cout << "start to first picture: " << numberText(window * 1000, 0)
                  << " ms; embellie-cli --version: " << numberText(commandLine * 1000, 0) << " ms; ratio "
                  << numberText(window / commandLine, 1) << "\n";
} catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
}
