// bench_read FILE [--json]: every array of an ODIM_H5 volume into physical float32 values and states, by our
// reader and by h5py with NumPy (/usr/bin/python3), rounds of both in turn on one thread each; medians and
// their ratio.

#include "core/base/process.h"
#include "core/io/source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <sstream>

using namespace embellie;

static double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                     values.end());
    return values[values.size() / 2];
}

static double secondsOfOurs(const char* file, std::size_t& cells) {
    Feedback silent;
    const auto start = std::chrono::steady_clock::now();
    const auto source = openSource(file);
    cells = 0;
    for (const ArrayInfo& array : source->describe().arrays)
        cells += source->read(array.id, {}, silent).size();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int main(int argc, char** argv) try {
    if (argc < 2) {
        std::cerr << "usage: bench_read FILE [--json]\n";
        return 2;
    }
    const bool json = argc > 2 && std::string(argv[2]) == "--json";
    constexpr int Rounds = 7;
    std::vector<double> ours, theirs;
    std::size_t cells = 0, theirCells = 0;
    for (int round = 0; round < Rounds; ++round) {
        ours.push_back(secondsOfOurs(argv[1], cells));
        // Two rounds in the same process: the first one warms Python up and does not count.
        const ProcessResult python =
            runProcess({.program = "/usr/bin/python3", .arguments = {EMBELLIE_READ_H5PY, argv[1], "2"}});
        std::istringstream lines(python.output);
        double seconds = 0;
        while (lines >> seconds >> theirCells) {
        }
        if (python.status != 0 || theirCells == 0)
            throw Error(text(EMBELLIE_TR("bench", "h5py could not read it: {0}"), python.errors)).in(argv[1]);
        theirs.push_back(seconds);
    }
    const double mine = median(ours), other = median(theirs);
    if (json)
        std::cout << nlohmann::json{{"bench", "read"},          {"file", argv[1]},    {"cells", cells},
                                    {"h5py_cells", theirCells}, {"embellie_s", mine}, {"h5py_s", other},
                                    {"ratio", other / mine}}
                         .dump()
                  << "\n";
    else
        std::cout << "read " << cells << " cells: embellie " << numberText(mine * 1000, 1)
                  << " ms, h5py with NumPy (" << theirCells << " cells) " << numberText(other * 1000, 1)
                  << " ms: " << numberText(other / mine, 2) << " times faster\n";
} catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
}
