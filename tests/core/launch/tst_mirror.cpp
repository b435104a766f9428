#include "core/launch/fetch.h"
#include "core/launch/mirror.h"
#include "core/launch/relay_launch.h"
#include "core/launch/sweep.h"
#include "core/run/run_writer.h"
#include "tests/core/launch/relay_rig.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <fstream>
#include <sys/stat.h>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

// The far machine is a HOME of its own behind an "ssh" that starts this program as its relay; its learner is
// this program too, which trains nothing but writes a run directory as a trainer does.

namespace {

constexpr const char* Hostile = "-rf 'a\"b;$(touch hacked)\n`id`";

int trainAsALearner(const fs::path& run) {
    std::ofstream(run.parent_path().parent_path() / "starts", std::ios::app) << "started\n";
    const RunLock lock(run);
    RunWriter writer(run);
    writer.append({.kind = writer.attempt() > 1 ? "resumed" : "started", .values = {}, .text = "café"});
    writer.update([](RunState& state) {
        state.phase = RunPhase::Running;
        state.host = hostName();
        state.pid = ::getpid();
        state.startTicks = processStartTicks(::getpid());
        state.steps = 1000;
    });
    for (int step = 1; step <= 1000; ++step) {
        RunEvent event;
        event.kind = "step";
        event.step = step;
        event.values = {{"loss", 1.0 / step}};
        writer.append(event);
        if (step == 900)
            while (!fs::exists(run.parent_path().parent_path() / "go-on") &&
                   stopRequest(run) == StopRequest::None) {
                if (!fs::exists(run)) // the test is over
                    return 1;
                std::this_thread::sleep_for(milliseconds(20));
            }
    }
    std::ofstream(RunPaths{run}.weights(), std::ios::binary) << "weights of " << run.filename().string();
    std::ofstream(RunPaths{run}.samples() / "one.nc", std::ios::binary) << "sample";
    writer.append({.kind = "ended", .values = {}, .text = "done"});
    writer.update([&](RunState& state) {
        const StopRequest asked = stopRequest(run);
        state.phase = asked == StopRequest::Discard ? RunPhase::Cancelled : RunPhase::Finished;
        state.step = asked == StopRequest::None ? 1000 : 900;
    });
    return 0;
}

int predictAsALearner(const fs::path& run) {
    for (const fs::path& folder : openPredictions(run)) {
        const PredictionRequest request = readPredictionRequest(folder);
        PredictionState state;
        state.phase = RunPhase::Finished;
        fs::create_directories(folder / "results");
        for (const std::string& file : request.files) {
            const fs::path output = folder / "results" / fs::path(file).filename();
            writeFileAtomically(output, "cleaned " + readFile(file));
            state.results.push_back({file, output.string(), ""});
        }
        state.done = state.total = static_cast<double>(request.files.size());
        writePredictionState(folder, state);
    }
    return 0;
}

void script(const fs::path& file, const std::string& lines) {
    std::ofstream(file) << "#!/bin/sh\n" << lines << "\n";
    ::chmod(file.c_str(), 0755);
}

} // namespace

class TestMirror : public QObject {
    Q_OBJECT

    struct Machines {
        ScratchFolder folder;
        fs::path home = folder / "far home";
        Lines lines{quickTimes()};
        Feedback feedback;

