#include "core/learn/batches.h"

#include <c10/core/StreamGuard.h>

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
            const std::int64_t share = m_plan.share > 0 ? m_plan.share : m_plan.batch;
            for (std::int64_t i = m_plan.first; i < m_plan.first + share; ++i)
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

DeviceFeed::DeviceFeed(BatchesAhead& batches, torch::Device device, std::int64_t steps)
    : m_batches(batches), m_device(device), m_left(steps) {
    if (m_device.is_cpu())
        return;
    m_stream = c10::impl::VirtualGuardImpl(m_device.type()).getStreamFromGlobalPool(m_device);
    m_copied.emplace(m_device.type());
}

Batch DeviceFeed::stackedNext() {
    --m_left;
    return stacked(m_batches.next());
}

void DeviceFeed::prefetch() {
    if (m_device.is_cpu() || !m_ahead.empty() || m_left == 0)
        return;
    if (!m_host.empty())
        while (!m_copied->query()) // long done: the pinned memory is free again
            std::this_thread::yield();
    m_host = stackedNext();
    const c10::StreamGuard beside(*m_stream);
    for (auto& [name, tensor] : m_host) {
        tensor = tensor.pin_memory();
        m_ahead[name] = tensor.to(m_device, true);
    }
    m_copied->record(*m_stream);
}

Batch DeviceFeed::next() {
    if (m_device.is_cpu())
        return stackedNext();
    prefetch();
    const c10::Stream current = c10::impl::VirtualGuardImpl(m_device.type()).getStream(m_device);
    m_copied->block(current);
    for (const auto& [name, tensor] : m_ahead)
        tensor.record_stream(current);
    return std::exchange(m_ahead, {});
}

std::vector<Batch> cut(const Batch& batch, std::int64_t parts) {
    const std::int64_t samples = batch.begin()->second.size(0);
    parts = std::clamp<std::int64_t>(parts, 1, samples);
    if (parts == 1)
        return {batch};
    std::vector<Batch> pieces;
    for (std::int64_t i = 0; i < parts; ++i) {
        const std::int64_t from = samples * i / parts, to = samples * (i + 1) / parts;
        Batch& piece = pieces.emplace_back();
        for (const auto& [name, tensor] : batch)
            piece[name] = tensor.narrow(0, from, to - from);
    }
    return pieces;
}

} // namespace embellie
