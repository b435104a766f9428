#include "core/base/file.h"
#include "core/base/process.h"
#include "core/io/odim/odim_writer.h"
#include "core/launch/launch.h"
#include "core/launch/predict.h"
#include "core/run/worker.h"
#include "core/simulate/scene.h"
#include "tests/core/learn/broken_runs.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace embellie;
namespace fs = std::filesystem;

using test::epochLines;
using test::followed;
using test::learner;
using test::waitFor;

class TestTraining : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;
    std::map<std::string, std::vector<std::string>> m_scene;
    fs::path m_whole; ///< a run that nothing disturbed, of 80 steps
    test::Breaking m_breaking{.library = EMBELLIE_ROUGH_DISK,
                              .seconds = 0,
                              .microsPause = 300,
                              .fullEvery = 4,
                              .fullBytes = 0,
                              .most = 6};

    RunRequest request(std::map<std::string, std::string> settings = {}) const {
        settings.insert({{"train.epochs", "4"}, {"train.steps", "20"}});
        RunRequest request = test::tinyRequest("denoise", settings);
        request.data = m_scene;
        return request;
    }
    fs::path newRun(const std::string& name, const RunRequest& request) {
        createRun(m_folder / name, request);
        return m_folder / name;
    }
    fs::path newRun(const std::string& name) { return newRun(name, request()); }
    /// Its end is that of the run that nothing disturbed.
    QString differences(const fs::path& run) const {
        return QString::fromStdString(test::differences(run, m_whole));
    }

