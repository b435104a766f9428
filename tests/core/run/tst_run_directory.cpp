#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/launch_record.h"
#include "core/run/predict_settings.h"
#include "core/run/run_writer.h"
#include "core/run/worker.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <csignal>
#include <fstream>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

RunRequest someRequest() {
    RunRequest request;
    request.task = "denoise";
    request.network = "unet";
    request.settings = "[train]\nlearning_rate = 0.003\nname = \"d'été; $(x)\"\n";
    request.data = {{"rain", {"/data/a b.h5", "/data/ü"}}};
    request.resources = {{"site", "here"}};
    request.program = "embellie 0.1.0";
    request.note = "first try";
    request.created = *parseTime("2024-06-01T12:00:00Z");
    return request;
}

RunEvent eventOf(const std::string& kind, std::int64_t step, double loss) {
    RunEvent made;
    made.kind = kind;
    made.step = step;
    made.values["loss"] = loss;
    return made;
}

void append(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::app | std::ios::binary) << bytes;
}

std::string sentenceOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// A process that holds the lock of a run until it is killed.
pid_t lockElsewhere(const fs::path& run) {
    int ready[2];
    if (::pipe(ready) != 0)
        return -1;
    const pid_t child = ::fork();
    if (child == 0) {
        const RunLock lock(run);
        [[maybe_unused]] const ssize_t told = ::write(ready[1], "x", 1);
        ::pause();
        ::_exit(0);
    }
    char byte;
    [[maybe_unused]] const ssize_t heard = ::read(ready[0], &byte, 1);
    ::close(ready[0]);
    ::close(ready[1]);
    return child;
}

} // namespace