        Machines() {
            fs::create_directories(home / "bin");
            fs::create_directories(folder / "bin");
            fs::create_directories(folder / "config/embellie/sites");
            fs::create_directories(folder / "runs");
            std::ofstream(folder / "config/embellie/sites/far.toml")
                << "label = \"Far\"\nkind = \"ssh\"\ninner = \"here\"\nhost = \"far\"\nruns = \"runs of "
                   "mine\"\n";
            script(home / "bin/embellie-learn", "exec '" + ownProgram() + "' \"$@\"");
            script(folder / "bin/ssh",
                   "echo $$ >> '" + pids().string() + "'\nexport HOME='" + home.string() +
                       "' EMBELLIE_BIN='" + (home / "bin").string() + "'\nif rm '" + deaf().string() +
                       // The answer is lost: head ends after the empty line and the marker.
                       "' 2>/dev/null; then '" + ownProgram() +
                       "' --relay | head -n 2; exit 255; fi\nif test -e '" + overheard().string() +
                       "'; then tee -a '" + overheard().string() + "' | '" + ownProgram() +
                       "' --relay; exit; fi\nexec '" + ownProgram() + "' --relay");
            qputenv("PATH", (folder / "bin").string().c_str() + (":" + m_path));
            qputenv("XDG_CONFIG_HOME", (folder / "config").c_str());
            qunsetenv("SLURM_JOB_ID");
        }
        ~Machines() {
            std::ofstream(goOn()).put('\n');
            qputenv("PATH", m_path);
        }
        fs::path pids() const { return folder / "pids"; }
        fs::path deaf() const { return folder / "deaf"; }
        fs::path overheard() const { return folder / "overheard"; } ///< where it is, what is asked is added
        fs::path goOn() const { return home / "go-on"; }
        fs::path run(const std::string& name,
                     const std::map<std::string, std::vector<std::string>>& data = {}) {
            RunRequest request;
            request.task = "denoise";
            request.network = "unet";
            request.data = data;
            request.created = now();
            createRun(folder / "runs" / name, request);
            return folder / "runs" / name;
        }
        LaunchSite site() const { return siteOf("far"); }
        LaunchResult launched(const fs::path& run) { return launchFar(run, site(), {}, lines, feedback); }
        int starts() const {
            const std::string all = fs::exists(home / "starts") ? readFile(home / "starts") : "";
            return static_cast<int>(std::count(all.begin(), all.end(), '\n'));
        }

    private:
        QByteArray m_path = qgetenv("PATH");
    };

    static fs::path farRunOf(const fs::path& run) { return readMirrorLink(run)->run; }

private Q_SLOTS:
    void aRunIsFollowedThroughItsMirror() {
        Machines machines;
        const fs::path run = machines.run(Hostile);
        machines.launched(run);
        const fs::path far = farRunOf(run);
        QCOMPARE(far, machines.home / "runs of mine" / Hostile);
        QCOMPARE(readLaunchRecord(run)->site, std::string("far"));

        RunReader reader(run);
        std::int64_t last = 0; // events come in order, none twice
        bool ordered = true;
        const auto follow = [&] {
            for (const RunEvent& event : reader.poll().events) {
                ordered = ordered && event.number == last + 1;
                last = event.number;
            }
        };
        Mirrors mirrors(machines.lines, milliseconds(20)), others(machines.lines, milliseconds(30));
        mirrors.watch(run);
        others.watch(run); // a second program keeps the same mirror
        QTRY_VERIFY((follow(), last >= 900));
        QCOMPARE(reader.status(), RunStatus::Running);
        QCOMPARE(reader.mirror()->site, std::string("far"));
        QVERIFY(now() - reader.mirror()->heard < std::chrono::seconds(10));

        // The line is cut: the run is neither lost nor forgotten, and the rest comes by the next line.
        ::kill(startedRelays(machines.pids()).back(), SIGKILL);
        follow();
        QCOMPARE(reader.status(std::chrono::seconds(0)), RunStatus::Running);
        std::ofstream(machines.goOn()).put('\n');
        QTRY_VERIFY_WITH_TIMEOUT((follow(), reader.status() == RunStatus::Finished), 10000);
        follow();
        QVERIFY(ordered);
        QVERIFY(readFile(RunPaths{run}.events()) == readFile(RunPaths{far}.events()));
        QVERIFY(readFile(RunPaths{run}.state()) == readFile(RunPaths{far}.state()));
        QCOMPARE(machines.starts(), 1);
        QVERIFY(!fs::exists(RunPaths{run}.weights())); // on demand only
        const auto line = machines.lines.to(machines.site());
        fetchPart(run, RunPart::Weights, *line, machines.feedback);
        QVERIFY(readFile(RunPaths{run}.weights()) == readFile(RunPaths{far}.weights()));
        QCOMPARE(fetchPart(run, RunPart::Samples, *line, machines.feedback).size(), std::size_t(1));
        QVERIFY(!fs::exists("hacked") && !fs::exists(machines.home / "hacked"));
    }

