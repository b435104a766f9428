// embellie-cli train in front of a trainer that only keeps the run directory: exit statuses, and what is
// said.

#include "core/base/file.h"
#include "core/run/run_writer.h"
#include "tests/core/command/call.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <csignal>
#include <thread>
#include <unistd.h>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr const char* Behaviour = "EMBELLIE_TEST_TRAINER";

/// "finish": at once, without scores; "fail": at once; else it works until it is asked to stop.
int trainerMain(const fs::path& run) {
    const std::string does = qgetenv(Behaviour).toStdString();
    const RunLock lock(run);
    RunWriter writer(run);
    writer.update([](RunState& state) {
        state.phase = RunPhase::Running;
        state.pid = ::getpid();
    });
    std::string reason = "all epochs are done";
    if (does != "finish" && does != "fail") {
        const auto end = std::chrono::steady_clock::now() + 60s;
        while (stopRequest(run) == StopRequest::None && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(20ms);
        reason = "stopped on request and kept";
        clearStopRequests(run);
    }
    RunEvent event;
    event.kind = "ended";
    event.text = reason;
    writer.append(event);
    writer.update([&](RunState& state) {
        state.phase = does == "fail" ? RunPhase::Failed : RunPhase::Finished;
        state.reason = reason;
    });
    return does == "fail" ? 1 : 0;
}

/// Waits until @p run works, then does it.
std::jthread whenItWorks(const fs::path& run, std::function<void()> act) {
    return std::jthread([run, act = std::move(act)] {
        for (int i = 0; i < 3000; ++i) {
            std::this_thread::sleep_for(10ms);
            if (!isRunDirectory(run))
                continue;
            RunReader reader(run);
            reader.poll();
            if (reader.status() == RunStatus::Running)
                return act();
        }
    });
}

} // namespace

class TestTrainCommand : public QObject {
    Q_OBJECT
    ScratchFolder m_folder;
    int m_runs = 0;

