#include "core/base/file.h"
#include "core/run/launch_record.h"
#include "tests/real/seen.h"

#include <QtTest>

#include <csignal>
#include <memory>
#include <thread>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int Endless = 5000; ///< epochs: somebody has to stop it

}

/// Runs on a real Slurm of two nodes with one GPU each, from the command line.
class TestSlurm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void aRunGoesThroughTheQueueAndItsCurveGrowsWhileItWorks();
    void aWarningBecomesACheckpointARequeueAndAFinish();
    void aCancelledJobIsACancelledRunThatGoesOnWhenAsked();
    void aStopKeepsWhatWasLearnt();
    void aRequestOverTheLimitsIsRefusedBeforeAnythingIsSent_data();
    void aRequestOverTheLimitsIsRefusedBeforeAnythingIsSent();
    void twoWorkAtOnceAndAThirdSaysWhyItWaits();
    void aSweepOfFourIsOneArray();
    void aPredictionIsAJobThatWaitsItsTurn();
    void twoRanksMayWorkOnTwoNodes();
    void aRunOutlivesTheController();
    void aCrashedNodeCostsNoMoreThanTheLastCheckpoint();

private:
    /// @return its folder; empty, and said, where it was refused
    fs::path submit(const std::string& name, int epochs, int steps, std::vector<std::string> more = {});
    std::string jobOf(const fs::path& run) const;
    bool works(const fs::path& run) const; ///< it has judged an epoch at the least

    test::ScratchFolder m_folder;
    std::unique_ptr<test::SlurmRig> m_slurm;
    std::unique_ptr<test::Person> m_person;
    fs::path m_scene;
};

void TestSlurm::initTestCase() {
    EMBELLIE_NEEDS_SLURM();
    m_slurm = std::make_unique<test::SlurmRig>(test::SlurmRig::Options{.nodes = 2, .gpus = 1});
    m_person = std::make_unique<test::Person>(m_folder / "home", m_slurm->variables());
    m_person->addSite("rig", test::slurmSite("rank_interface = \"lo\"\n"));
    m_person->addSite("apart", test::slurmSite());
    m_scene = m_person->makeScene();
}

void TestSlurm::cleanup() {
    if (m_slurm)
        for (const std::string& job : m_slurm->jobs())
            m_slurm->ask("scancel", {job});
    QVERIFY(!m_slurm || test::becomes([&] { return m_slurm->left().empty(); }, 20s));
}

fs::path TestSlurm::submit(const std::string& name, int epochs, int steps, std::vector<std::string> more) {
    const fs::path run = m_person->runs() / name;
    std::vector<std::string> words = test::smallTraining(m_scene, run, epochs, steps);
    words.insert(words.end(), {"--site", "rig", "--detach"});
    words.insert(words.end(), more.begin(), more.end());
    const ProcessResult sent = m_person->cli(words);
    if (sent.status == 0)
        return run;
    qWarning("%s", sent.errors.c_str());
    return {};
}

std::string TestSlurm::jobOf(const fs::path& run) const {
    const auto record = readLaunchRecord(run);
    return record ? record->job : std::string();
}

bool TestSlurm::works(const fs::path& run) const {
    const bool working = test::becomes([&] { return test::look(run).count("epoch") > 0; }, 30s);
    if (!working)
        qWarning("%s%s", m_slurm->ask("squeue", {}).c_str(), test::logOf(run).c_str());
    return working;
}

