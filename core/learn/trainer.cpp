#include "core/learn/trainer.h"

#include "core/learn/start_ranks.h"
#include "core/learn/training.h"
#include "core/run/scheduler.h"

#include <csignal>
#include <iostream>
#include <thread>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// An end that can't be written, on a full disk, is said; whoever waits still gets the exit status.
template <class Write>
void writeEnd(Write&& write) {
    try {
        write();
    } catch (const std::exception& error) {
        std::cerr << "embellie-learn: " << error.what() << std::endl;
    }
}

/// The end of an attempt by another's fault: it waits to be continued from its last checkpoint.
void recordLost(RunWriter& writer, const std::string& why) {
    RunEvent event;
    event.kind = "ended";
    event.step = writer.state().step;
    event.text =
        text(EMBELLIE_TR("learn", "{0}; the run waits to be continued from its last checkpoint"), why)
            .english();
    writer.append(event);
    writer.update([&](RunState& state) {
        state.phase = RunPhase::Starting;
        state.reason = event.text;
        state.pid = 0;
        state.signal = stopSignal;
        state.peakMemoryBytes = peakMemoryBytes();
    });
}

void writeLost(RunWriter& writer, const std::string& why) {
    writeEnd([&] { recordLost(writer, why); });
}

void recordEndBeforeItBegan(RunWriter& writer, StopRequest request) {
    const fs::path& run = writer.paths().run;
    // What former attempts have learnt is kept.
    const bool keeps = request == StopRequest::Keep && !checkpointsOf(run).empty();
    RunEvent event;
    event.kind = "ended";
    event.text =
        keeps ? text(EMBELLIE_TR("learn", "stopped on request and kept as of its last checkpoint")).english()
              : text(EMBELLIE_TR("learn", "stopped before the first step")).english();
    writer.append(event);
    writer.update([&](RunState& state) {
        state.phase = request == StopRequest::None ? RunPhase::Starting
                      : keeps                      ? RunPhase::Finished
                                                   : RunPhase::Cancelled;
        state.reason = event.text;
        if (request == StopRequest::None) {
            state.pid = 0;
            state.signal = stopSignal;
        }
        if (keeps)
            state.step = std::max(state.step, state.checkpoint); // checkpoints are numbered by their steps
    });
    clearStopRequests(run);
}

/// Asked to stop while it read its data.
int endedBeforeItBegan(RunWriter& writer) {
    const StopRequest request = stopRequest(writer.paths().run);
    writeEnd([&] { recordEndBeforeItBegan(writer, request); });
    return request == StopRequest::None ? ContinueMe : 0;
}

int failed(RunWriter* writer, const std::string& sentence) {
    std::cerr << "embellie-learn: " << sentence << std::endl;
    if (!writer)
        return 1;
    writeEnd([&] {
        writer->update([&](RunState& state) {
            state.phase = RunPhase::Failed;
            state.reason = sentence;
            state.peakMemoryBytes = peakMemoryBytes();
        });
        RunEvent event;
        event.kind = "ended";
        event.text = sentence;
        writer->append(event);
        clearStopRequests(writer->paths().run);
    });
    return 1;
}

/// Whoever started several ranks here starts them again; elsewhere the scheduler does.
int beginAgain(const Environment& environment) {
    return environment("EMBELLIE_RANK") ? BeginAgain : ContinueMe;
}

/// Meetings of former attempts.
void clearMeetings(const RunPaths& paths, const std::string& own) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(paths.run / "ranks", ignored))
        if (entry.path().filename() != own)
            fs::remove_all(entry.path(), ignored);
}

struct End {
    int status = 0;
    bool byItself = false; ///< no signal, no request: the run shall go on as soon as it can
};

