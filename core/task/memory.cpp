#include "core/task/memory.h"

#include <algorithm>
#include <cmath>

namespace embellie {

MemoryEstimate trainingMemory(const TaskInfo& task, const NetworkInfo& network, const Settings& settings,
                              bool onGpu) {
    const NetworkShape shape = networkShape(task, settings);
    const SampleSize size = task.sampleSize(settings);
    MemoryEstimate estimate;
    estimate.weightsBytes = 4.0 * 5 * static_cast<double>(network.weightCount(settings, shape));
    const auto ceiled = [](std::int64_t a, std::int64_t b) { return (a + b - 1) / b; };
    const std::int64_t share = ceiled(settings.integer("train.batch"), settings.integer("train.ranks"));
    const std::int64_t samples = ceiled(share, std::min(settings.integer("train.accumulate"), share));
    const std::string wanted = settings.string("train.precision");
    const bool isFull = wanted == "fp32" || (wanted == "fp16" && !onGpu); // as choosePrecision() has it
    const double precision = isFull ? 1 : network.sixteenBitShare(settings);
    estimate.samplesBytes = precision * static_cast<double>(samples) *
                            network.trainingBytes(settings, shape, size.rows, size.columns);
    estimate.programBytes = onGpu ? 0.6e9 : 0.25e9;
    // The allocator of the CPU keeps what is freed, and its holes grow for some ten steps. Measured over
    // widths of 8 to 32, batches of 2 to 16, 32 to 256 gates, both precisions: 0.6 to 0.8, and more in the
    // small networks of the tests.
    estimate.heapBytes = onGpu ? 0 : 0.85 * estimate.samplesBytes;
    return estimate;
}

static std::string gigabytes(double bytes) {
    const double number = bytes / 1e9;
    return numberText(number, number < 9.95 ? 1 : 0);
}

Text memoryWords(const MemoryEstimate& estimate, double availableBytes) {
    if (availableBytes <= 0)
        return text(EMBELLIE_TR("task", "needs about {0} GB"), gigabytes(estimate.total()));
    return text(EMBELLIE_TR("task", "needs about {0} of {1} GB"), gigabytes(estimate.total()),
                gigabytes(availableBytes));
}

} // namespace embellie
