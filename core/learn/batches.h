#pragma once

#include "core/learn/task_learn.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <c10/core/Event.h>

namespace embellie {

/// Batches made ahead in threads, handed out in the order of the steps whoever made them. Step s has the
/// samples (s / steps) and (s % steps) · batch … of the sample maker: the place of the sampler is the step
/// alone.
class BatchesAhead {
public:
    struct Plan {
        std::int64_t steps = 1; ///< an epoch
        std::int64_t batch = 1; ///< of all ranks together
        /// This rank's share of each batch: samples first … first + share - 1; all where share is 0.
        std::int64_t first = 0, share = 0;
        std::int64_t from = 0, to = 0; ///< steps, counted over all epochs
        int workers = 1;
    };
    BatchesAhead(const SampleMaker& maker, const Plan& plan);
    ~BatchesAhead();
    BatchesAhead(const BatchesAhead&) = delete;
    BatchesAhead& operator=(const BatchesAhead&) = delete;

    /// The batch of the next step. @throws whatever the sample maker threw
    std::vector<Sample> next();
    /// How long next() waited in all.
    std::chrono::duration<double> waited() const { return m_waited; }

private:
    void work(const std::stop_token& stop);
    const SampleMaker& m_maker;
    const Plan m_plan;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<std::int64_t, std::vector<Sample>> m_ready;
    std::int64_t m_given, m_taken;
    std::exception_ptr m_failure;
    std::chrono::duration<double> m_waited{};
    std::vector<std::jthread> m_threads; // last: they end first
};

/// Batches on the device. On a GPU the next one is copied, from pinned memory and on a stream of its own,
/// beside the arithmetic of the present one.
class DeviceFeed {
public:
    /// @p steps how many batches there are
    DeviceFeed(BatchesAhead& batches, torch::Device device, std::int64_t steps);
    /// @throws whatever the sample maker threw
    Batch next();
    /// Call it when the work of a step is under way. Does nothing on the CPU.
    void prefetch();
    std::chrono::duration<double> waited() const { return m_batches.waited(); }

private:
    Batch stackedNext();
    BatchesAhead& m_batches;
    torch::Device m_device;
    std::int64_t m_left;
    Batch m_host, m_ahead; ///< pinned, and on its way
    std::optional<c10::Stream> m_stream;
    std::optional<c10::Event> m_copied;
};

/// Parts of a batch, along the first axis, as even as they can be; no more than it has samples.
std::vector<Batch> cut(const Batch& batch, std::int64_t parts);

} // namespace embellie
