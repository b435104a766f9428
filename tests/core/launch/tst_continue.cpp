#include "core/launch/launch.h"
#include "core/launch/sweep.h"
#include "core/run/run_writer.h"
#include "tests/core/launch/fake_slurm.h"

#include <QtTest>

#include <csignal>
#include <filesystem>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::FakeSlurm;
using test::newRun;
using test::rig;
namespace fs = std::filesystem;

/// Runs of a Slurm site whose job has ended.
class TestContinue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAskedToBeContinuedIsSentAgainButNotWhatNeverBegan() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo $(($(wc -l < \"$0.calls\") + 40))");
        slurm.program("squeue", "exit 0");
        const fs::path run = newRun(folder / "run");
        Feedback silent;
        QCOMPARE(launch(run, rig(), {}, silent).job, std::string("41"));
        const auto ended = [](const char* job, const char* state) {
            JobStatus status;
            status.job = job;
            status.state = state;
            status.phase = JobPhase::Over;
            return status;
        };
        QVERIFY(!continueByItself(run, ended("41", "FAILED"))); // no trainer has ever spoken
        // By the clock of its node, which is another: an hour off, here and there.
        const auto spoken = [&](int attempt, std::chrono::hours off) {
            const nlohmann::json state{{"format", 1},
                                       {"phase", "starting"},
                                       {"attempt", attempt},
                                       {"updated", isoTime(now() + off)}};
            writeFileAtomically(RunPaths{run}.state(), state.dump());
        };
        spoken(1, std::chrono::hours(-1));
        QVERIFY(!continueByItself(run, ended("41", "CANCELLED"))); // somebody wanted its end
        QVERIFY(!continueByItself(run, ended("40", "FAILED")));    // of a former job
        const auto again = continueByItself(run, ended("41", "FAILED"));
        QVERIFY(again && again->job == "42");
        QVERIFY(!continueByItself(run, ended("41", "FAILED"))); // a second one who follows it
        spoken(1, std::chrono::hours(1));
        QVERIFY(!continueByItself(run, ended("42", "FAILED"))); // that job never got to its trainer
        spoken(2, std::chrono::hours(-1));
        LaunchRecord record = *readLaunchRecord(run);
        record.resources.maxRequeues = 0;
        writeLaunchRecord(run, record);
        QVERIFY(!continueByItself(run, ended("42", "TIMEOUT"))); // the plan has no more
    }

    void ofForgottenJobsWhatTermEndedIsNotSentAgain_data() {
        QTest::addColumn<int>("signal");
        QTest::addColumn<JobPhase>("phase");
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("continued");
        QTest::newRow("scancel, unseen") << SIGTERM << JobPhase::Forgotten << "" << false;
        QTest::newRow("scancel after it ran") << SIGTERM << JobPhase::Forgotten << "RUNNING" << false;
        QTest::newRow("its warning") << SIGUSR1 << JobPhase::Forgotten << "RUNNING" << true;
        QTest::newRow("no signal") << 0 << JobPhase::Forgotten << "" << true;
        QTest::newRow("preempted") << SIGTERM << JobPhase::Over << "PREEMPTED" << true;
        QTest::newRow("preempted, and then forgotten")
            << SIGTERM << JobPhase::Forgotten << "PREEMPTED" << true;
        QTest::newRow("put back by Slurm") << SIGTERM << JobPhase::Waiting << "PENDING" << false;
    }
    void ofForgottenJobsWhatTermEndedIsNotSentAgain() {
        QFETCH(int, signal);
        QFETCH(JobPhase, phase);
        QFETCH(QString, state);
        QFETCH(bool, continued);
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 41");
        slurm.program("squeue", "exit 0");
        const fs::path run = newRun(folder / "run");
        Feedback silent;
        launch(run, rig(), {}, silent);
        QTest::qWait(5);
        {
            const RunLock lock(run);
            RunWriter trainer(run);
            trainer.update([&](RunState& written) {
                written.pid = 0;
                written.signal = signal;
            });
        }
        JobStatus job;
        job.job = "41";
        job.phase = phase;
        job.state = state.toStdString();
        QCOMPARE(continueByItself(run, job).has_value(), continued);
        RunWriter next(run); // what ended the attempt before is no news of this one
        RunReader reader(run);
        reader.poll();
        QCOMPARE(reader.state()->signal, 0);
    }

    void aSweepOutlivesASubmissionThatFails() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 41");
        slurm.program("squeue", "for i in 0 1; do echo \"41_$i|FAILED|gpu|1|N/A|0:05|9:55|n1|None\"; done");
        RunRequest base;
        base.task = "denoise";
        base.network = "unet";
        RunSweep sweep;
        sweep.folder = folder / "sweep";
        sweep.axes = {parseSweepAxis("train.seed=1,2", settingsOf(taskOf("denoise"), networkOf("unet")))};
        createSweep(sweep, base);
        struct Listener : Feedback {
            void message(const Text& text) override { said.push_back(text.english()); }
            std::vector<std::string> said;
        } listener;
        SweepDriver driver(readSweep(sweep.folder),
                           parseSite("rig",
                                     "kind = \"slurm\"\npoll_s = 1\n[standard]\ntime = \"30\"\ngpus = 1\n",
                                     "rig.toml"));
        driver.advance(listener);
        QTest::qWait(5);
        for (const fs::path& run : sweep.runs()) { // their trainers ask to be continued
            RunWriter trainer(run);
            trainer.update([](RunState& state) { state.pid = 0; });
        }
        slurm.program("sbatch", "echo 'sbatch: error: Invalid account' >&2; exit 1");
        for (int turn = 0; turn < 3; ++turn) {
            driver.advance(listener);
            QVERIFY(!driver.isOver());
        }
        QCOMPARE(slurm.calls("sbatch"), 3); // the array, and then each run once
        QCOMPARE(listener.said.size(), 2U);
        QVERIFY2(listener.said[0].find("000 could not be submitted again yet") == 0,
                 listener.said[0].c_str());
        slurm.program("sbatch", "echo 50");
        QTest::qWait(1100);
        driver.advance(listener);
        for (const fs::path& run : sweep.runs())
            QCOMPARE(readLaunchRecord(run)->job, std::string("50"));
    }

    void aSubmissionThatFailedIsTriedAgainAndOneWhoseAnswerWasLostIsFound() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 41");
        slurm.program("squeue", "exit 0");
        const fs::path run = newRun(folder / "run", {{"token", "feed"}});
        Feedback silent;
        launch(run, rig(), {}, silent);
        QTest::qWait(5);
        {
            RunWriter trainer(run);
            trainer.update([](RunState& state) { state.pid = 0; });
        }
        JobStatus job;
        job.job = "41";
        job.phase = JobPhase::Over;
        job.state = "FAILED";
        slurm.program("sbatch", "echo 'sbatch: error: Invalid account' >&2; exit 1");
        QVERIFY_EXCEPTION_THROWN(continueByItself(run, job), Error);
        QCOMPARE(readLaunchRecord(run)->job, std::string("41")); // whoever follows it still knows what to ask
        slurm.program("squeue", "echo '41|embellie:feed:1'; echo '42|embellie:feed:2'");
        QCOMPARE(continueByItself(run, job)->job, std::string("42"));
        QCOMPARE(slurm.calls("sbatch"), 2);
    }
};

QTEST_GUILESS_MAIN(TestContinue)
#include "tst_continue.moc"