    void whoLooksAgainAndAgainAsksNoMoreOften() {
        Machines machines;
        std::ofstream(machines.overheard()).put('\n');
        const fs::path run = machines.run("watched");
        machines.launched(run);
        Mirrors mirrors(machines.lines, milliseconds(200));
        const auto begin = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - begin < milliseconds(1500)) {
            mirrors.watch(run); // as a window does with every look at its runs
            QTest::qWait(10);
        }
        RunReader reader(run);
        reader.poll();
        QCOMPARE(reader.status(), RunStatus::Running);
        const int polls = QByteArray::fromStdString(readFile(machines.overheard())).count("\"poll\"");
        QVERIFY2(polls >= 2 && polls <= 9, qPrintable(QString::number(polls)));
    }

    void aLaunchWhoseAnswerIsLostStartsOnce() {
        Machines machines;
        std::ofstream(machines.deaf()).put('\n');
        const fs::path run = machines.run("once");
        machines.launched(run); // asked twice: the first answer never came
        QCOMPARE(startedRelays(machines.pids()).size(), std::size_t(2));
        QTRY_COMPARE(machines.starts(), 1);
        machines.launched(run); // and by another program once more
        QTest::qWait(300);
        QCOMPARE(machines.starts(), 1);

        const fs::path other = machines.folder / "elsewhere";
        fs::create_directories(other);
        fs::rename(machines.run("again"), other / "once"); // another run of the same name
        machines.launched(other / "once");
        QCOMPARE(farRunOf(other / "once").filename().string(), std::string("once-2"));
    }

    void aRefusedRequestLeavesTheLocalRunAsItWas() {
        Machines machines;
        const fs::path run = machines.run("refused", {{"rain", {"far:/no/such/folder"}}});
        try {
            machines.launched(run);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("/no/such/folder"), error.what());
        }
        QVERIFY(!readMirrorLink(run));
        QVERIFY(!fs::exists(machines.home / "runs of mine" / "refused"));
        QVERIFY_EXCEPTION_THROWN(
            checkFar(readRunRequest(run), machines.site(), machines.lines, machines.feedback), Error);
        QCOMPARE(machines.starts(), 0);
    }

    void aRunIsStoppedOverThere_data() {
        QTest::addColumn<bool>("discard");
        QTest::newRow("keep") << false;
        QTest::newRow("discard") << true;
    }
    void aRunIsStoppedOverThere() {
        QFETCH(bool, discard);
        Machines machines;
        const fs::path run = machines.run("stopped");
        machines.launched(run);
        const auto line = machines.lines.to(machines.site());
        QTRY_VERIFY(*updateMirror(run, *line, machines.feedback).status == RunStatus::Running);
        QVERIFY(stopFar(run, machines.site(), discard, machines.lines, machines.feedback) == Stopped::Asked);
        RunReader reader(run);
        QTRY_VERIFY((updateMirror(run, *line, machines.feedback), reader.poll(), isOver(reader.status())));
        QCOMPARE(reader.status(), discard ? RunStatus::Cancelled : RunStatus::Finished);
        noteFar(run, machines.site(), "a \"note\"\n", machines.lines, machines.feedback);
        QCOMPARE(readFile(farRunOf(run) / "note.txt"), std::string("a \"note\"\n"));
    }

    void aRunThatGoesOnIsFollowedAgain() {
        Machines machines;
        const fs::path run = machines.run("again");
        machines.launched(run);
        Mirrors mirrors(machines.lines, milliseconds(20));
        mirrors.watch(run);
        RunReader reader(run);
        const auto becomes = [&](RunStatus status, int attempt) {
            reader.poll();
            return reader.status() == status && reader.state() && reader.state()->attempt == attempt;
        };
        QTRY_VERIFY(becomes(RunStatus::Running, 1));
        stopFar(run, machines.site(), false, machines.lines, machines.feedback);
        QTRY_VERIFY(becomes(RunStatus::Finished, 1));
        QTest::qWait(300); // seen to be over by whoever watches
        relaunchFar(run, machines.site(), {}, machines.lines, machines.feedback);
        QTRY_VERIFY(becomes(RunStatus::Running, 2));
        std::ofstream(machines.goOn()).put('\n');
        QTRY_VERIFY(becomes(RunStatus::Finished, 2));
        QCOMPARE(machines.starts(), 2);
    }

    void localDataIsSentAndResultsComeBack() {
        Machines machines;
        std::ofstream(machines.goOn()).put('\n');
        std::ofstream(machines.folder / "rain.h5") << "rain";
        std::ofstream(machines.home / "there.h5") << "there";
        const std::string there = (machines.home / "there.h5").string();
        const fs::path run = machines.run(
            "data", {{"rain", {(machines.folder / "rain.h5").string()}}, {"clutter", {"far:" + there}}});
        machines.launched(run);
        const RunRequest far = readRunRequest(farRunOf(run));
        QCOMPARE(readFile(far.data.at("rain").at(0)), std::string("rain"));
        QVERIFY(far.data.at("rain").at(0).starts_with(machines.home.string()));
        QCOMPARE(far.data.at("clutter").at(0), there);
        const auto line = machines.lines.to(machines.site());
        QTRY_VERIFY(*updateMirror(run, *line, machines.feedback).status == RunStatus::Finished);

        PredictionRequest request;
        request.files = {(machines.folder / "rain.h5").string(), "far:" + there};
        request.output = (machines.folder / "out").string();
        const PredictionState state =
            predictFar(run, machines.site(), request, machines.lines, machines.feedback);
        QVERIFY(state.phase == RunPhase::Finished);
        QCOMPARE(state.results.size(), std::size_t(2));
        for (std::size_t i = 0; i < 2; ++i)
            QCOMPARE(state.results[i].input, request.files[i]);
        QCOMPARE(readFile(machines.folder / "out/rain.h5"), std::string("cleaned rain"));
        QCOMPARE(readFile(state.results[1].output), std::string("cleaned there"));

        // Members are named as they lie over there; one that lies elsewhere is refused before anything is
        // sent.
        const fs::path more = machines.run("more");
        machines.launched(more);
        QTRY_VERIFY(*updateMirror(more, *line, machines.feedback).status == RunStatus::Finished);
        request.members = {more.string()};
        predictFar(run, machines.site(), request, machines.lines, machines.feedback);
        QCOMPARE(readPredictionRequest(farRunOf(run) / "predictions/2").members,
                 std::vector<std::string>{farRunOf(more).string()});
        request.members = {machines.run("here").string()};
        try {
            predictFar(run, machines.site(), request, machines.lines, machines.feedback);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("at one site"), error.what());
        }
        QVERIFY(!fs::exists(farRunOf(run) / "predictions/3"));
    }

    void aSweepOutlivesACutLine() {
        Machines machines;
        RunRequest base;
        base.task = "denoise";
        base.network = "unet";
        RunSweep sweep;
        sweep.folder = machines.folder / "runs/sweep";
        sweep.axes = {parseSweepAxis("train.seed=1,2", settingsOf(taskOf("denoise"), networkOf("unet")))};
        sweep.site = "far";
        createSweep(sweep, base);
        struct Listener : Feedback {
            void message(const Text& text) override { said.push_back(text.english()); }
            std::vector<std::string> said;
        } listener;
        SweepDriver driver(readSweep(sweep.folder), machines.site(), &machines.lines);
        driver.advance(listener); // one at a time
        const auto line = machines.lines.to(machines.site());
        const fs::path ssh = machines.folder / "bin/ssh", kept = machines.folder / "bin/kept";
        fs::rename(ssh, kept);
        script(ssh, "exit 255");
        ::kill(startedRelays(machines.pids()).back(), SIGKILL);
        QTRY_VERIFY(line->status().problem);
        for (int turn = 0; turn < 3; ++turn) {
            driver.advance(listener);
            QVERIFY(!driver.isOver());
        }
        QCOMPARE(listener.said.size(), 1U); // however often it was looked at
        QVERIFY2(listener.said[0].find("the line to Far is lost") == 0, listener.said[0].c_str());
        fs::rename(kept, ssh);
        std::ofstream(machines.home / "runs of mine/go-on").put('\n'); // beside the sweep's folder
        QTRY_VERIFY_WITH_TIMEOUT((driver.advance(listener), driver.isOver()), 20000);
        for (const SweepRow& row : sweepTable(sweep))
            QCOMPARE(row.summary.status, RunStatus::Finished);
    }

    void aRunFromElsewhereGetsAMirror() {
        Machines machines;
        std::ofstream(machines.goOn()).put('\n');
        const fs::path run = machines.run("mine");
        machines.launched(run);
        QTRY_COMPARE(machines.starts(), 1);
        const auto list = runsFar(machines.site(), "", machines.lines, machines.feedback);
        QCOMPARE(list.size(), std::size_t(1));
        const fs::path mirror = machines.folder / "adopted";
        adoptFar(list[0].run, mirror, machines.site(), machines.lines, machines.feedback);
        QCOMPARE(readRunRequest(mirror).task, std::string("denoise"));
        RunReader reader(mirror);
        const auto line = machines.lines.to(machines.site());
        QTRY_VERIFY((updateMirror(mirror, *line, machines.feedback), reader.poll(),
                     reader.status() == RunStatus::Finished));
        QCOMPARE(reader.events().size(), std::size_t(1002));
        // A folder whose name is no UTF-8 is found again by its bytes.
        const fs::path latin = fs::path(list[0].run).parent_path() / "\xe9t\xe9";
        fs::rename(list[0].run, latin);
        adoptFar(latin.string(), machines.folder / "latin", machines.site(), machines.lines,
                 machines.feedback);
        QCOMPARE(readMirrorLink(machines.folder / "latin")->run, latin.string());
        // What could not be brought leaves nothing behind that is in the way of the next try.
        QVERIFY_EXCEPTION_THROWN(adoptFar((latin / "none").string(), machines.folder / "none",
                                          machines.site(), machines.lines, machines.feedback),
                                 Error);
        QVERIFY(!fs::exists(machines.folder / "none"));
    }

    void whatIsSaidInsteadOfAnAnswerIsTold() {
        Machines machines;
        script(machines.folder / "bin/ssh", "echo; echo 'This account is currently not available.'; exit 1");
        std::string words;
        try {
            runsFar(machines.site(), "", machines.lines, machines.feedback);
        } catch (const Error& error) {
            words = error.what();
        }
        QVERIFY2(words.find("Far does not let us in: This account is currently not available") == 0,
                 words.c_str());
    }
};

int main(int argc, char** argv) {
    if (servedAsRelay(argc, argv))
        return 0;
    if (argc > 2 && std::string(argv[1]) == "train")
        return trainAsALearner(argv[2]);
    if (argc > 2 && std::string(argv[1]) == "predict")
        return predictAsALearner(argv[2]);
    QCoreApplication application(argc, argv);
    TestMirror test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_mirror.moc"