private Q_SLOTS:
    void initTestCase() {
        m_scene = test::smallScene(m_folder.path());
        m_whole = newRun("whole");
        m_breaking.seconds = test::trainedRoughly(m_whole, m_breaking) / 2;
        m_breaking.fullBytes = test::bytesOf(m_whole);
    }

    void aRunLeavesEverythingBehind() {
        const RunReader reader = followed(m_whole);
        QVERIFY(reader.status() == RunStatus::Finished);
        QCOMPARE(reader.state()->step, 80);
        QCOMPARE(reader.state()->epoch, 4);
        QVERIFY(reader.state()->peakMemoryBytes > 10'000'000);
        QVERIFY(reader.state()->bestScores.contains("csi"));
        std::set<std::string> kinds;
        for (const RunEvent& event : reader.events())
            kinds.insert(event.kind);
        for (const char* kind : {"started", "baseline", "epoch", "checkpoint", "ended"})
            QVERIFY2(kinds.contains(kind), kind);
        for (const char* file : {"weights.safetensors", "card.md", "data.jsonl", "split.json",
                                 "samples/1/raw.h5", "samples/1/result.h5", "samples/1/reference.h5"})
            QVERIFY2(fs::exists(m_whole / file), file);
        QCOMPARE(checkpointsOf(m_whole).size(), std::size_t(2));
        QCOMPARE(epochLines(m_whole).size(), std::size_t(4));
        const std::string card = readFile(m_whole / "card.md");
        QVERIFY(card.find("For what not") != std::string::npos);
    }

    void aFinishedRunIsNotContinued() { QVERIFY_EXCEPTION_THROWN(startHere(m_whole), Error); }

    // What it will need is told before the first step, what it took with each epoch.
    void memoryWaitingAndTimeAreTold() {
        const RunReader reader = followed(m_whole);
        double expected = 0;
        for (const RunEvent& event : reader.events()) {
            if (event.kind == "message" && event.values.contains("memory_estimate_bytes")) {
                QVERIFY2(event.text.starts_with("needs about 0."), event.text.c_str());
                QVERIFY(event.values.at("memory_bytes") > 0.3e9);
                QCOMPARE(event.step, 0);
                expected = event.values.at("memory_estimate_bytes");
            }
            if (event.kind == "step")
                QVERIFY(event.values.contains("seconds_left"));
            if (event.kind != "epoch")
                continue;
            QVERIFY(expected > 0);
            const double ratio = expected / event.values.at("peak_memory_bytes");
            QVERIFY2(std::abs(ratio - 1) < 0.15, qPrintable(QString("estimate ÷ measured %1").arg(ratio)));
            QVERIFY2(event.text.starts_with("waited for samples"), event.text.c_str());
            QVERIFY(event.values.at("sample_wait_share") >= 0 && event.values.at("sample_wait_share") <= 1);
        }
    }

    // Kills at any moment, a disk that is slow and at times full, a clock that goes backwards.
    void brokenAtAnyMomentItIsTheSameBitForBit() {
        const fs::path run = newRun("broken");
        std::mt19937_64 random(20); // the moments are the machine's mood all the same
        test::Breakages all;
        test::breakUntilDone(run, m_breaking, random, all);
        qInfo("%d kills, %d of them in a checkpoint, %d with the best weights, %d before the first step; %d "
              "times the disk was full",
              all.kills, all.inCheckpoint, all.inBest, all.beforeStart, all.fullDisks);
        QVERIFY2(all.problem.empty(), all.problem.c_str());
        QVERIFY(all.kills >= 1);
        QVERIFY2(differences(run).isEmpty(), qPrintable(differences(run)));
    }

    void fromASpoiltCheckpointItGoesBackToTheOneBefore() {
        const fs::path run = m_folder / "spoilt";
        fs::copy(m_whole, run, fs::copy_options::recursive);
        fs::resize_file(run / "checkpoints/80/optimizer.safetensors", 5000);
        const ProcessResult result = runProcess(learner("train", run));
        QVERIFY2(result.status == 0, result.errors.c_str());
        QVERIFY2(differences(run).isEmpty(), qPrintable(differences(run)));
        QVERIFY(fs::exists(run / "checkpoints/80.spoilt"));
        const RunReader reader = followed(run);
        QVERIFY(std::any_of(reader.events().begin(), reader.events().end(), [](const RunEvent& event) {
            return event.text.starts_with("checkpoint 80 can't be read and is put aside");
        }));
    }

    // A disk that doesn't answer is not a run without checkpoints: nothing is begun anew over it.
    void whatCantBeLookedAtIsNotLost_data() {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        // A link to itself can't be opened, by the superuser neither.
        QTest::newRow("a folder without answer") << "checkpoints"
                                                 << "Too many levels of symbolic links";
        QTest::newRow("a file without answer") << "checkpoints/80/optimizer.safetensors"
                                               << "Too many levels of symbolic links";
        QTest::newRow("a newer checkpoint") << "checkpoints/80/progress.json"
                                            << "newer program";
    }
    void whatCantBeLookedAtIsNotLost() {
        QFETCH(const QString, place);
        QFETCH(const QString, words);
        const fs::path run = m_folder / QTest::currentDataTag();
        fs::copy(m_whole, run, fs::copy_options::recursive);
        const fs::path there = run / place.toStdString(), aside = m_folder / "aside";
        fs::rename(there, aside);
        if (words.contains("newer"))
            writeFileAtomically(there, R"({"format": 99})");
        else
            fs::create_symlink(there, there);
        const ProcessResult result = runProcess(learner("train", run));
        QCOMPARE(result.status, 1);
        QVERIFY2(QString::fromStdString(result.errors).contains(words), result.errors.c_str());
        QVERIFY(followed(run).status() == RunStatus::Failed);
        fs::remove(there);
        fs::rename(aside, there);
        QVERIFY(!fs::exists(run / "checkpoints/80.spoilt"));
        QCOMPARE(runProcess(learner("train", run)).status, 0);
        QVERIFY2(differences(run).isEmpty(), qPrintable(differences(run)));
    }

    // Killed between its last checkpoint and the removal of the one that this makes superfluous.
    void aCheckpointTooManyIsRemovedAtTheEnd() {
        const fs::path run = m_folder / "one too many";
        fs::copy(m_whole, run, fs::copy_options::recursive);
        fs::copy(run / "checkpoints/60", run / "checkpoints/40", fs::copy_options::recursive);
        const ProcessResult result = runProcess(learner("train", run));
        QVERIFY2(result.status == 0, result.errors.c_str());
        QVERIFY2(differences(run).isEmpty(), qPrintable(differences(run)));
    }

    void aSignalEndsItAtACheckpointAndItGoesOn() {
        const fs::path run = newRun("signalled");
        ProcessRequest request = learner("train", run);
        request.log = run / "log.txt";
        const pid_t pid = startProcess(request);
        QVERIFY(waitFor([&] { return followed(run).status() == RunStatus::Running; }, 60));
        ::kill(pid, SIGUSR1);
        int status = 0;
        ::waitpid(pid, &status, 0);
        QCOMPARE(WEXITSTATUS(status), 75);
        QVERIFY(followed(run).status() == RunStatus::Waiting);
        QVERIFY(!checkpointsOf(run).empty());
        QCOMPARE(runProcess(learner("train", run)).status, 0);
        QVERIFY2(differences(run).isEmpty(), qPrintable(differences(run)));
    }

    void stoppedAndKeptOrDiscarded_data() {
        QTest::addColumn<bool>("discard");
        QTest::newRow("keep") << false;
        QTest::newRow("discard") << true;
    }
    void stoppedAndKeptOrDiscarded() {
        QFETCH(bool, discard);
        const fs::path run = newRun(discard ? "discarded" : "kept");
        const LaunchResult launched = startHere(run);
        QVERIFY(launched.pid > 0 && fs::exists(run / "launch.json"));
        QVERIFY(::getsid(launched.pid) == launched.pid); // outlives us
        QVERIFY(waitFor([&] { return followed(run).status() == RunStatus::Running; }, 60));
        requestStop(run, discard);
        ::waitpid(launched.pid, nullptr, 0);
        QVERIFY(followed(run).status() == (discard ? RunStatus::Cancelled : RunStatus::Finished));
        QCOMPARE(fs::exists(run / "weights.safetensors"), !discard);
        QCOMPARE(checkpointsOf(run).empty(), discard);
        QVERIFY(!fs::exists(run / "control" / "stop-keep") && !fs::exists(run / "control" / "discard"));
    }

    // Scores of single epochs scatter: of those that are as good the latest is kept, but patience waits for a
    // higher one.
    void theLatestOfEpochsAsGoodIsKept_data() {
        QTest::addColumn<QString>("tolerance");
        QTest::newRow("only the highest") << "0";
        QTest::newRow("as good within 0.05") << "0.05";
        QTest::newRow("all are as good") << "1";
    }
    void theLatestOfEpochsAsGoodIsKept() {
        QFETCH(QString, tolerance);
        const fs::path run = newRun("tolerance " + tolerance.toStdString(),
                                    request({{"train.tolerance", tolerance.toStdString()},
                                             {"train.epochs", "8"},
                                             {"train.steps", "5"},
                                             {"train.patience", "3"},
                                             {"train.learning_rate", "0.05"}}));
        QCOMPARE(runProcess(learner("train", run)).status, 0);
        const RunReader reader = followed(run);
        std::int64_t best = 0, highest = 0, epochs = 0;
        double bestScore = 0, highestScore = -1;
        for (const RunEvent& event : reader.events()) {
            if (event.kind != "epoch")
                continue;
            ++epochs;
            const double score = event.values.at("score.csi");
            if (score > highestScore - tolerance.toDouble()) {
                best = event.epoch;
                bestScore = score;
            }
            if (score > highestScore) {
                highest = event.epoch;
                highestScore = score;
            }
            QCOMPARE(event.values.at("best") > 0, best == event.epoch);
        }
        QCOMPARE(reader.state()->bestEpoch, best);
        QCOMPARE(reader.state()->bestScores.at("csi"), bestScore);
        QVERIFY(epochs == 8 || epochs == highest + 3);
        QVERIFY(tolerance != "1" || best == epochs);
    }

    // One volume of each role: there is nothing to validate on, so the last weights are as good as is known.
    void withoutValidationTheLastWeightsAreKept() {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(m_scene.at("scene").front()))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        RunRequest alone =
            request({{"train.steps", "2"}, {"train.patience", "1"}, {"denoise.varied_scenes", "0"}});
        alone.data = {{"rain", {files.at(0).string()}}, {"clutter", {files.at(0).string()}}};
        const fs::path run = newRun("alone", alone);
        QCOMPARE(runProcess(learner("train", run)).status, 0);
        const RunReader reader = followed(run);
        QCOMPARE(reader.state()->epoch, std::int64_t(4)); // patience has nothing to lose either
        QCOMPARE(reader.state()->bestEpoch, std::int64_t(4));
        QVERIFY(std::any_of(reader.events().begin(), reader.events().end(), [](const RunEvent& event) {
            return event.text.find("nothing to validate on") != std::string::npos;
        }));
    }

    // Whoever waits for it reads the exit status, also where the end can't be written.
    void anEndThatCantBeWrittenIsAnEnd() {
        RunRequest lengthy = request({{"denoise.scenes", "1000"}}); // made for minutes
        lengthy.data.clear();
        const fs::path run = newRun("no room for the end", lengthy);
        {
            std::ofstream events(run / "events.jsonl");
            for (int line = 0; line < 1000; ++line)
                events << "a line of a former attempt\n";
        }
        const std::string program = learner("train", run).program.string();
        const pid_t pid = ::fork();
        if (pid == 0) {
            const rlimit limit{20'000, 20'000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            ::setenv("OMP_WAIT_POLICY", "passive", 1);
            sigset_t term;
            ::sigemptyset(&term);
            ::sigaddset(&term, SIGTERM);
            ::sigprocmask(SIG_BLOCK, &term, nullptr); // heard as soon as it listens
            ::kill(::getpid(), SIGTERM);
            ::execl(program.c_str(), "embellie-learn", "train", run.c_str(), static_cast<char*>(nullptr));
            ::_exit(127);
        }
        int status = 0;
        ::waitpid(pid, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 75);
    }

    // Every file larger than the limit fails as on a full disk: one sentence, nothing half written, what was
    // there stays.
    void aFullDiskIsASentence() {
        const fs::path run = newRun("full", request({{"train.samples_kept", "0"}}));
        const std::string program = learner("train", run).program.string();
        const pid_t pid = ::fork();
        if (pid == 0) {
            const rlimit limit{20'000,
                               20'000}; // a checkpoint's optimiser has about 26 kB, everything before it less
            ::setrlimit(RLIMIT_FSIZE, &limit);
            ::setenv("OMP_WAIT_POLICY", "passive", 1);
            ::execl(program.c_str(), "embellie-learn", "train", run.c_str(), static_cast<char*>(nullptr));
            ::_exit(127);
        }
        int status = 0;
        ::waitpid(pid, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 1);
        const RunReader reader = followed(run);
        QVERIFY(reader.status() == RunStatus::Failed);
        const std::string reason = reader.state()->reason;
        QVERIFY2(reason.find("can't be written") != std::string::npos &&
                     reason.find('\n') == std::string::npos,
                 reason.c_str());
        for (const auto& entry : fs::recursive_directory_iterator(run))
            QVERIFY2(!entry.path().filename().string().ends_with(".part"), entry.path().c_str());
        QVERIFY(checkpointsOf(run).empty());
        QCOMPARE(runProcess(learner("train", run)).status, 0); // with space again it goes through
        QVERIFY(epochLines(run) == epochLines(m_whole));
    }

    // The limit is low enough for the batch as a whole to fail, and high enough for a part of it.
    void aBatchTooLargeForTheMemoryIsComputedInParts() {
        std::map<std::string, std::string> settings{
            {"train.batch", "16"},       {"train.epochs", "2"},   {"train.steps", "2"},
            {"unet.width", "8"},         {"denoise.gates", "32"}, {"unet.normalisation", "group"},
            {"train.samples_kept", "0"}, {"unet.dropout", "0"}};
        const fs::path free = newRun("free", request(settings));
        settings["train.memory_limit"] = "0.06";
        const fs::path tight = newRun("tight", request(settings));
        for (const fs::path& run : {free, tight}) {
            const ProcessResult result = runProcess(learner("train", run));
            QVERIFY2(result.status == 0, result.errors.c_str());
        }
        QStringList messages;
        std::vector<double> losses, others;
        const RunReader reader = followed(tight), whole = followed(free);
        for (const RunEvent& event : reader.events()) {
            if (event.kind == "message")
                messages << QString::fromStdString(event.text);
            if (event.kind == "epoch")
                losses.push_back(event.values.at("training_loss"));
        }
        for (const RunEvent& event : whole.events())
            if (event.kind == "epoch") {
                others.push_back(event.values.at("training_loss"));
                const double ratio =
                    event.values.at("memory_estimate_bytes") / event.values.at("peak_memory_bytes");
                qInfo("estimate ÷ measured %.3f", ratio);
                QVERIFY2(std::abs(ratio - 1) < 0.15,
                         qPrintable(QString("estimate ÷ measured %1").arg(ratio)));
            }
        QVERIFY2(messages.filter("each batch of 16 is computed in").size() >= 1,
                 qPrintable(messages.join("; ")));
        QVERIFY(fs::exists(tight / "memory.json") && !fs::exists(free / "memory.json"));
        for (std::size_t i = 0; i < 2; ++i)
            QVERIFY2(std::abs(losses.at(i) / others.at(i) - 1) < 1e-4,
                     qPrintable(QString("%1 against %2").arg(losses[i]).arg(others[i])));
    }

    void aSecondTrainerIsRefused() {
        const fs::path run = newRun("two");
        ProcessRequest request = learner("train", run);
        request.log = run / "log.txt";
        const pid_t pid = startProcess(request);
        QVERIFY(waitFor([&] { return followed(run).status() == RunStatus::Running; }, 60));
        ::kill(pid, SIGSTOP); // it shall not be through before the second one has come
        const ProcessResult second = runProcess(learner("train", run));
        ::kill(pid, SIGCONT);
        QCOMPARE(second.status, 1);
        QVERIFY2(second.errors.find("another trainer") != std::string::npos, second.errors.c_str());
        ::waitpid(pid, nullptr, 0);
        QVERIFY2(differences(run).isEmpty(), qPrintable(differences(run)));
    }

    void whatCannotRunSaysWhyInOneSentence() {
        const fs::path newer = newRun("newer");
        writeFileAtomically(newer / "request.toml", "format = 2\ntask = \"denoise\"\n");
        const ProcessResult refused = runProcess(learner("train", newer));
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.find("newer program") != std::string::npos, refused.errors.c_str());
        QVERIFY(!fs::exists(newer / "state.json"));

        RunRequest wrong = request();
        wrong.data["rain"] = {(m_folder / "gone.h5").string()};
        const fs::path gone = newRun("gone", wrong);
        QVERIFY_EXCEPTION_THROWN(checkRequest(wrong), Error);
        QCOMPARE(runProcess(learner("train", gone)).status, 1);
        const std::string reason = followed(gone).state()->reason;
        QVERIFY2(followed(gone).status() == RunStatus::Failed && reason.find("gone.h5") != std::string::npos,
                 reason.c_str());
    }

    // From the built-in scene.
    void segmentTrainsByTheSamePath() {
        const fs::path run =
            newRun("segment", test::tinyRequest("segment", {{"train.epochs", "1"}, {"train.steps", "10"}}));
        const ProcessResult result = runProcess(learner("train", run));
        QVERIFY2(result.status == 0, result.errors.c_str());
        QVERIFY(followed(run).state()->bestScores.at("mean_iou") > 0);
    }

    void aPredictionHasTheFamilyOfItsInput() {
        Settings scene(sceneSettings());
        scene.set("sim.times", std::int64_t(1));
        scene.set("sim.elevations", std::vector<double>{0.5, 2});
        scene.set("sim.gates", std::int64_t(60));
        Feedback feedback;
        const SimulatedScene made(scene);
        const SimulatedVolume volume = made.volume(0, feedback);
        OdimVolume odim;
        odim.time = volume.time;
        odim.site = made.site();
        for (const SimulatedSweep& sweep : volume.sweeps)
            odim.sweeps.push_back({{sweep.th, {}, {}}});
        const fs::path input = m_folder / "scene.h5";
        writeOdimVolume(input, odim, feedback);

        const PredictionStarted started =
            startPrediction(m_whole, {.files = {input.string(), (m_folder / "missing.h5").string()},
                                      .output = {},
                                      .input = {},
                                      .settings = {{"denoise.threshold", "0.5"}}});
        QVERIFY(waitFor(
            [&] {
                const auto state = readPredictionState(started.folder);
                return state && state->phase != RunPhase::Starting && state->phase != RunPhase::Running;
            },
            60));
        ::waitpid(started.pid, nullptr, 0);
        const auto state = *readPredictionState(started.folder);
        QVERIFY(state.phase == RunPhase::Failed); // one of the two files is missing, and said so
        QVERIFY(state.results[1].problem.find("missing.h5") != std::string::npos);
        QVERIFY2(state.results[0].problem.empty(), state.results[0].problem.c_str());

        const auto source = openSource(state.results[0].output);
        const SourceInfo& info = source->describe();
        QVERIFY(info.format.starts_with("ODIM"));
        QCOMPARE(info.sweeps.size(), std::size_t(2));
        const Field cleaned = source->read("sweep_0/DBZH", {}, feedback);
        const Field& raw = *volume.sweeps[0].th;
        std::size_t kept = 0, rejected = 0;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            if (raw.states()[i] != State::Valid)
                QVERIFY(cleaned.states()[i] == raw.states()[i]);
            else if (cleaned.states()[i] == State::Valid)
                kept += std::abs(cleaned.values()[i] - raw.values()[i]) < 0.01f;
            else
                rejected += cleaned.states()[i] == State::Rejected;
        }
        QCOMPARE(kept + rejected, static_cast<std::size_t>(
                                      std::count(raw.states().begin(), raw.states().end(), State::Valid)));
        bool hasProbability = false;
        for (const ArrayInfo& array : info.arrays)
            hasProbability =
                hasProbability || (array.quantity.kind == Kind::Probability && !array.qualityOf.empty());
        QVERIFY(hasProbability);
    }

    // On another host nothing is seen of a predictor but its state: it moves while one file takes long, or
    // never comes.
    void aPredictionTellsThatItLives() {
        const fs::path never = m_folder / "never.h5";
        QCOMPARE(::mkfifo(never.c_str(), 0600), 0);
        const PredictionStarted started = startPrediction(m_whole, {{never.string()}, {}, {}, {}});
        const auto state = [&] { return readPredictionState(started.folder); };
        QVERIFY(waitFor([&] { return state() && state()->phase == RunPhase::Running; }, 60));
        const std::uint64_t before = state()->heartbeat;
        QVERIFY(waitFor([&] { return state()->heartbeat >= before + 2; }, 30));
        QVERIFY(state()->phase == RunPhase::Running && state()->done == 0);
        ::kill(started.pid, SIGKILL);
        ::waitpid(started.pid, nullptr, 0);
        fs::remove_all(started.folder); // the next predictor would take it up
    }

    // It takes up what is asked for later without starting again, and ends when nobody asks or its employer
    // is gone; predictions asked for after that are not left lying.
    void aWarmWorkerStaysAndGoes_data() {
        QTest::addColumn<bool>("byEmployer");
        QTest::newRow("idle") << false;
        QTest::newRow("the employer is gone") << true;
    }
    void aWarmWorkerStaysAndGoes() {
        QFETCH(bool, byEmployer);
        const pid_t employer = ::fork();
        if (employer == 0) {
            ::pause();
            ::_exit(0);
        }
        ProcessRequest request = learner("predict", m_whole);
        request.arguments.insert(request.arguments.end(),
                                 {"--idle", byEmployer ? "600" : "2", "--parent", std::to_string(employer)});
        request.log = m_folder / "worker.txt";
        const pid_t pid = startProcess(request);
        QVERIFY(waitFor([&] { return liveWorker(m_whole) == pid; }, 30));
        for (int i = 0; i < 2; ++i) {
            const fs::path folder =
                createPrediction(m_whole, {{(m_folder / "missing.h5").string()}, {}, {}, {}});
            QVERIFY(waitFor(
                [&] {
                    return readPredictionState(folder).has_value() &&
                           readPredictionState(folder)->phase == RunPhase::Failed;
                },
                30));
            QCOMPARE(readPredictionState(folder)->pid, pid);
        }
        if (byEmployer) {
            ::kill(employer, SIGKILL);
            ::waitpid(employer, nullptr, 0);
        }
        int status = 0;
        QVERIFY(waitFor([&] { return ::waitpid(pid, &status, WNOHANG) == pid; }, 20));
        QVERIFY(!liveWorker(m_whole));
        if (!byEmployer) {
            ::kill(employer, SIGKILL);
            ::waitpid(employer, nullptr, 0);
        }
    }
};

QTEST_APPLESS_MAIN(TestTraining)
#include "tst_training.moc"
