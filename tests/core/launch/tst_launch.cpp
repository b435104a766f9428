#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/launch.h"
#include "core/launch/ensemble.h"
#include "core/launch/predict.h"
#include "core/run/mirror_link.h"
#include "core/run/run_writer.h"
#include "core/run/worker.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace embellie;

namespace {

RunRequest request(const std::string& task, const std::string& network, const std::string& settings = "") {
    RunRequest made;
    made.task = task;
    made.network = network;
    made.settings = settings;
    return made;
}

void runningElsewhere(const std::filesystem::path& run, int heartbeat) {
    writeFileAtomically(RunPaths{run}.state(),
                        R"({"format":1,"phase":"running","host":"another-host","pid":7,"heartbeat":)" +
                            std::to_string(heartbeat) + "}");
}

std::filesystem::path runOnAnotherHost(const std::filesystem::path& run) {
    createRun(run, request("denoise", "unet"));
    runningElsewhere(run, 5);
    return run;
}

} // namespace

class TestLaunch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGoodRequestGivesTheSettingsInForce() {
        const Settings settings =
            checkRequest(request("denoise", "unet", "[train]\nepochs = 3\n[unet]\nwidth = 8\n"));
        QCOMPARE(settings.integer("train.epochs"), 3);
        QCOMPARE(settings.integer("unet.width"), 8);
        QCOMPARE(settings.integer("train.steps"), 100);
    }

    void aBadRequestIsRefusedBeforeAnythingIsWritten_data() {
        QTest::addColumn<QString>("task");
        QTest::addColumn<QString>("settings");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::newRow("task") << "denoize"
                              << ""
                              << ""
                              << ""
                              << "perhaps denoise is meant";
        QTest::newRow("setting") << "denoise"
                                 << "[train]\nlearning_rat = 1\n"
                                 << ""
                                 << ""
                                 << "train.learning_rate";
        QTest::newRow("value") << "denoise"
                               << "[train]\nlearning_rate = 7\n"
                               << ""
                               << ""
                               << "limit";
        QTest::newRow("contradiction") << "denoise"
                                       << "[unet]\nwidths = [8.5]\n"
                                       << ""
                                       << ""
                                       << "whole number";
        QTest::newRow("processes") << "denoise"
                                   << "[train]\nbatch = 2\nranks = 4\n"
                                   << ""
                                   << ""
                                   << "4 processes can't share a batch of 2";
        QTest::newRow("role") << "denoise"
                              << ""
                              << "rains"
                              << "/"
                              << "one of rain, clutter, scene";
        QTest::newRow("path") << "denoise"
                              << ""
                              << "rain"
                              << "/no/such/file"
                              << "/no/such/file";
    }
    void aBadRequestIsRefusedBeforeAnythingIsWritten() {
        QFETCH(QString, task);
        QFETCH(QString, settings);
        QFETCH(QString, role);
        QFETCH(QString, path);
        QFETCH(QString, says);
        RunRequest bad = request(task.toStdString(), "unet", settings.toStdString());
        if (!role.isEmpty())
            bad.data[role.toStdString()] = {path.toStdString()};
        try {
            checkRequest(bad);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }

    void aRunWithoutWeightsPredictsNothing() {
        const test::ScratchFolder folder;
        createRun(folder / "run", request("denoise", "unet"));
        QVERIFY_EXCEPTION_THROWN(startPrediction(folder / "run", {}), Error);
        QVERIFY(std::filesystem::is_empty(folder / "run/predictions"));
    }

    void membersThatDoNotFitAreRefusedInOneSentence() {
        const test::ScratchFolder folder;
        const auto made = [&](const char* name, const char* task, bool hasWeights) {
            const std::filesystem::path run = folder / name;
            createRun(run, request(task, "unet"));
            if (hasWeights)
                writeFileAtomically(RunPaths{run}.weights(), "weights");
            return run.string();
        };
        const std::string run = made("a", "denoise", true), far = made("far", "denoise", false);
        writeMirrorLink(far, {"hal", "/there", "", {}, {}, "", ""});
        const auto refused = [&](const std::vector<std::string>& members) {
            PredictionRequest wanted;
            wanted.members = members;
            try {
                startPrediction(run, wanted);
            } catch (const Error& error) {
                return QString(error.what());
            }
            return QString();
        };
        QVERIFY2(refused({run}).contains("twice"), qPrintable(refused({run})));
        QVERIFY(refused({made("classes", "segment", true)}).contains("different tasks"));
        QVERIFY(refused({made("young", "denoise", false)}).contains("no weights yet"));
        QVERIFY2(refused({far}).contains("at one site; this one is at hal"), qPrintable(refused({far})));
        QVERIFY(std::filesystem::is_empty(folder / "a/predictions"));
        QVERIFY_EXCEPTION_THROWN(membersIn(folder.path()), Error); // none says that it learnt anything
    }

    void aWarmPredictorIsUsedAndElseOneIsStarted() {
        const test::ScratchFolder folder;
        const QByteArray before = qgetenv("EMBELLIE_BIN");
        qputenv("EMBELLIE_BIN", folder.path().c_str());
        const std::filesystem::path run = folder / "run", learner = folder / "embellie-learn";
        writeFileAtomically(learner, "#!/bin/sh\necho \"$*\"\n");
        std::filesystem::permissions(learner, std::filesystem::perms::owner_all);
        createRun(run, request("denoise", "unet"));
        writeFileAtomically(RunPaths{run}.weights(), "weights");
        const std::string words = "predict " + run.string();
        const auto said = [&] {
            const auto log = RunPaths{run}.log();
            return std::filesystem::exists(log) ? readFile(log) : std::string();
        };
        {
            const WorkerWord we(run); // this process says that it is a warm predictor
            const PredictionStarted started = startPrediction(run, {}, {{}, true});
            QVERIFY(started.pid == ::getpid() && !started.isNew);
            dropPrediction(started); // of another one we end nothing
        }
        QCOMPARE(said(), std::string());
        QVERIFY(openPredictions(run).empty()); // what was dropped before it began is never begun
        QVERIFY(startPrediction(run, {}).isNew);
        QTRY_COMPARE(said(), words + "\n");
        const PredictionStarted warm = startPrediction(run, {}, {{}, true});
        QTRY_COMPARE(said(),
                     words + "\n" + words + " --idle 120 --parent " + std::to_string(::getpid()) + "\n");
        // It ended without a word: whoever waits is told so.
        Feedback silent;
        try {
            waitForPrediction(warm, silent);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("without a word"), error.what());
        }
        qputenv("EMBELLIE_BIN", before);
    }

    // Before its request can be found it is kept for this host: a predictor of another one would take it.
    void aPredictionIsThisHostsFromTheBeginning() {
        const test::ScratchFolder folder;
        const QByteArray before = qgetenv("EMBELLIE_BIN");
        qputenv("EMBELLIE_BIN", folder.path().c_str());
        const std::filesystem::path run = folder / "run", learner = folder / "embellie-learn";
        writeFileAtomically(learner, "#!/bin/sh\n");
        std::filesystem::permissions(learner, std::filesystem::perms::owner_all);
        createRun(run, request("denoise", "unet"));
        writeFileAtomically(RunPaths{run}.weights(), "weights");
        // The start of the predictor, which follows the request, waits for a reader of the log.
        QCOMPARE(::mkfifo(RunPaths{run}.log().c_str(), 0600), 0);
        PredictionStarted started;
        std::jthread starts([&] { started = startPrediction(run, {}); });
        const std::filesystem::path prediction = RunPaths{run}.predictions() / "1";
        const bool isAsked =
            QTest::qWaitFor([&] { return std::filesystem::exists(prediction / "request.json"); }, 10'000);
        const auto seen = readLaunchRecord(prediction);
        const int log = ::open(RunPaths{run}.log().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        starts.join();
        ::close(log);
        QVERIFY(isAsked && seen);
        QCOMPARE(seen->executor, std::string("here"));
        QCOMPARE(seen->host, hostName());
        QCOMPARE(seen->pid, 0);
        QCOMPARE(readLaunchRecord(prediction)->pid, started.pid);
        qputenv("EMBELLIE_BIN", before);
    }

    // Another host's predictor has taken it all the same (an older version does): it is waited for while its
    // state moves, and no longer, however well our own predictor lives.
    void whoeverWaitsForAnotherHostsPredictorSeesItDie() {
        const test::ScratchFolder folder;
        createRun(folder / "run", request("denoise", "unet"));
        PredictionStarted started;
        started.folder = createPrediction(folder / "run", {});
        started.pid = ::getpid();
        started.startTicks = processStartTicks(started.pid);
        PredictionState state;
        state.phase = RunPhase::Running;
        state.host = "another-host";
        state.pid = 7;
        writePredictionState(started.folder, state);
        QVERIFY(!isAbandoned(started, state, {}));

        std::jthread far([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                ++state.heartbeat;
                writePredictionState(started.folder, state);
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
        });
        QElapsedTimer since;
        since.start();
        std::jthread dies([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(2500));
            far.request_stop();
        });
        Feedback silent;
        try {
            waitForPrediction(started, silent, {}, {}, std::chrono::milliseconds(500));
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(since.elapsed() >= 3000);
            QVERIFY2(since.elapsed() < 8000, qPrintable(QString::number(since.elapsed())));
            QVERIFY2(QString(error.what()).contains("without a word"), error.what());
            QVERIFY2(QString(error.what()).contains("another-host"), error.what());
        }
    }

    void aRunKilledOnAnotherHostGoesOnWhenItsHeartHasStoodStill() {
        const test::ScratchFolder folder;
        const QByteArray before = qgetenv("EMBELLIE_BIN");
        qputenv("EMBELLIE_BIN", folder.path().c_str());
        writeFileAtomically(folder / "embellie-learn", "#!/bin/sh\necho started\n");
        std::filesystem::permissions(folder / "embellie-learn", std::filesystem::perms::owner_all);
        const auto run = runOnAnotherHost(folder / "run");
        struct Listener : Feedback {
            void message(const Text& text) override { said += text.english(); }
            std::string said;
        } listener;
        startHere(run, siteOf("local"), {&listener, std::chrono::milliseconds(300)});
        QTRY_VERIFY(std::filesystem::exists(RunPaths{run}.log()));
        QTRY_COMPARE(readFile(RunPaths{run}.log()), std::string("started\n"));
        QVERIFY2(listener.said.find("another-host") != std::string::npos, listener.said.c_str());
        qputenv("EMBELLIE_BIN", before);
    }

    void aRunThatLivesOnAnotherHostIsNotContinuedButMayBeAskedToEnd() {
        const test::ScratchFolder folder;
        const auto run = runOnAnotherHost(folder / "run");
        const HeartWatch patient{nullptr, std::chrono::minutes(1)};
        const std::jthread trainer([&](const std::stop_token& over) {
            for (int heartbeat = 6; !over.stop_requested(); ++heartbeat) {
                std::this_thread::sleep_for(std::chrono::milliseconds(200));
                runningElsewhere(run, heartbeat);
            }
        });
        QElapsedTimer timer;
        timer.start();
        QVERIFY_EXCEPTION_THROWN(startHere(run, siteOf("local"), patient), Error);
        QCOMPARE(stopRun(run, true, nullptr, patient), Stopped::Asked);
        QCOMPARE(stopRequest(run), StopRequest::Discard);
        QVERIFY(timer.elapsed() < 30000); // one beat is enough
    }

    void watchingAHeartMayBeCancelled() {
        const test::ScratchFolder folder;
        const auto run = runOnAnotherHost(folder / "run");
        std::stop_source stop;
        stop.request_stop();
        Feedback cancelled(stop.get_token());
        QVERIFY_EXCEPTION_THROWN(startHere(run, siteOf("local"), {&cancelled}), Cancelled);
        QVERIFY_EXCEPTION_THROWN(stopRun(run, false, nullptr, {&cancelled}), Cancelled);
        QCOMPARE(stopRequest(run), StopRequest::Keep); // who lives hears it
    }

    void ofARunKilledOnAnotherHostTheEndIsWritten() {
        const test::ScratchFolder folder;
        const auto run = runOnAnotherHost(folder / "run");
        QCOMPARE(stopRun(run, false, nullptr, {nullptr, std::chrono::milliseconds(300)}),
                 Stopped::WasDead); // there was no queue
        RunReader reader(run);
        reader.poll();
        QCOMPARE(reader.status(), RunStatus::Cancelled); // it has no checkpoint
        QCOMPARE(stopRequest(run), StopRequest::None);
    }

    void aMissingLearnerIsASentence() {
        const test::ScratchFolder folder;
        const QByteArray before = qgetenv("EMBELLIE_BIN");
        qputenv("EMBELLIE_BIN", folder.path().c_str());
        QVERIFY_EXCEPTION_THROWN(learnProgram(), Error);
        qputenv("EMBELLIE_BIN", before);
    }
};

QTEST_APPLESS_MAIN(TestLaunch)
#include "tst_launch.moc"
