#include "core/learn/batches.h"

namespace embellie {

BatchesAhead::BatchesAhead(const SampleMaker& maker, const Plan& plan)
    : m_maker(maker), m_plan(plan), m_given(plan.from), m_taken(plan.from) {
    for (int i = 0; i < plan.workers; ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

BatchesAhead::~BatchesAhead() {
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

void BatchesAhead::work(const std::stop_token& stop) {
    const std::int64_t ahead = 2 * m_plan.workers;
    while (!stop.stop_requested()) {
        std::int64_t step = 0;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [&] { return m_failure || m_taken < m_given + ahead; });
            if (stop.stop_requested() || m_failure || m_taken >= m_plan.to)
                return;
            step = m_taken++;
        }
        try {
            std::vector<Sample> batch;
            for (std::int64_t i = 0; i < m_plan.batch; ++i)
                batch.push_back(m_maker.make(step / m_plan.steps, step % m_plan.steps * m_plan.batch + i));
            const std::lock_guard lock(m_mutex);
            m_ready[step] = std::move(batch);
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            if (!m_failure)
                m_failure = std::current_exception();
        }
        m_changed.notify_all();
    }
}

std::vector<Sample> BatchesAhead::next() {
    const auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_failure || m_ready.contains(m_given); });
    m_waited += std::chrono::steady_clock::now() - begin;
    if (m_failure)
        std::rethrow_exception(m_failure);
    std::vector<Sample> batch = std::move(m_ready.extract(m_given).mapped());
    ++m_given;
    lock.unlock();
    m_changed.notify_all();
    return batch;
}

} // namespace embellie