End trainFirst(const fs::path& run, const RankPlace& place, const Environment& environment) {
    std::unique_ptr<RunLock> lock;
    std::unique_ptr<RunWriter> writer;
    try {
        RunSetup setup = readSetup(run);
        lock = std::make_unique<RunLock>(run);
        writer = std::make_unique<RunWriter>(run);
        clearMeetings(writer->paths(), place.meeting);
        clearHalfWritten(writer->paths());
        if (!lock->takenOver().empty()) {
            RunEvent event;
            event.kind = "message";
            event.text = lock->takenOver();
            writer->append(event);
        }
        return {Training(std::move(setup), place, run, writer.get()).run(), false};
    } catch (const Cancelled&) {
        return {endedBeforeItBegan(*writer), false};
    } catch (const RanksLost& lost) {
        if (lost.why() == RanksLost::Why::Failed)
            return {failed(writer.get(), lost.what()), false};
        std::cerr << "embellie-learn: " << lost.what() << std::endl;
        writeLost(*writer, lost.what());
        return {lost.why() == RanksLost::Why::Memory ? beginAgain(environment) : ContinueMe, true};
    } catch (const MemoryShort& reason) {
        writeLost(*writer, reason.what());
        return {beginAgain(environment), true};
    } catch (...) {
        return {failed(writer.get(), sentenceOf(std::current_exception())), false};
    }
}

/// The kernel takes a moment to give back what a killed process of many threads held.
std::unique_ptr<RunLock> lockAfter(const fs::path& run) {
    for (int turn = 1;; ++turn) {
        try {
            return std::make_unique<RunLock>(run);
        } catch (const Error&) {
            if (turn == 20)
                throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

/// The first rank is gone without a word: the next one writes its end. @return whether there was need
bool speakForFirst(const fs::path& run, const std::string& why) {
    RunReader reader(run);
    reader.poll();
    const auto& former = reader.state();
    const bool spoke = !former || former->pid == 0 ||
                       (former->phase != RunPhase::Starting && former->phase != RunPhase::Running &&
                        former->phase != RunPhase::Stopping);
    if (spoke)
        return false;
    const std::unique_ptr<RunLock> lock = lockAfter(run);
    RunWriter writer(run);
    writer.update([&](RunState& state) {
        const std::uint64_t heartbeat = state.heartbeat;
        state = *former; // of the same attempt
        state.heartbeat = heartbeat;
    });
    writeLost(writer, why);
    return true;
}

End trainOther(const fs::path& run, const RankPlace& place, const Environment& environment) {
    try {
        return {Training(readSetup(run), place, run, nullptr).run(), false};
    } catch (const Cancelled&) {
        return {ContinueMe, false};
    } catch (const MemoryShort& reason) {
        std::cerr << "embellie-learn: " << reason.what() << std::endl;
        return {beginAgain(environment), false};
    } catch (const RanksLost& lost) {
        std::cerr << "embellie-learn: " << lost.what() << std::endl;
        if (lost.why() == RanksLost::Why::Failed)
            return {1, false};
        const int status = lost.why() == RanksLost::Why::Memory ? beginAgain(environment) : ContinueMe;
        try {
            return {status, lost.rank() == 0 && place.rank == 1 && lost.why() != RanksLost::Why::Memory &&
                                speakForFirst(run, lost.what())};
        } catch (const std::exception& error) {
            std::cerr << "embellie-learn: " << error.what() << std::endl;
            return {status, false};
        }
    } catch (...) {
        return {failed(nullptr, sentenceOf(std::current_exception())), false};
    }
}

} // namespace

int trainRun(const fs::path& run) {
    catchStopSignals();
    // Gloo writes to sockets of ranks that may just have died. That is an error, no end without a word.
    ::signal(SIGPIPE, SIG_IGN);
    const Environment environment = ownEnvironment();
    const RankPlace place = rankPlace(environment);
    try {
        if (const RunSetup setup = readSetup(run);
            place.size == 1 && !environment("EMBELLIE_RANK") && setup.settings.integer("train.ranks") > 1) {
            const std::chrono::duration<double> timeout(setup.settings.real("train.rank_timeout"));
            return startRanks(run, static_cast<int>(setup.settings.integer("train.ranks")),
                              std::chrono::duration_cast<std::chrono::milliseconds>(timeout));
        }
    } catch (...) {
        // A request that can't be read is told below, in the run where that is possible.
    }
    const End end =
        place.rank == 0 ? trainFirst(run, place, environment) : trainOther(run, place, environment);
    // The lock is released and the state written. A plain TERM is scancel or preemption: not ours to undo.
    const bool warned = stopSignal == SIGUSR1 && place.rank == 0, byItself = stopSignal == 0 && end.byItself;
    if (end.status == ContinueMe && (warned || byItself))
        requeueOwnJob(run, environment);
    return end.status;
}

} // namespace embellie
