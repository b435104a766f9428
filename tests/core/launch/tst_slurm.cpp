#include "core/base/file.h"
#include "core/base/process.h"
#include "core/launch/job_script.h"
#include "core/launch/launch.h"
#include "core/launch/predict.h"
#include "core/launch/slurm.h"
#include "core/run/run_writer.h"
#include "core/run/scheduler.h"
#include "tests/core/launch/fake_slurm.h"

#include <QtTest>

#include <filesystem>
#include <thread>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::FakeSlurm;
using test::newRun;
using test::rig;
namespace fs = std::filesystem;

class TestSlurm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyTextIsOneWordOfAShell() {
        for (const std::string word :
             {"plain", "a'b\"c;$(touch x)\n-%j\\", "`id`", "--flag", "", "é ü", "'", "!$1 \\'"}) {
            const ProcessResult said = runProcess({.program = "sh",
                                                   .arguments = {"-c", "printf %s " + shellQuoted(word)},
                                                   .environment = {},
                                                   .workingFolder = {},
                                                   .log = {}});
            QCOMPARE(said.output, word);
        }
        QVERIFY_EXCEPTION_THROWN(shellQuoted(std::string("a\0b", 3)), Error);
    }

    void aJobScriptEndsWithExecOfTheLearnerOnItsRun() {
        const test::ScratchFolder folder;
        const fs::path run = folder / "a'b\";$(touch x)\n#SBATCH --time=1";
        fs::create_directory(run);
        // A learner that tells its arguments: what the shell made of the names.
        const fs::path learner = folder / "learner";
        writeFileAtomically(learner, "#!/bin/sh\nprintf '%s|' \"$@\"\n");
        fs::permissions(learner, fs::perms::owner_all);
        Resources one;
        one.ranks = 1;
        writeFileAtomically(folder / "job.sh", jobScript(rig(), one, learner, "train", {run}));
        runProcess({.program = "bash",
                    .arguments = {(folder / "job.sh").string()},
                    .environment = {},
                    .workingFolder = folder.path(),
                    .log = {}});
        QCOMPARE(readFile(run / "log.txt"), "train|" + run.string() + "|");
        QVERIFY(!fs::exists(folder / "x"));
    }

    void theQueueIsReadWhateverSlurmPutsIntoIt() {
        const std::string said = "7|PENDING|gpu|100|2026-11-23T21:40:00|0:00|10:00||Priority\n"
                                 "8_2|RUNNING|gpu|90|2026-11-23T21:00:00|1-02:03:04|UNLIMITED|n1|None\n"
                                 "9|PENDING|gpu|300|N/A|0:00|10:00||Resources\n"
                                 "10|PENDING|cpu|900|N/A|0:00|10:00||Priority\n"
                                 "11|PENDING|gpu|100|N/A|0:00|10:00||(Nodes|down)\n"
                                 "12|CANCELLED|gpu|1|N/A|INVALID|INVALID||None\n"
                                 "13|COMPLETING|gpu|1|N/A|0:05|9:55|n2|NonZeroExitCode\n"
                                 "no line at all\n|||||||||\n14|PEN";
        const auto found = slurm::parseQueue(said, {"7", "8_2", "11", "12", "13", "14", "99"});
        QCOMPARE(found.size(), 5U);
        QCOMPARE(found[0].phase, JobPhase::Waiting);
        QCOMPARE(*found[0].before, 1); // 9 has more priority, 11 came later, 10 waits elsewhere
        QCOMPARE(isoTime(*found[0].expectedStart), std::string("2026-11-23T21:40:00Z"));
        QCOMPARE(found[1].job, std::string("8_2"));
        QCOMPARE(found[1].elapsed->count(), 93784);
        QVERIFY(!found[1].remaining && found[1].node == "n1" && found[1].reason.empty());
        QCOMPARE(found[2].reason, std::string("(Nodes|down)"));
        QCOMPARE(*found[2].before, 2);
        QVERIFY(!found[2].expectedStart);
        QCOMPARE(found[3].phase, JobPhase::Over);
        QVERIFY(!found[3].elapsed);
        QCOMPARE(found[4].phase, JobPhase::Ending);
        for (const JobStatus& status : found)
            QCOMPARE(jobStatusFrom(toJson(status)), status);
    }

    void partitionsOfSeveralKindsOfNodesAreOne() {
        const auto found =
            slurm::parsePartitions("gpu*|1-00:00:00|3|gpu:rtx2080ti:2(S:0-1),tmp:4|40|190000+|up\n"
                                   "gpu*|1-00:00:00|1|gpu:4|64|90000|up\n"
                                   "cpu|infinite|10|(null)|64+|250000|up\n"
                                   "old|1:00:00|1|(null)|4|1000|down\n");
        QCOMPARE(found.size(), 2U);
        QVERIFY(found[0].isDefault && found[0].name == "gpu" && found[0].gpuModel == "rtx2080ti");
        QCOMPARE(found[0].nodes, 4);
        QCOMPARE(found[0].gpusPerNode, 4);
        QCOMPARE(found[0].cpusPerNode, 64);
        QCOMPARE(found[0].memoryMbPerNode, 190000);
        QCOMPARE(found[0].maxTime.count(), 1440);
        QVERIFY(found[1].maxTime.count() == 0 && found[1].gpusPerNode == 0);
    }

    void aLostAnswerIsFoundByItsTokenAndNothingIsSentTwice() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch",
                      "echo 'sbatch: error: Batch job submission failed: Socket timed out' >&2; exit 1");
        slurm.program("squeue", "echo '41|other'; echo '42|embellie:feed:1'");
        const fs::path run = newRun(folder / "run", {{"token", "feed"}});
        Feedback silent;
        QCOMPARE(launch(run, rig(), {}, silent).job, std::string("42"));
        QCOMPARE(launch(run, rig(), {}, silent).job, std::string("42")); // asked again
        QCOMPARE(slurm.calls("sbatch"), 1);
        QVERIFY(slurm.lastCall("sbatch").find("--comment=embellie:feed:1") != std::string::npos);
    }

    void anAnswerThatCanNotBeLookedForLeavesTheTokenForLater() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 'sbatch: error: Unable to contact slurm controller' >&2; exit 1");
        slurm.program("squeue",
                      "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1");
        const fs::path run = newRun(folder / "run", {{"token", "feed"}});
        Feedback silent;
        QVERIFY_EXCEPTION_THROWN(launch(run, rig(), {}, silent), Error);
        slurm.program("squeue", "case \"$*\" in *%k*) echo '42|embellie:feed:1' ;;"
                                " *) echo '42|PENDING|gpu|1|N/A|0:00|10:00||Priority' ;; esac");
        QCOMPARE(resumeRun(run, {}, silent).job, std::string("42"));
        QCOMPARE(slurm.calls("sbatch"), 1);
    }

    void aRefusalIsSlurmsOwnSentence() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch",
                      "echo 'sbatch: error: Batch job submission failed: Invalid account' >&2; exit 1");
        slurm.program("squeue", "exit 0");
        const fs::path run = newRun(folder / "run");
        Feedback silent;
        try {
            launch(run, rig(), {}, silent);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("Invalid account"), error.what());
        }
        QCOMPARE(slurm.calls("squeue"), 0); // it was refused for certain
    }

    void stoppingAWaitingRunTakesItOutAndWritesItsEnd() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 42");
        slurm.program("scancel", "touch '" + (slurm / "gone").string() + "'");
        slurm.program("squeue",
                      "test -e '" + (slurm / "gone").string() +
                          "' && s=CANCELLED || s=PENDING; echo \"42|$s|gpu|1|N/A|0:00|10:00||Priority\"");
        const fs::path run = newRun(folder / "run");
        Feedback silent;
        launch(run, rig(), {}, silent);
        QCOMPARE(stopRun(run, false), Stopped::TakenFromQueue);
        QCOMPARE(slurm.lastCall("scancel"), std::string("--state=PENDING 42"));
        RunReader reader(run);
        reader.poll();
        QCOMPARE(reader.status(), RunStatus::Cancelled);
        QVERIFY_EXCEPTION_THROWN(stopRun(run, false), Error);
        QCOMPARE(resumeRun(run, {}, silent).job, std::string("42")); // nothing was lost: it may be sent again
        QCOMPARE(slurm.calls("sbatch"), 2);
        reader.poll();
        QCOMPARE(reader.status(), RunStatus::Waiting); // and is no more over
        fs::remove(slurm / "gone");
        QCOMPARE(stopRun(run, true), Stopped::TakenFromQueue);
    }

    void aPredictionIsAShortJobThatTellsWhyItWaits() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 42");
        slurm.program("scancel", "exit 0");
        slurm.program("squeue", "echo '42|PENDING|gpu|1|N/A|0:00|10:00||Priority'");
        const fs::path run = newRun(folder / "run");
        Feedback silent;
        Resources two;
        two.gpus = 2;
        two.cpus = 2;
        two.partition = "gpu";
        launch(run, rig(), two, silent);
        QVERIFY(slurm.lastCall("sbatch").find(" --requeue ") != std::string::npos);
        writeFileAtomically(RunPaths{run}.weights(), "weights");

        PredictionRequest request;
        request.files = {"/a.h5", "/b.h5"};
        const PredictionStarted started = startPrediction(run, request);
        QVERIFY(started.job == "42" && started.pid == 0);
        const std::string sent = slurm.lastCall("sbatch");
        for (const char* word : {"--time=32", "--partition=gpu", "--gres=gpu:1", "--ntasks=1",
                                 "--cpus-per-task=2", "--comment=embellie:", " --no-requeue "})
            QVERIFY2(sent.find(word) != std::string::npos, sent.c_str());
        QVERIFY(sent.find(readLaunchRecord(run)->token) == std::string::npos);
        const std::string job = readFile(started.folder / "job.sh");
        QVERIFY2(QString::fromStdString(job).endsWith("embellie-learn' predict \"$run\"\n"), job.c_str());
        QCOMPARE(startedPrediction(started.folder).job, std::string("42"));

        struct Listener : Feedback {
            using Feedback::Feedback;
            void message(const Text& text) override { said.push_back(text.english()); }
            std::vector<std::string> said;
        };
        std::stop_source stop;
        Listener listener(stop.get_token());
        std::jthread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(400));
            stop.request_stop();
        });
        QVERIFY_EXCEPTION_THROWN(waitForPrediction(started, listener), Cancelled);
        QCOMPARE(listener.said.size(), 1U); // however often it was looked at
        QVERIFY2(listener.said[0].find("job 42: waits in the queue; other jobs come first") == 0,
                 listener.said[0].c_str());
        QCOMPARE(slurm.lastCall("scancel"), std::string("42"));
        QVERIFY(openPredictions(run).empty());

        JobStatus over;
        over.phase = JobPhase::Over;
        const PredictionStarted again = startPrediction(run, request);
        QVERIFY(isAbandoned(again, {}, over) && !isAbandoned(again, {}, {}));
        QVERIFY(!isAbandoned(started, readPredictionState(started.folder), over)); // it was dropped
        Resources refused;
        refused.time = std::chrono::hours(20);
        QVERIFY_EXCEPTION_THROWN(startPrediction(run, request, {refused, false}), Error);
        slurm.program("sbatch", "echo 'sbatch: error: Invalid account' >&2; exit 1");
        QVERIFY_EXCEPTION_THROWN(startPrediction(run, request), Error);
        QVERIFY(!fs::exists(RunPaths{run}.predictions() / "3")); // a refused one leaves nothing
    }

    void moreGpusThanABatchHasSamplesAreRefused() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("sbatch", "echo 42");
        RunRequest request;
        request.task = "denoise";
        request.network = "unet";
        request.settings = "[train]\nbatch = 1\n";
        createRun(folder / "run", request);
        Feedback silent;
        Resources two;
        two.gpus = 2;
        try {
            launch(folder / "run", rig(), two, silent);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("2 processes can't share a batch of 1"), error.what());
        }
        QCOMPARE(slurm.calls("sbatch"), 0);
    }

    void aWatchAsksOnceForAllAndEverMoreRarelyWhereNobodyAnswers() {
        const FakeSlurm slurm;
        slurm.program("squeue", "echo '1|RUNNING|gpu|1|N/A|0:10|9:50|n1|None'");
        JobWatch watch(std::chrono::milliseconds(200));
        watch.watch("1");
        watch.watch("2");
        QVERIFY(watch.poll());
        QVERIFY(!watch.poll()); // too early
        QCOMPARE(slurm.calls("squeue"), 1);
        QCOMPARE(watch.status("1").phase, JobPhase::Running);
        QCOMPARE(watch.status("2").phase, JobPhase::Forgotten);
        slurm.program("squeue", "exit 1");
        QTest::qWait(220);
        QVERIFY(watch.poll() && watch.problem());
        QCOMPARE(watch.status("1").phase, JobPhase::Running); // as last known
        QTest::qWait(220);
        QVERIFY(!watch.poll());
        QCOMPARE(slurm.calls("squeue"), 2);
    }

    void aGpuCountsOnlyWhereTheSchedulerGaveOne_data() {
        QTest::addColumn<QString>("variables");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("no scheduler") << "" << true;
        QTest::newRow("none given") << "SLURM_JOB_ID=7" << false;
        QTest::newRow("given") << "SLURM_JOB_ID=7 CUDA_VISIBLE_DEVICES=0" << true;
        QTest::newRow("given, hidden by control groups") << "SLURM_JOB_ID=7 SLURM_JOB_GPUS=1" << true;
        QTest::newRow("an empty list") << "SLURM_JOB_ID=7 SLURM_JOB_GPUS=1 CUDA_VISIBLE_DEVICES=" << false;
        QTest::newRow("Slurm's word for none") << "SLURM_JOB_ID=7 CUDA_VISIBLE_DEVICES=NoDevFiles" << false;
    }
    void aGpuCountsOnlyWhereTheSchedulerGaveOne() {
        QFETCH(QString, variables);
        QFETCH(bool, allowed);
        std::map<std::string, std::string> set;
        for (const QString& one : variables.split(' ', Qt::SkipEmptyParts))
            set[one.section('=', 0, 0).toStdString()] = one.section('=', 1).toStdString();
        const Environment environment = [&](const char* name) {
            const auto found = set.find(name);
            return found == set.end() ? std::nullopt : std::optional(found->second);
        };
        QCOMPARE(!gpuRefusal(environment), allowed);
    }

    void aJobIsPutBackAsOftenAsThePlanAllowsAndByItsOwnName() {
        const FakeSlurm slurm;
        const test::ScratchFolder folder;
        slurm.program("scontrol", "exit 0");
        const fs::path run = newRun(folder / "run");
        LaunchRecord record;
        record.executor = "slurm";
        record.job = "16_3";
        record.resources.maxRequeues = 1;
        writeLaunchRecord(run, record);
        const Environment inArray = [](const char* name) -> std::optional<std::string> {
            const std::map<std::string, std::string> set{
                {"SLURM_JOB_ID", "16"}, {"SLURM_ARRAY_JOB_ID", "16"}, {"SLURM_ARRAY_TASK_ID", "3"}};
            const auto found = set.find(name);
            return found == set.end() ? std::nullopt : std::optional(found->second);
        };
        QCOMPARE(requeueOwnJob(run, inArray), Requeue::Asked);
        QCOMPARE(slurm.lastCall("scontrol"), std::string("requeue 16_3")); // not all of the array
        writeFileAtomically(RunPaths{run}.state(), R"({"format":1,"phase":"starting","attempt":2})");
        QCOMPARE(requeueOwnJob(run, inArray), Requeue::Limit);
        record.resources.maxRequeues = 5;
        writeLaunchRecord(run, record);
        requestStop(run, false);
        QCOMPARE(requeueOwnJob(run, inArray), Requeue::NoJob); // somebody wants its end
        fs::remove(RunPaths{run}.stopKeep());
        slurm.program("scontrol", "exit 1");
        QCOMPARE(requeueOwnJob(run, inArray), Requeue::Refused);
        QCOMPARE(requeueOwnJob(run, [](const char*) { return std::optional<std::string>(); }),
                 Requeue::NoJob);
    }

    void whatARunIsFollowsFromItsWordsAndItsJob_data() {
        QTest::addColumn<RunStatus>("own");
        QTest::addColumn<JobPhase>("phase");
        QTest::addColumn<bool>("spoke");
        QTest::addColumn<RunStatus>("is");
        QTest::newRow("requeued after a crash")
            << RunStatus::Lost << JobPhase::Waiting << true << RunStatus::Waiting;
        QTest::newRow("silent") << RunStatus::Lost << JobPhase::Running << true << RunStatus::Running;
        QTest::newRow("dead") << RunStatus::Running << JobPhase::Over << true << RunStatus::Lost;
        QTest::newRow("never began") << RunStatus::Waiting << JobPhase::Over << false << RunStatus::Lost;
        QTest::newRow("continue me") << RunStatus::Waiting << JobPhase::Over << true << RunStatus::Waiting;
        QTest::newRow("old news") << RunStatus::Running << JobPhase::Waiting << true << RunStatus::Running;
        QTest::newRow("not asked") << RunStatus::Running << JobPhase::Unknown << true << RunStatus::Running;
        QTest::newRow("over is over")
            << RunStatus::Finished << JobPhase::Forgotten << true << RunStatus::Finished;
    }
    void whatARunIsFollowsFromItsWordsAndItsJob() {
        QFETCH(RunStatus, own);
        QFETCH(JobPhase, phase);
        QFETCH(bool, spoke);
        QFETCH(RunStatus, is);
        JobStatus job;
        job.phase = phase;
        QCOMPARE(statusWithJob(own, job, spoke), is);
    }
};

QTEST_GUILESS_MAIN(TestSlurm)
#include "tst_slurm.moc"