void TestSlurm::aRunGoesThroughTheQueueAndItsCurveGrowsWhileItWorks() {
    const fs::path run = submit("first", 8, 10);
    QVERIFY(!run.empty());
    const std::string job = jobOf(run);
    QVERIFY(!job.empty());
    QVERIFY(m_slurm->field(job, "Comment").starts_with("embellie:"));
    QCOMPARE(m_slurm->field(job, "TimeLimit"), std::string("00:10:00"));

    std::set<std::size_t> lengths; // of the curve, while Slurm says that the job works
    QVERIFY(test::becomes(
        [&] {
            const test::Seen seen = test::look(run);
            if (seen.status == RunStatus::Running && m_slurm->state(job) == "RUNNING")
                lengths.insert(seen.events.size());
            return seen.status == RunStatus::Finished;
        },
        60s));
    QVERIFY2(lengths.size() >= 3, "the curve did not grow");
    QCOMPARE(test::faultOf(run, 8, 10), QString());
    QVERIFY(test::becomes([&] { return m_slurm->state(job) == "COMPLETED"; }, 10s));

    // Whoever asks later is told the same.
    const ProcessResult followed = m_person->cli({"follow", run.string()});
    QVERIFY2(followed.status == 0, followed.errors.c_str());
    QVERIFY(followed.output.find("epoch 8 of 8") != std::string::npos);
}

void TestSlurm::aWarningBecomesACheckpointARequeueAndAFinish() {
    const fs::path run = submit("warned", 9, 10);
    QVERIFY(!run.empty());
    QVERIFY(works(run));
    const std::string job = jobOf(run);
    m_slurm->ask("scancel", {"--batch", "--signal=USR1", job});
    QVERIFY(test::becomes([&] { return m_slurm->field(job, "Restarts") == "1"; }, 20s));
    QVERIFY(test::comesTo(run, RunStatus::Finished, 90s));
    QCOMPARE(test::faultOf(run, 9, 10), QString());
    const test::Seen seen = test::look(run);
    QCOMPARE(seen.count("resumed"), 1);
    QCOMPARE(test::lostSteps(run),
             std::vector<std::int64_t>{0}); // the warning's checkpoint: no step is done twice
    QCOMPARE(seen.state.attempt, 2);
    QCOMPARE(jobOf(run), job);
}

void TestSlurm::aCancelledJobIsACancelledRunThatGoesOnWhenAsked() {
    const fs::path run = submit("cancelled", 9, 10);
    QVERIFY(!run.empty());
    QVERIFY(works(run));
    const std::string job = jobOf(run);
    m_slurm->ask("scancel", {job});
    QVERIFY(test::becomes([&] { return m_slurm->state(job) == "CANCELLED"; }, 20s));
    QVERIFY(test::becomes([&] { return m_slurm->left().empty(); }, 10s));
    const test::Seen seen = test::look(run);
    QVERIFY(seen.status != RunStatus::Finished && seen.status != RunStatus::Running);
    std::this_thread::sleep_for(3s);
    QVERIFY2(m_slurm->jobs().empty(), "a job that a person cancelled came back by itself");

    const ProcessResult resumed = m_person->cli({"train", "--run", run.string(), "--resume"});
    QVERIFY2(resumed.status == 0, resumed.errors.c_str());
    QCOMPARE(test::faultOf(run, 9, 10), QString());
    QVERIFY(jobOf(run) != job);
}

void TestSlurm::aStopKeepsWhatWasLearnt() {
    const fs::path run = submit("stopped", Endless, 10);
    QVERIFY(!run.empty());
    QVERIFY(works(run));
    const std::string job = jobOf(run);
    const ProcessResult stopped = m_person->cli({"stop", run.string()});
    QVERIFY2(stopped.status == 0, stopped.errors.c_str());
    QVERIFY(test::comesTo(run, RunStatus::Finished, 20s));
    QVERIFY(test::look(run).state.step < Endless * 10);
    QVERIFY(!checkpointsOf(run).empty());
    QVERIFY(fs::exists(RunPaths{run}.weights()));
    QVERIFY(test::becomes([&] { return m_slurm->jobs().empty(); }, 10s));
    QVERIFY(m_slurm->field(job, "Restarts") == "0");
}

void TestSlurm::aRequestOverTheLimitsIsRefusedBeforeAnythingIsSent_data() {
    QTest::addColumn<QStringList>("asked");
    QTest::addColumn<QString>("says");
    QTest::newRow("time") << QStringList{"--time", "30:00:00"} << "wall time";
    QTest::newRow("GPUs of a person") << QStringList{"--gpus", "3"} << "GPUs";
    QTest::newRow("partition") << QStringList{"--partition", "gpuu"} << "did you mean \"gpu\"";
    QTest::newRow("memory") << QStringList{"--memory-mb", "900000"} << "memory";
    QTest::newRow("cores") << QStringList{"--cpus", "64"} << "cores";
    QTest::newRow("processes") << QStringList{"--gpus", "2", "--train.batch", "1"}
                               << "can't share a batch of 1";
}

