#include "gui/workspace/work.h"

#include "gui/scene/localised.h"

#include <QMetaObject>
#include <QThread>

#include <algorithm>
#include <mutex>

namespace embellie {

/// Shared by the worker and the main thread; what both touch is under the mutex.
struct Work::Job {
    quint64 id = 0;
    QString title;
    bool quiet = false;
    Failed failed;
    Ended ended;
    std::stop_source stop;
    std::mutex mutex;
    double done = 0, total = 0;
    std::optional<Text> message;
    bool announced =
        false;            ///< a changed() is on its way: progress may come much faster than anybody can look
    Work* work = nullptr; ///< null once the Work is destroyed
};

class Work::JobFeedback : public Feedback {
public:
    explicit JobFeedback(std::shared_ptr<Job> job) : Feedback(job->stop.get_token()), m_job(std::move(job)) {}

    void progress(double done, double total) override {
        const std::lock_guard lock(m_job->mutex);
        m_job->done = done;
        m_job->total = total;
        announce();
    }
    void message(const Text& text) override {
        const std::lock_guard lock(m_job->mutex);
        m_job->message = text;
        announce();
    }

private:
    void announce() {
        if (m_job->quiet || m_job->announced || !m_job->work)
            return;
        m_job->announced = true;
        QMetaObject::invokeMethod(
            m_job->work,
            [job = m_job] {
                Work* work = nullptr;
                {
                    const std::lock_guard lock(job->mutex);
                    job->announced = false;
                    work = job->work;
                }
                if (work)
                    Q_EMIT work->changed();
            },
            Qt::QueuedConnection);
    }
    std::shared_ptr<Job> m_job;
};

Work::Work(QObject* parent) : QObject(parent), m_openings(std::make_unique<QThreadPool>()) {
    // One thread reads while another simulates or describes a folder; more only wait for HDF5's lock.
    m_reading.setMaxThreadCount(std::clamp(QThread::idealThreadCount(), 2, mostReading));
    // Those that hang cost nothing but their number.
    m_openings->setMaxThreadCount(mostOpening);
}

Work::~Work() {
    for (const auto& job : m_jobs) {
        job->stop.request_stop();
        const std::lock_guard lock(job->mutex);
        job->work = nullptr;
    }
    m_reading.clear();
    m_openings->clear();
    m_reading.waitForDone();
    // A thread that hangs in a dead disk keeps its pool, which would wait for it for ever.
    if (!m_openings->waitForDone(int(mostPatience.count())))
        (void)m_openings.release();
}

quint64 Work::start(const QString& title, std::function<std::function<void()>(Feedback&)> body, Failed failed,
                    bool quiet, Ended ended, Lane lane) {
    auto job = std::make_shared<Job>();
    job->id = m_next++;
    job->title = title;
    job->quiet = quiet;
    job->failed = std::move(failed);
    job->ended = std::move(ended);
    job->work = this;
    m_jobs.push_back(job);
    QThreadPool& pool = lane == Lane::Opening ? *m_openings : m_reading;
    pool.start([job, body = std::move(body)] {
        std::function<void()> then;
        std::exception_ptr thrown;
        bool cancelled = job->stop.stop_requested();
        if (!cancelled) {
            try {
                JobFeedback feedback(job);
                then = body(feedback);
            } catch (const Cancelled&) {
                cancelled = true;
            } catch (...) {
                thrown = std::current_exception();
            }
        }
        const std::lock_guard lock(job->mutex);
        if (!job->work)
            return;
        QMetaObject::invokeMethod(
            job->work,
            [job, cancelled, thrown, then = std::move(then)]() mutable {
                Work* work = job->work;
                if (!work)
                    return;
                if (cancelled || job->stop.stop_requested())
                    then = {};
                else if (thrown)
                    then = [work, job, thrown] {
                        try {
                            std::rethrow_exception(thrown);
                        } catch (const std::exception& error) {
                            if (job->failed)
                                job->failed(error);
                            else
                                Q_EMIT work->failed(localised(error));
                        }
                    };
                work->finish(job, std::move(then));
            },
            Qt::QueuedConnection);
    });
    if (!quiet)
        Q_EMIT changed();
    return job->id;
}

void Work::finish(const std::shared_ptr<Job>& job, std::function<void()> then) {
    std::erase(m_jobs, job);
    if (then)
        then();
    if (job->ended)
        job->ended(!then);
    Q_EMIT changed();
}

void Work::cancel(quint64 id) {
    for (const auto& job : m_jobs)
        if (job->id == id)
            job->stop.request_stop();
}

void Work::cancelAll() {
    for (const auto& job : m_jobs)
        job->stop.request_stop();
}

std::vector<RunningWork> Work::running() const {
    std::vector<RunningWork> all;
    for (const auto& job : m_jobs) {
        const std::lock_guard lock(job->mutex);
        all.push_back({job->id, job->title, job->done, job->total,
                       job->message ? localised(*job->message) : QString(), job->quiet});
    }
    return all;
}

} // namespace embellie
