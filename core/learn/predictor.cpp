#include "core/base/process.h"
#include "core/io/result_names.h"
#include "core/learn/cleaner.h"
#include "core/learn/trainer.h"
#include "core/run/run_writer.h"
#include "core/run/worker.h"

#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <iostream>
#include <mutex>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

/// One worker a prediction: the kernel's lock on its request, gone with the process.
class Claim {
public:
    explicit Claim(const fs::path& prediction) // NFS locks only what is open for writing
        : m_file(::open((prediction / "request.json").c_str(), O_RDWR | O_CLOEXEC)) {
        // A disk without locks between processes must not stop the work.
        m_mine = m_file >= 0 && (::flock(m_file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK);
    }
    ~Claim() {
        if (m_file >= 0)
            ::close(m_file);
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    bool mine() const { return m_mine; }

private:
    int m_file;
    bool m_mine;
};

/// How often a prediction says that it lives: on another host that is all there is to see of it.
constexpr auto HeartInterval = std::chrono::seconds(5), LongestHeartInterval = std::chrono::seconds(30);

class Predictor {
public:
    Predictor(const fs::path& prediction, Cleaner& cleaner) : m_prediction(prediction), m_cleaner(cleaner) {
        m_state.host = hostName();
        m_state.pid = ::getpid();
        m_state.startTicks = processStartTicks(m_state.pid);
    }

    bool work() {
        try {
            change([](PredictionState&) {});
            const std::jthread heart([this](const std::stop_token& end) { beat(end); });
            const PredictionRequest request = readPredictionRequest(m_prediction);
            const fs::path output =
                request.output.empty() ? m_prediction / "results" : fs::path(request.output);
            const std::vector<fs::path> places = resultPaths(output, request.files);
            m_cleaner.prepare(request.settings, request.members);
            change([&](PredictionState& state) {
                state.phase = RunPhase::Running;
                state.total = static_cast<double>(request.files.size());
            });
            std::error_code problem;
            fs::create_directories(output, problem);
            if (problem)
                throw systemError(EMBELLIE_TR("learn", "the folder can't be made"), output, problem.value());
            std::string firstProblem;
            for (std::size_t i = 0; i < places.size(); ++i) {
                PredictionState::Result result{request.files[i], "", ""};
                try {
                    m_cleaner.clean(request.files[i], request.input, places[i]);
                    result.output = places[i].string();
                } catch (const Cancelled&) {
                    throw;
                } catch (const std::exception&) {
                    result.problem = sentenceOf(std::current_exception());
                    std::cerr << "embellie-learn: " << result.problem << std::endl;
                    if (firstProblem.empty())
                        firstProblem = result.problem;
                }
                addResult(std::move(result));
            }
            change([&](PredictionState& state) {
                state.phase = firstProblem.empty() ? RunPhase::Finished : RunPhase::Failed;
                state.reason = firstProblem;
            });
            return firstProblem.empty();
        } catch (const Cancelled&) {
            end(RunPhase::Cancelled, text(EMBELLIE_TR("learn", "ended on request")).english());
        } catch (...) {
            end(RunPhase::Failed, sentenceOf(std::current_exception()));
        }
        return false;
    }

private:
    /// Changes the state by @p change and replaces state.json. @throws Error
    void change(const std::function<void(PredictionState&)>& change) {
        const std::lock_guard guard(m_mutex);
        change(m_state);
        save();
    }

    void end(RunPhase phase, const std::string& reason) {
        std::cerr << "embellie-learn: " << reason << std::endl;
        try {
            change([&](PredictionState& state) {
                state.phase = phase;
                state.reason = reason;
            });
        } catch (const std::exception& error) {
            std::cerr << "embellie-learn: " << error.what() << std::endl;
        }
    }

    /// The state holds every result so far: written for each of many thousands it would take longer than they
    /// do.
    void addResult(PredictionState::Result result) {
        const std::lock_guard guard(m_mutex);
        m_state.results.push_back(std::move(result));
        m_state.done = static_cast<double>(m_state.results.size());
        if (Clock::now() >= m_nextSave)
            save();
    }

    /// Tells that we live, also while one file takes long.
    void beat(const std::stop_token& end) {
        std::unique_lock lock(m_mutex);
        std::condition_variable_any wake;
        while (!end.stop_requested()) {
            const auto due =
                std::max(m_saved + HeartInterval, std::min(m_nextSave, m_saved + LongestHeartInterval));
            if (Clock::now() < due) { // and what is saved meanwhile puts it off
                wake.wait_until(lock, end, due, [] { return false; });
                continue;
            }
            try {
                save();
            } catch (const std::exception&) {
                m_saved = Clock::now(); // a full disk is told with the next thing that must be written
            }
        }
    }

    void save() { // under the mutex
        const auto begin = Clock::now();
        ++m_state.heartbeat;
        writePredictionState(m_prediction, m_state);
        m_saved = Clock::now();
        m_nextSave = m_saved + 20 * (m_saved - begin);
    }

    fs::path m_prediction;
    Cleaner& m_cleaner;
    std::mutex m_mutex; ///< of what follows
    PredictionState m_state;
    Clock::time_point m_saved{}, m_nextSave{};
};

/// What ends a warm worker beside its idle time: the end of the program it works for.
class Employer {
public:
    explicit Employer(pid_t parent) : m_parent(parent), m_ticks(processStartTicks(parent)) {
        struct stat status {};
        m_watchesInput =
            ::fstat(STDIN_FILENO, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
    }
    /// Waits up to @p timeout. @return whether it is gone
    bool isGoneWithin(std::chrono::milliseconds timeout) const {
        if (m_parent > 0 && (!processIsAlive(m_parent) || processStartTicks(m_parent) != m_ticks))
            return true;
        pollfd input{m_watchesInput ? STDIN_FILENO : -1, POLLIN, 0};
        if (::poll(&input, 1, static_cast<int>(timeout.count())) <= 0 || input.revents == 0)
            return false;
        char words[256];
        return ::read(STDIN_FILENO, words, sizeof words) <= 0;
    }

private:
    pid_t m_parent;
    unsigned long long m_ticks;
    bool m_watchesInput;
};

/// @return whether all went well
bool workOff(const fs::path& run, Cleaner& cleaner, bool& anything) {
    bool allWell = true;
    for (const fs::path& prediction : openPredictions(run)) {
        const Claim claim(prediction);
        if (!claim.mine() || stopSignal != 0)
            continue;
        anything = true;
        allWell = Predictor(prediction, cleaner).work() && allWell;
    }
    return allWell;
}

} // namespace

int predictRun(const fs::path& run, const WarmWorker& warm) {
    catchStopSignals();
    try {
        readRunRequest(run);
        Cleaner cleaner(run);
        bool anything = false;
        bool allWell = workOff(run, cleaner, anything);
        if (warm.idle.count() <= 0)
            return allWell ? 0 : 1;
        const Employer employer(warm.parent);
        for (anything = true; anything && stopSignal == 0;) {
            auto word = std::make_unique<WorkerWord>(run);
            auto idleSince = std::chrono::steady_clock::now();
            bool isGone = false;
            while (stopSignal == 0 && !isGone && std::chrono::steady_clock::now() - idleSince < warm.idle) {
                isGone = employer.isGoneWithin(std::chrono::milliseconds(500));
                anything = false;
                if (!isGone)
                    allWell = workOff(run, cleaner, anything) && allWell;
                if (anything)
                    idleSince = std::chrono::steady_clock::now();
            }
            word.reset();
            anything = false;
            if (!isGone) // what was asked for while we took the word back
                allWell = workOff(run, cleaner, anything) && allWell;
        }
        return allWell ? 0 : 1;
    } catch (...) {
        std::cerr << "embellie-learn: " << sentenceOf(std::current_exception()) << std::endl;
        return 1;
    }
}

} // namespace embellie