void TestSlurm::aRequestOverTheLimitsIsRefusedBeforeAnythingIsSent() {
    QFETCH(QStringList, asked);
    QFETCH(QString, says);
    const fs::path run = m_person->runs() / "refused";
    std::vector<std::string> words = test::smallTraining(m_scene, run);
    words.insert(words.end(), {"--site", "rig", "--detach"});
    for (const QString& word : asked)
        words.push_back(word.toStdString());
    const ProcessResult refused = m_person->cli(words);
    QVERIFY(refused.status != 0);
    QVERIFY2(refused.errors.find(says.toStdString()) != std::string::npos, refused.errors.c_str());
    QCOMPARE(m_slurm->jobs().size(), std::size_t(0));
    QVERIFY2(!fs::exists(run), "a refused request left a folder");
}

void TestSlurm::twoWorkAtOnceAndAThirdSaysWhyItWaits() {
    const fs::path one = submit("one", Endless, 10), two = submit("two", Endless, 10);
    QVERIFY(!one.empty() && !two.empty());
    QVERIFY(works(one) && works(two));
    const fs::path three = submit("three", 2, 10);
    QVERIFY(!three.empty());
    QCOMPARE(m_slurm->state(jobOf(one)), std::string("RUNNING"));
    QCOMPARE(m_slurm->state(jobOf(two)), std::string("RUNNING"));
    QCOMPARE(m_slurm->state(jobOf(three)), std::string("PENDING"));
    // Two jobs at work leave the third its words: the state, the reason, and that nothing is wrong.
    const ProcessResult listed = m_person->cli({"runs", m_person->runs().string()});
    QVERIFY2(listed.status == 0, listed.errors.c_str());
    QVERIFY2(listed.output.find("wait") != std::string::npos, listed.output.c_str());
    const pid_t follower =
        m_person->start("embellie-cli", {"follow", three.string()}, m_folder / "three.txt");
    QVERIFY(test::becomes([&] { return readFile(m_folder / "three.txt").find("queue") != std::string::npos; },
                          20s));

    QVERIFY(m_person->cli({"stop", one.string()}).status == 0);
    QVERIFY(test::comesTo(three, RunStatus::Finished, 60s));
    QCOMPARE(test::faultOf(three, 2, 10), QString());
    QVERIFY(test::becomes([&] { return !processIsAlive(follower); }, 20s));
    QVERIFY(m_person->cli({"stop", two.string(), "--discard"}).status == 0);
    QVERIFY(test::comesTo(two, RunStatus::Cancelled, 20s));
    QVERIFY(checkpointsOf(two).empty());
}

void TestSlurm::aSweepOfFourIsOneArray() {
    const fs::path folder = m_person->runs() / "sweep";
    std::vector<std::string> words = test::smallTraining(m_scene, folder);
    words.insert(words.end(),
                 {"--site", "rig", "--sweep", "train.learning_rate=1e-4,3e-3", "--sweep", "unet.width=4,8"});
    const ProcessResult sent = m_person->cli(words, 120s);
    QVERIFY2(sent.status == 0, sent.errors.c_str());
    std::set<std::string> jobs, rates;
    for (const char* name : {"000", "001", "002", "003"}) {
        QCOMPARE(test::faultOf(folder / name, 2, 10), QString());
        const std::string job = jobOf(folder / name);
        jobs.insert(job.substr(0, job.find('_')));
        rates.insert(readRunRequest(folder / name).settings);
    }
    QCOMPARE(jobs.size(), std::size_t(1));
    QCOMPARE(rates.size(), std::size_t(4));
    const nlohmann::json table =
        test::objectOf(m_person->cli({"sweep", folder.string(), "--list", "--json"}));
    QCOMPARE(table.at("runs").size(), std::size_t(4));
}