    Answer train(const fs::path& run, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"train",
                                       "--task",
                                       "denoise",
                                       "--network",
                                       "unet",
                                       "--data",
                                       "scene=" + (m_folder / "scene").string(),
                                       "--run",
                                       run.string()};
        words.insert(words.end(), more.begin(), more.end());
        return call(words);
    }
    fs::path newRun() { return m_folder / ("run" + std::to_string(++m_runs)); }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", "/nonexistent");
        qputenv("XDG_CONFIG_DIRS", "/nonexistent");
        fs::create_directories(m_folder / "bin");
        fs::create_symlink(fs::read_symlink("/proc/self/exe"), m_folder / "bin/embellie-learn");
        qputenv("EMBELLIE_BIN", (m_folder / "bin").c_str());
        const Answer made = call({"simulate", "--output", (m_folder / "scene").string(), "--sim.rays", "36",
                                  "--sim.gates", "40", "--sim.elevations", "0.5", "--sim.times", "1"});
        QVERIFY2(made.status == 0, made.err.c_str());
    }
    void init() { qunsetenv(Behaviour); }

    // "train && predict" must not go on with a network that has half learnt.
    void anInterruptedTrainingIsNoSuccess_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl-C") << SIGINT;
        QTest::newRow("terminated") << SIGTERM;
    }
    void anInterruptedTrainingIsNoSuccess() {
        QFETCH(int, signal);
        const fs::path run = newRun();
        Answer told;
        {
            const std::jthread interrupt = whenItWorks(run, [&] { ::kill(::getpid(), signal); });
            told = train(run);
        }
        QVERIFY2(told.out.find("stopped on request and kept") != std::string::npos, told.err.c_str());
        QCOMPARE(told.status, 1);
        QVERIFY2(told.err.ends_with("stopped as asked.\n"), told.err.c_str());
        RunReader reader(run); // the run itself ended well
        reader.poll();
        QCOMPARE(reader.status(), RunStatus::Finished);
    }

    void aRunThatAnotherOneStoppedIsFinished() {
        const fs::path run = newRun();
        const std::jthread other = whenItWorks(run, [&] { requestStop(run, false); });
        const Answer told = train(run);
        QVERIFY2(told.status == 0, told.err.c_str());
    }

    void anInterruptedSweepIsNoSuccess() {
        const fs::path sweep = newRun();
        const std::jthread interrupt = whenItWorks(sweep / "000", [&] { ::kill(::getpid(), SIGINT); });
        const Answer told = train(sweep, {"--sweep", "train.seed=1,2"});
        QCOMPARE(told.status, 1);
        QVERIFY2(told.err.ends_with("stopped as asked.\n"), told.err.c_str());
        QVERIFY2(told.out.find("rank") == 0, told.out.c_str());
    }

    // kill -9: there was no queue out of which it could be taken.
    void aDeadTrainerIsToldByStop_data() {
        QTest::addColumn<bool>("hasCheckpoint");
        QTest::addColumn<bool>("discard");
        QTest::addColumn<QString>("says");
        QTest::newRow("kept") << true << false << "--resume goes on";
        QTest::newRow("too early") << false << false << "no checkpoint yet";
        QTest::newRow("thrown away") << true << true << "are gone";
    }
    void aDeadTrainerIsToldByStop() {
        QFETCH(bool, hasCheckpoint);
        QFETCH(bool, discard);
        QFETCH(QString, says);
        const fs::path run = newRun();
        const Answer started = train(run, {"--detach"});
        QVERIFY2(started.status == 0, started.err.c_str());
        const auto trainer = [&]() -> pid_t {
            RunReader reader(run);
            reader.poll();
            return reader.status() == RunStatus::Running ? pid_t(reader.state()->pid) : 0;
        };
        QTRY_VERIFY(trainer() > 0);
        if (hasCheckpoint) {
            fs::create_directories(RunPaths{run}.checkpoints() / "5");
            writeFileAtomically(RunPaths{run}.checkpoints() / "5/progress.json", "{}");
        }
        ::kill(trainer(), SIGKILL);
        QTRY_VERIFY(trainer() == 0);
        std::vector<std::string> words{"stop", run.string()};
        if (discard)
            words.push_back("--discard");
        const Answer told = call(words);
        QCOMPARE(told.status, 0);
        const QString sentence = QString::fromStdString(told.out);
        QVERIFY2(sentence.startsWith("its trainer was dead") && sentence.contains(says), told.out.c_str());
        QVERIFY(!sentence.contains("queue"));
        QCOMPARE(fs::exists(RunPaths{run}.checkpoints() / "5"), hasCheckpoint && !discard);
    }

    void rowsOfRunsStandUnderEachOther() {
        const fs::path runs = m_folder / "listed";
        RunRequest request;
        request.task = "denoise";
        request.network = "unet";
        for (const char* name : {"plain", "\xC3\xA9 blanc"})
            createRun(runs / name, request);
        const Answer told = call({"runs", runs.string()});
        QCOMPARE(told.status, 0);
        const QStringList lines = QString::fromStdString(told.out).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].indexOf("waiting") > 0);
        QCOMPARE(lines[0].indexOf("waiting"), lines[1].indexOf("waiting")); // letters, not bytes
        fs::create_directories(m_folder / "none");
        const Answer empty = call({"runs", (m_folder / "none").string()});
        QCOMPARE(empty.status, 0);
        QVERIFY2(empty.err.find("no runs in " + (m_folder / "none").string()) != std::string::npos,
                 empty.err.c_str());
        QVERIFY(empty.out.empty());
    }

    void aSweepWithoutValidationIsDoneAllTheSame() {
        qputenv(Behaviour, "finish");
        const Answer told = train(newRun(), {"--sweep", "train.seed=1,2"});
        QVERIFY2(told.status == 0, told.err.c_str());
        QCOMPARE(QString::fromStdString(told.err).count("nothing to validate on"), 1);
        qputenv(Behaviour, "fail");
        const Answer failed = train(newRun(), {"--sweep", "train.seed=1,2"});
        QCOMPARE(failed.status, 1);
        QVERIFY2(failed.err.find("no run of the sweep has got as far") != std::string::npos,
                 failed.err.c_str());
    }
};

int main(int argc, char** argv) {
    if (fs::path(argv[0]).filename() == "embellie-learn")
        return argc == 3 ? trainerMain(argv[2]) : 2;
    QCoreApplication app(argc, argv);
    TestTrainCommand test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_train_command.moc"
