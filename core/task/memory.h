#pragma once

#include "core/task/task.h"

namespace embellie {

/// What one process of a run needs to learn, by a count of the tensors; nothing is computed.
struct MemoryEstimate {
    double weightsBytes = 0; ///< with gradients, both moments of the optimiser and the running mean
    double samplesBytes = 0; ///< what a part of a batch keeps and works with
    double programBytes = 0; ///< LibTorch, and on a GPU its context; the data in memory come on top
    double heapBytes = 0;    ///< on the CPU: holes between tensors that come and go
    double total() const { return weightsBytes + samplesBytes + programBytes + heapBytes; }
};
/// @p settings those of train, task and network. @p onGpu as train.device will have it. @throws Error where
/// settings contradict one another
MemoryEstimate trainingMemory(const TaskInfo& task, const NetworkInfo& network, const Settings& settings,
                              bool onGpu);
/// "needs about 9 of 11 GB"; "needs about 9 GB" where @p availableBytes is 0.
Text memoryWords(const MemoryEstimate& estimate, double availableBytes);

} // namespace embellie