void TestSlurm::aPredictionIsAJobThatWaitsItsTurn() {
    const fs::path run = submit("judged", 1, 10);
    QVERIFY(!run.empty());
    QVERIFY(test::comesTo(run, RunStatus::Finished, 60s));
    const std::string training = jobOf(run);
    std::vector<std::string> others;
    for (int node = 0; node < 2; ++node)
        others.push_back(m_slurm->ask("sbatch", {"--parsable", "--gres=gpu:1", "--mem=100",
                                                 "--output=/dev/null", "--wrap", "sleep 600"}));
    QVERIFY(test::becomes([&] { return m_slurm->state(others[1]) == "RUNNING"; }, 20s));

    const fs::path volume = fs::directory_iterator(m_scene)->path(), said = m_folder / "predict.txt";
    const auto predict = [&] {
        fs::remove(said);
        const std::vector<std::string> words{"predict",       "--run",    run.string(),
                                             volume.string(), "--output", "cleaned"};
        return m_person->start("embellie-cli", words, said);
    };
    const auto waits = [&](const fs::path& prediction) {
        return test::becomes(
            [&] {
                const auto record = readLaunchRecord(prediction);
                return record && m_slurm->state(record->job) == "PENDING" &&
                       readFile(said).find("waits in the queue") != std::string::npos;
            },
            20s);
    };
    const fs::path first = RunPaths{run}.predictions() / "1", second = RunPaths{run}.predictions() / "2";
    pid_t asking = predict();
    QVERIFY2(waits(first), readFile(said).c_str());
    const std::string job = readLaunchRecord(first)->job;
    QVERIFY(job != training);
    QCOMPARE(m_slurm->field(job, "TimeLimit"), std::string("00:31:00"));
    QVERIFY(!readPredictionState(first)); // nobody works on it here
    m_slurm->ask("scancel", {others[0]});
    QVERIFY2(test::becomes([&] { return !processIsAlive(asking); }, 40s), readFile(said).c_str());
    QVERIFY2(fs::exists(m_person->home() / "cleaned" / volume.filename()), readFile(said).c_str());
    QVERIFY(readPredictionState(first)->phase == RunPhase::Finished);
    QVERIFY(test::becomes([&] { return m_slurm->state(job) == "COMPLETED"; }, 10s));
    QVERIFY(test::logOf(run).find("embellie-learn:") == std::string::npos);

    // Taken back while it waits: nothing is left in the queue, and nobody takes it up later.
    others[0] = m_slurm->ask(
        "sbatch", {"--parsable", "--gres=gpu:1", "--mem=100", "--output=/dev/null", "--wrap", "sleep 600"});
    QVERIFY(test::becomes([&] { return m_slurm->state(others[0]) == "RUNNING"; }, 20s));
    asking = predict();
    QVERIFY2(waits(second), readFile(said).c_str());
    ::kill(asking, SIGINT);
    QVERIFY(test::becomes([&] { return !processIsAlive(asking); }, 10s));
    QVERIFY(test::becomes([&] { return m_slurm->jobs().size() == 2; }, 10s));
    QVERIFY(readPredictionState(second)->phase == RunPhase::Cancelled);
}