class TestRunDirectory : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ScratchFolder> m_folder;
    fs::path m_run;

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<test::ScratchFolder>();
        m_run = *m_folder / "run; $(touch x)\n-1";
        createRun(m_run, someRequest());
    }

    void aRequestReadsBackAsWritten() {
        const RunRequest read = readRunRequest(m_run), written = someRequest();
        QCOMPARE(read.task, written.task);
        QCOMPARE(read.network, written.network);
        QVERIFY(read.data == written.data);
        QVERIFY(read.resources == written.resources);
        QCOMPARE(read.note, written.note);
        QVERIFY(read.created == written.created);
        QVERIFY(read.settings.find("learning_rate = 0.003") != std::string::npos);
        QVERIFY(read.settings.find("d'été; $(x)") != std::string::npos);
    }

    // Names of files are bytes, and old folders of a French laboratory are Latin-1.
    void namesThatAreNoUtf8ComeBackByteByByte() {
        const std::string name = "/bdd/donn\xe9\x65s/\xff\xfe.h5", utf8 = "/bdd/données.h5";
        RunRequest wanted = someRequest();
        wanted.data = {{"rain", {utf8, name}}, {"clutter", {name}}};
        const fs::path run = *m_folder / "latin";
        createRun(run, wanted);
        QVERIFY(readRunRequest(run).data == wanted.data);

        PredictionRequest request{{name, utf8}, "/out/\xe9", {}, {}, {name}};
        const fs::path prediction = createPrediction(run, request);
        const PredictionRequest read = readPredictionRequest(prediction);
        QVERIFY(read.files == request.files);
        QCOMPARE(read.output, request.output);
        QVERIFY(read.members == request.members);
        PredictionState state;
        state.results = {{name, "/out/\xe9/x.h5", ""}};
        writePredictionState(prediction, state);
        QCOMPARE(readPredictionState(prediction)->results[0].input, name);
        QCOMPARE(readPredictionState(prediction)->results[0].output, std::string("/out/\xe9/x.h5"));
    }

    void aFolderInUseIsNoPlaceForARun() {
        QVERIFY(sentenceOf([&] { createRun(m_run, someRequest()); }).find("new or empty folder") !=
                std::string::npos);
    }

    void aNewerFormatIsRefusedWithASentence_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("request") << "request.toml";
        QTest::newRow("state") << "state.json";
    }
    void aNewerFormatIsRefusedWithASentence() {
        QFETCH(QString, file);
        const fs::path path = m_run / file.toStdString();
        writeFileAtomically(path, file == "request.toml" ? "format = 2\ntask = \"denoise\"\n"
                                                         : R"({"format": 2, "phase": "running"})");
        const std::string sentence = sentenceOf([&] { RunReader(m_run).poll(); });
        QVERIFY2(sentence.find("newer program") != std::string::npos, sentence.c_str());
        QVERIFY(sentence.find("format 2") != std::string::npos);
        const auto runs = listRuns(m_folder->path());
        QCOMPARE(runs.size(), std::size_t(1));
        QVERIFY(runs[0].problem.has_value());
    }

    void unknownFieldsAreIgnored() {
        writeFileAtomically(
            m_run / "state.json",
            R"({"format": 1, "phase": "finished", "mood": {"a": 1}, "step": "not a number"})");
        append(m_run / "events.jsonl", "{\"n\":1,\"kind\":\"new kind\",\"extra\":[1,2]}\n");
        RunReader reader(m_run);
        QCOMPARE(reader.poll().events.size(), std::size_t(1));
        QVERIFY(reader.status() == RunStatus::Finished);
        QCOMPARE(reader.state()->step, 0);
    }

    void eventsArriveOnceAndHalfLinesWait() {
        RunReader reader(m_run);
        QVERIFY(reader.poll().events.empty());
        QVERIFY(reader.status() == RunStatus::Waiting);
        append(m_run / "events.jsonl", R"({"n":1,"attempt":1,"kind":"step","step":1,"values":{"loss":0.5)");
        QVERIFY(reader.poll().events.empty());
        append(m_run / "events.jsonl", "}}\n{\"n\":2,\"ki");
        const auto update = reader.poll();
        QCOMPARE(update.events.size(), std::size_t(1));
        QCOMPARE(update.events[0].values.at("loss"), 0.5);
        append(m_run / "events.jsonl", "nd\":\"step\",\"values\":{\"loss\":null}}\n");
        const auto next = reader.poll();
        QCOMPARE(next.events.size(), std::size_t(1));
        QVERIFY(std::isnan(next.events[0].values.at("loss")));
        QCOMPARE(reader.events().size(), std::size_t(2));
    }

    void afterAResumeTheLaterLinesAreVoid() {
        RunReader follower(m_run);
        {
            RunWriter writer(m_run);
            for (int step = 1; step <= 5; ++step)
                writer.append(eventOf("step", step, step));
            QCOMPARE(follower.poll().events.size(), std::size_t(5));
        }
        append(m_run / "events.jsonl", "{\"n\":6,\"kind\":\"st"); // it died while it wrote
        RunWriter writer(m_run);
        QCOMPARE(writer.attempt(), 2);
        RunEvent resumed = eventOf("resumed", 3, 0);
        resumed.values = {{"keeps", 3}};
        writer.append(resumed);
        writer.append(eventOf("step", 4, 40));

        const auto update = follower.poll();
        QCOMPARE(update.keepsUpTo.value(), 3);
        QCOMPARE(update.events.size(), std::size_t(2));
        RunReader late(m_run);
        late.poll();
        for (const RunReader* reader : {&std::as_const(follower), &std::as_const(late)}) {
            QCOMPARE(reader->events().size(), std::size_t(5));
            QCOMPARE(reader->events()[2].values.at("loss"), 3.0);
            QCOMPARE(reader->events()[3].kind, std::string("resumed"));
            QCOMPARE(reader->events()[4].values.at("loss"), 40.0);
        }
    }

    void aLiveLockIsRefusedAndAStaleOneTakenOver() {
        const pid_t other = lockElsewhere(m_run);
        const std::string sentence = sentenceOf([&] { RunLock lock(m_run); });
        QVERIFY2(sentence.find("another trainer") != std::string::npos, sentence.c_str());
        QVERIFY(sentence.find(std::to_string(other)) != std::string::npos);
        ::kill(other, SIGKILL);
        ::waitpid(other, nullptr, 0);
        {
            const RunLock lock(m_run);
            QVERIFY(lock.takenOver().find(std::to_string(other)) != std::string::npos);
        }
        const RunLock again(m_run); // given back in order: nothing to say
        QVERIFY(again.takenOver().empty());
    }

    void aForeignLockIsTakenOverWhenItsHeartStandsStill() {
        writeFileAtomically(m_run / "lock", R"({"host": "another-host", "pid": 7, "start_ticks": 1})");
        const RunLock lock(m_run, std::chrono::milliseconds(200));
        QVERIFY(lock.takenOver().find("another-host") != std::string::npos);
    }

    void aDeadTrainerIsLost() {
        RunReader reader(m_run);
        const pid_t child = ::fork();
        if (child == 0) {
            RunWriter writer(m_run);
            writer.update([](RunState& state) { state.phase = RunPhase::Running; });
            ::_exit(0);
        }
        ::waitpid(child, nullptr, 0);
        QVERIFY(reader.poll().stateChanged);
        QVERIFY(reader.status() == RunStatus::Lost);
        {
            RunWriter writer(m_run);
            writer.update([](RunState& state) { state.phase = RunPhase::Running; });
            reader.poll();
            QVERIFY(reader.status() == RunStatus::Running);
        }
    }

    void aForeignHeartbeatIsJudgedByOurClock() {
        writeFileAtomically(m_run / "state.json",
                            R"({"format":1,"phase":"running","host":"another-host","pid":7,"heartbeat":5})");
        RunReader reader(m_run);
        reader.poll();
        QVERIFY(reader.status() == RunStatus::Running);
        QTest::qSleep(1100);
        reader.poll();
        QVERIFY(reader.status(std::chrono::seconds(1)) == RunStatus::Lost);
        writeFileAtomically(m_run / "state.json",
                            R"({"format":1,"phase":"running","host":"another-host","pid":7,"heartbeat":6})");
        reader.poll();
        QVERIFY(reader.status(std::chrono::seconds(1)) == RunStatus::Running);
    }

    void stopsAreHeardAndTakenAway() {
        QVERIFY(stopRequest(m_run) == StopRequest::None);
        requestStop(m_run, false);
        QVERIFY(stopRequest(m_run) == StopRequest::Keep);
        requestStop(m_run, true);
        QVERIFY(stopRequest(m_run) == StopRequest::Discard);
        clearStopRequests(m_run);
        QVERIFY(stopRequest(m_run) == StopRequest::None);
    }

    void predictionsAreNumberedAndWorkedOffOnce() {
        PredictionRequest request;
        request.files = {"/a.h5", "/b;c.h5"};
        request.settings = {{"denoise.threshold", "0.6"}};
        const fs::path first = createPrediction(m_run, request), second = createPrediction(m_run, request);
        QCOMPARE(first.filename().string(), std::string("1"));
        QCOMPARE(second.filename().string(), std::string("2"));
        QVERIFY(readPredictionRequest(first).files == request.files);
        QVERIFY(readPredictionRequest(first).settings == request.settings);
        QCOMPARE(openPredictions(m_run).size(), std::size_t(2));
        PredictionState state;
        state.phase = RunPhase::Finished;
        state.results = {{"/a.h5", "/out/a.h5", ""}, {"/b;c.h5", "", "no such file"}};
        writePredictionState(first, state);
        QCOMPARE(openPredictions(m_run).size(), std::size_t(1));
        QCOMPARE(readPredictionState(first)->results[1].problem, std::string("no such file"));
        QVERIFY(!readPredictionState(second));
    }

    // Two hosts share the disk: what was asked for on one is not worked off by the other's warm predictor,
    // which nobody there could see die. A job of Slurm's is asked for on another host than it runs on.
    void whatWasAskedForOnAnotherHostIsLeftToIt() {
        const PredictionRequest request{{"/a.h5"}, {}, {}, {}};
        LaunchRecord here, elsewhere, job;
        here.executor = elsewhere.executor = "here";
        job.executor = "slurm";
        here.host = hostName();
        elsewhere.host = job.host = "another-host";
        const fs::path mine = createPrediction(m_run, request, &here);
        const fs::path theirs = createPrediction(m_run, request, &elsewhere);
        const fs::path queued = createPrediction(m_run, request, &job);
        QCOMPARE(readLaunchRecord(theirs)->host, std::string("another-host"));
        QVERIFY(openPredictions(m_run) == (std::vector{mine, queued}));
    }

    void aPredictionThatCannotBeReadKeepsNobodyFromTheOthers_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        for (const char* name : {"state.json", "launch.json"}) {
            QTest::addRow("%s empty", name) << name << QByteArray();
            QTest::addRow("%s cut off", name) << name << QByteArray("{\"format\": 1, \"pha");
            QTest::addRow("%s of a newer version", name) << name << QByteArray("{\"format\": 2}");
        }
    }
    void aPredictionThatCannotBeReadKeepsNobodyFromTheOthers() {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        const fs::path broken = createPrediction(m_run, {{"/a.h5"}, {}, {}, {}});
        const fs::path next = createPrediction(m_run, {{"/b.h5"}, {}, {}, {}});
        writeFileAtomically(broken / name.toStdString(), content.toStdString());
        QVERIFY(openPredictions(m_run) == std::vector{next});
        QCOMPARE(readFile(broken / name.toStdString()), content.toStdString());
        QCOMPARE(createPrediction(m_run, {{"/c.h5"}, {}, {}, {}}).filename().string(), std::string("3"));
    }

    void aWorkerTakesItsOwnWordBackOnly() {
        const fs::path word = RunPaths{m_run}.predictions() / "worker.json";
        const std::string other = R"({"format":1,"host":"another-host","pid":1,"start_ticks":1})";
        {
            const WorkerWord own(m_run);
            QVERIFY(liveWorker(m_run) == ::getpid());
        }
        QVERIFY(!fs::exists(word));
        {
            const WorkerWord own(m_run);
            writeFileAtomically(word, other); // a predictor on another host says so later
            QVERIFY(!liveWorker(m_run));
        }
        QCOMPARE(readFile(word), other);
    }

    void aRunsOwnSettingsGoIntoItsPredictions() {
        PredictionRequest request;
        request.files = {"/a.h5"};
        writePredictSettings(m_run, {{"denoise.threshold", "0.35"}, {"denoise.mirror", "false"}});
        QVERIFY(readPredictionRequest(createPrediction(m_run, request)).settings ==
                readPredictSettings(m_run));
        request.settings = {{"denoise.threshold", "0.6"}}; // what was asked for now wins
        const auto asked = readPredictionRequest(createPrediction(m_run, request)).settings;
        QCOMPARE(asked.at("denoise.threshold"), std::string("0.6"));
        QCOMPARE(asked.at("denoise.mirror"), std::string("false"));
        writePredictSettings(m_run, {});
        writePredictSettings(m_run, {}); // none is taken away without a word
        QVERIFY(readPredictSettings(m_run).empty());
        QVERIFY(!fs::exists(m_run / "predict.json"));
    }

    void whoDiesBeforeTheFirstStateIsLost() {
        LaunchRecord record;
        record.executor = "here";
        record.host = hostName();
        record.pid = ::getpid();
        record.startTicks = processStartTicks(record.pid);
        const auto status = [&] {
            writeLaunchRecord(m_run, record);
            RunReader reader(m_run);
            reader.poll();
            return reader.status();
        };
        QVERIFY(status() == RunStatus::Waiting);
        record.startTicks = 1; // another process has its number now
        QVERIFY(status() == RunStatus::Lost);
        record.host = "elsewhere";
        QVERIFY(status() == RunStatus::Waiting);
        record.host = hostName();
        record.executor = "slurm"; // its job knows
        QVERIFY(status() == RunStatus::Waiting);
    }

    void whatCantBeLookedAtIsNotAbsent() {
        // A link to itself can't be opened, by the superuser neither.
        fs::remove(m_run / "checkpoints");
        for (const char* name : {"checkpoints", "state.json", "events.jsonl", "launch.json"})
            fs::create_symlink(name, m_run / name);
        QVERIFY_EXCEPTION_THROWN(checkpointsOf(m_run), Error);
        QVERIFY_EXCEPTION_THROWN(readLaunchRecord(m_run), Error);
        QVERIFY_EXCEPTION_THROWN(RunWriter{m_run}, Error);
        fs::remove(m_run / "state.json");
        QVERIFY_EXCEPTION_THROWN(RunWriter{m_run}, Error);
    }

    void onlyCompleteCheckpointsCount() {
        fs::create_directories(m_run / "checkpoints" / "20");
        writeFileAtomically(m_run / "checkpoints" / "20" / "progress.json", "{}");
        fs::create_directories(m_run / "checkpoints" / ".40.1.0.part");
        fs::create_directories(m_run / "checkpoints" / "100");
        writeFileAtomically(m_run / "checkpoints" / "100" / "progress.json", "{}");
        QVERIFY((checkpointsOf(m_run) == std::vector<std::int64_t>{20, 100}));
    }
};

QTEST_APPLESS_MAIN(TestRunDirectory)
#include "tst_run_directory.moc"
