#pragma once

#include "gui/workspace/work.h"

#include <QThread>

#include <memory>
#include <utility>

namespace embellie::test {

/// Keeps all threads of a Work busy while it lives, so that nothing that is asked meanwhile begins.
class BusyWorkers {
public:
    explicit BusyWorkers(Work& work) {
        for (const auto& [lane, threads] : {std::pair(Work::Lane::Reading, Work::mostReading),
                                            std::pair(Work::Lane::Opening, Work::mostOpening)})
            for (int thread = 0; thread < threads; ++thread)
                work.run(
                    QStringLiteral("Waiting"),
                    [free = m_free](Feedback& feedback) {
                        while (!*free && !feedback.isCancelled())
                            QThread::msleep(1);
                    },
                    [] {}, {}, true, {}, lane);
    }
    ~BusyWorkers() { *m_free = true; }
    BusyWorkers(const BusyWorkers&) = delete;
    BusyWorkers& operator=(const BusyWorkers&) = delete;

private:
    std::shared_ptr<std::atomic<bool>> m_free = std::make_shared<std::atomic<bool>>(false);
};

} // namespace embellie::test
