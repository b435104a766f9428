#pragma once

#include "core/task/sample.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace embellie {

/// Batches made ahead in threads, handed out in the order of the steps whoever made them. Step s has the
/// samples (s / steps) and (s % steps) · batch … of the sample maker: the place of the sampler is the step
/// alone.
class BatchesAhead {
public:
    struct Plan {
        std::int64_t steps = 1; ///< an epoch
        std::int64_t batch = 1;
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

} // namespace embellie
