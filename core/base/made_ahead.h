#pragma once

#include "core/base/process.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <type_traits>

namespace embellie {

/// Calls @p use with make(0), make(1) and so on up to @p count - 1, in this order and on this thread, while
/// those that come next are made on threads of their own, one for each usable processor and at most eight:
/// what is made waits in memory. What either throws is thrown here, once those under way have ended.
template <class Make, class Use>
void madeAhead(std::int64_t count, Make make, Use use) {
    const std::int64_t most = std::clamp<std::int64_t>(usableProcessors(), 1, 8);
    std::deque<std::future<std::invoke_result_t<Make&, std::int64_t>>> coming;
    std::int64_t begun = 0;
    const auto begin = [&](std::int64_t end) {
        for (; begun < std::min(end, count); ++begun)
            coming.push_back(std::async(std::launch::async, std::ref(make), begun));
    };
    for (std::int64_t i = 0; i < count; ++i) {
        begin(i + most);
        auto made = coming.front().get();
        coming.pop_front();
        begin(i + 1 + most);
        use(std::move(made));
    }
}

} // namespace embellie