void TestSlurm::twoRanksMayWorkOnTwoNodes() {
    const std::vector<std::string> two{"--gpus", "2", "--train.batch", "4"};
    const fs::path run = submit("nodes", 30, 10, two);
    QVERIFY(!run.empty());
    const std::string job = jobOf(run);
    const auto worksOn = [&](const char* node) {
        const std::vector<pid_t> ours = test::processesWith("SLURM_JOB_ID", job),
                                 there = test::processesWith("SLURMD_NODENAME", node);
        const std::vector<pid_t> learners = test::processesOf("embellie-learn");
        return std::any_of(ours.begin(), ours.end(), [&](pid_t process) {
            return std::count(there.begin(), there.end(), process) > 0 &&
                   std::count(learners.begin(), learners.end(), process) > 0;
        });
    };
    QVERIFY2(test::becomes([&] { return worksOn("n1") && worksOn("n2"); }, 40s), test::logOf(run).c_str());
    QVERIFY(test::comesTo(run, RunStatus::Finished, 120s));
    QCOMPARE(test::faultOf(run, 30, 10), QString());
    QCOMPARE(m_slurm->field(job, "NumNodes"), std::string("2"));
    QCOMPARE(m_slurm->field(job, "Restarts"), std::string("0"));

    // How they would reach one another must be known.
    QVERIFY(test::becomes([&] { return m_slurm->jobs().empty(); }, 30s)); // it completes a while
    std::vector<std::string> words = test::smallTraining(m_scene, m_person->runs() / "refused");
    words.insert(words.end(), {"--site", "apart", "--detach"});
    words.insert(words.end(), two.begin(), two.end());
    const ProcessResult refused = m_person->cli(words);
    QVERIFY(refused.status != 0);
    QVERIFY2(refused.errors.find("rank_interface") != std::string::npos, refused.errors.c_str());
    QVERIFY(m_slurm->jobs().empty() && !fs::exists(m_person->runs() / "refused"));
}

void TestSlurm::aRunOutlivesTheController() {
    const fs::path run = submit("without", Endless, 10);
    QVERIFY(!run.empty());
    QVERIFY(works(run));
    m_slurm->killController();
    // Asking is answered with what is known, not with an end; for a minute the run goes on and its curve
    // grows.
    const auto down = std::chrono::steady_clock::now();
    const ProcessResult listed = m_person->cli({"runs", m_person->runs().string()});
    QVERIFY2(listed.status == 0, listed.errors.c_str());
    const pid_t follower =
        m_person->start("embellie-cli", {"follow", run.string()}, m_folder / "without.txt");
    const auto said = [&] { return readFile(m_folder / "without.txt"); };
    for (int part = 0; part < 6; ++part) {
        const std::size_t before = test::look(run).events.size();
        std::this_thread::sleep_until(down + (part + 1) * 10s);
        QVERIFY(processIsAlive(follower));
        QVERIFY(test::look(run).status == RunStatus::Running);
        QVERIFY(test::look(run).events.size() > before + 1);
    }
    QVERIFY2(said().find("the queue can't be read now and is asked again later: Slurm does not answer") !=
                 std::string::npos,
             said().c_str());
    QVERIFY(said().find("epoch") != std::string::npos);
    m_slurm->start("slurmctld");
    QVERIFY(test::becomes([&] { return m_slurm->state(jobOf(run)) == "RUNNING"; }, 30s));
    // The follower finds it again by itself, though it asks ever more rarely.
    QVERIFY2(test::becomes([&] { return said().find("runs on n") != std::string::npos; }, 40s),
             said().c_str());
    const ProcessResult stopped = m_person->cli({"stop", run.string()});
    QVERIFY2(stopped.status == 0, stopped.errors.c_str());
    QVERIFY(test::comesTo(run, RunStatus::Finished, 20s));
    QVERIFY(test::becomes([&] { return !processIsAlive(follower); }, 20s));
    QCOMPARE(test::look(run).state.attempt, 1);
}

void TestSlurm::aCrashedNodeCostsNoMoreThanTheLastCheckpoint() {
    const fs::path run = submit("crashed", 12, 10);
    QVERIFY(!run.empty());
    QVERIFY(works(run));
    const std::string job = jobOf(run), node = m_slurm->field(job, "NodeList");
    m_slurm->crashNode(node);
    const std::int64_t kept = checkpointsOf(run).back();
    QVERIFY(test::becomes([&] { return m_slurm->field(job, "Restarts") == "1"; }, 60s));
    m_slurm->start(node);
    QVERIFY(test::comesTo(run, RunStatus::Finished, 90s));
    QCOMPARE(test::faultOf(run, 12, 10), QString());
    for (const RunEvent& event : test::look(run).events)
        if (event.kind == "resumed")
            QCOMPARE(event.step, kept);
}

QTEST_GUILESS_MAIN(TestSlurm)
#include "tst_real_slurm.moc"
