#include "core/base/process.h"
#include "core/io/result_names.h"
#include "core/learn/cleaner.h"
#include "core/learn/trainer.h"
#include "core/run/run_writer.h"
#include "core/run/worker.h"

#include <cerrno>
#include <fcntl.h>
#include <iostream>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
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

class Predictor {
public:
    Predictor(const fs::path& prediction, Cleaner& cleaner) : m_prediction(prediction), m_cleaner(cleaner) {
        m_state.host = hostName();
        m_state.pid = ::getpid();
        m_state.startTicks = processStartTicks(m_state.pid);
    }

    bool work() {
        try {
            save();
            const PredictionRequest request = readPredictionRequest(m_prediction);
            const fs::path output =
                request.output.empty() ? m_prediction / "results" : fs::path(request.output);
            const std::vector<fs::path> places = resultPaths(output, request.files);
            m_cleaner.prepare(request.settings, request.members);
            m_state.phase = RunPhase::Running;
            m_state.total = static_cast<double>(request.files.size());
            save();
            std::error_code problem;
            fs::create_directories(output, problem);
            if (problem)
                throw systemError(EMBELLIE_TR("learn", "the folder can't be made"), output, problem.value());
            bool allWell = true;
            for (std::size_t i = 0; i < places.size(); ++i) {
                const std::string& file = request.files[i];
                m_state.results.push_back({file, "", ""});
                try {
                    m_cleaner.clean(file, request.input, places[i]);
                    m_state.results.back().output = places[i].string();
                } catch (const Cancelled&) {
                    throw;
                } catch (const std::exception&) {
                    m_state.results.back().problem = sentenceOf(std::current_exception());
                    std::cerr << "embellie-learn: " << m_state.results.back().problem << std::endl;
                    allWell = false;
                }
                m_state.done = static_cast<double>(m_state.results.size());
                saveNowAndThen();
            }
            m_state.phase = allWell ? RunPhase::Finished : RunPhase::Failed;
            if (!allWell)
                for (const auto& result : m_state.results)
                    if (m_state.reason.empty())
                        m_state.reason = result.problem;
            save();
            return allWell;
        } catch (const Cancelled&) {
            m_state.phase = RunPhase::Cancelled;
            m_state.reason = text(EMBELLIE_TR("learn", "ended on request")).english();
        } catch (...) {
            m_state.phase = RunPhase::Failed;
            m_state.reason = sentenceOf(std::current_exception());
        }
        std::cerr << "embellie-learn: " << m_state.reason << std::endl;
        try {
            save();
        } catch (const std::exception& error) {
            std::cerr << "embellie-learn: " << error.what() << std::endl;
        }
        return false;
    }

private:
    void save() { writePredictionState(m_prediction, m_state); }

    /// The state holds every result so far: written for each of many thousands it would take longer than they
    /// do.
    void saveNowAndThen() {
        const auto begin = Clock::now();
        if (begin < m_nextSave)
            return;
        save();
        const auto end = Clock::now();
        m_nextSave = end + 20 * (end - begin);
    }

    fs::path m_prediction;
    Cleaner& m_cleaner;
    PredictionState m_state;
    Clock::time_point m_nextSave{};
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
