#pragma once

#include "core/base/feedback.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

namespace embellie {

/// One piece of work that runs now, for the status bar.
struct RunningWork {
    quint64 id = 0;
    QString title;
    double done = 0, total = 0; ///< total 0 where it is not known
    QString message;
    bool quiet = false; ///< short work (reading a field) that is not shown
};

/// Runs jobs on worker threads; each ends as a value posted back to the thread of this object. A destroyed
/// Work cancels its jobs, waits for them, and posts nothing any more.
class Work : public QObject {
    Q_OBJECT
public:
    /// Jobs of one lane never wait for threads of the other.
    enum class Lane {
        Reading, ///< fields, scores, pictures: what people look at
        /// Whatever looks for files that somebody named, on disks that may be dead. Such a job holds all that
        /// it needs by value, since a destroyed Work waits only mostPatience for it.
        Opening
    };
    static constexpr int mostReading = 4, mostOpening = 8; ///< threads
    static constexpr std::chrono::milliseconds mostPatience{2000};

    explicit Work(QObject* parent = nullptr);
    ~Work() override;

    using Failed = std::function<void(const std::exception&)>;
    using Ended = std::function<void(bool cancelled)>;

    /// @p job is `T job(Feedback&)` and runs on a worker; @p done is `void done(T)` (or `void done()`) and
    /// runs here. What the job throws goes to @p failed, or without it to the signal failed(); Cancelled goes
    /// to neither. @p ended runs here in any case: after done or failed, or alone where it was cancelled.
    /// @return a number for cancel()
    template <class Job, class Done>
    quint64 run(const QString& title, Job job, Done done, Failed failed = {}, bool quiet = false,
                Ended ended = {}, Lane lane = Lane::Reading) {
        using Result = std::invoke_result_t<Job, Feedback&>;
        if constexpr (std::is_void_v<Result>) {
            return start(
                title,
                [job = std::move(job),
                 done = std::move(done)](Feedback& feedback) mutable -> std::function<void()> {
                    job(feedback);
                    return [done = std::move(done)]() mutable { done(); };
                },
                std::move(failed), quiet, std::move(ended), lane);
        } else {
            return start(
                title,
                [job = std::move(job),
                 done = std::move(done)](Feedback& feedback) mutable -> std::function<void()> {
                    auto result = std::make_shared<Result>(job(feedback));
                    return [done = std::move(done), result]() mutable { done(std::move(*result)); };
                },
                std::move(failed), quiet, std::move(ended), lane);
        }
    }

    /// Asks the job to stop; neither done nor failed is called for it any more, ended once it has stopped.
    void cancel(quint64 id);
    void cancelAll();
    std::vector<RunningWork> running() const;
    bool isIdle() const { return m_jobs.empty(); }

Q_SIGNALS:
    void changed();
    void failed(const QString& sentence);

private:
    struct Job;
    class JobFeedback;
    quint64 start(const QString& title, std::function<std::function<void()>(Feedback&)> body, Failed failed,
                  bool quiet, Ended ended, Lane lane);
    void finish(const std::shared_ptr<Job>& job, std::function<void()> then);

    std::vector<std::shared_ptr<Job>> m_jobs;
    QThreadPool m_reading;
    std::unique_ptr<QThreadPool> m_openings;
    quint64 m_next = 1;
};

} // namespace embellie
