#include "core/base/file.h"
#include "core/run/launch_record.h"
#include "tests/real/seen.h"

#include <QtTest>

#include <csignal>
#include <memory>
#include <sys/stat.h>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// Two ranks under Slurm, over Gloo on two cores.
class TestRanks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void twoRanksLearnWhatOneProcessLearns();
    void ranksMeetInAFolderOfTheirOwnAndListenOnThisMachineAlone();
    void aKilledRankIsASentenceAndTheJobGoesOn() { loseRank(SIGKILL); }
    void aHungRankIsASentenceAndTheJobGoesOn() { loseRank(SIGSTOP); }
    void ranksWhoseMemoryDoesNotSufficeGoOnWithMoreParts_data();
    void ranksWhoseMemoryDoesNotSufficeGoOnWithMoreParts();

private:
    fs::path submit(const std::string& name, int ranks, int epochs, int steps,
                    std::vector<std::string> more = {});
    std::vector<pid_t> ranksOf(const fs::path& run) const;
    void loseRank(int signal);

    test::ScratchFolder m_folder;
    std::unique_ptr<test::SlurmRig> m_slurm;
    std::unique_ptr<test::Person> m_person;
    fs::path m_scene;
};

void TestRanks::initTestCase() {
    EMBELLIE_NEEDS_SLURM();
    m_slurm = std::make_unique<test::SlurmRig>(test::SlurmRig::Options{});
    m_person = std::make_unique<test::Person>(m_folder / "home", m_slurm->variables());
    m_person->addSite("rig", test::slurmSite());
    m_scene = m_person->makeScene();
}

void TestRanks::cleanup() {
    if (!m_slurm)
        return;
    for (const std::string& job : m_slurm->jobs())
        m_slurm->ask("scancel", {job});
    QVERIFY(test::becomes([&] { return m_slurm->left().empty(); }, 20s));
}

fs::path TestRanks::submit(const std::string& name, int ranks, int epochs, int steps,
                           std::vector<std::string> more) {
    const fs::path run = m_person->runs() / name;
    std::vector<std::string> words = test::smallTraining(m_scene, run, epochs, steps);
    words.insert(words.end(),
                 {"--site", "rig", "--detach", "--train.batch", "4", "--gpus", std::to_string(ranks)});
    words.insert(words.end(), more.begin(), more.end());
    const ProcessResult sent = m_person->cli(words);
    if (sent.status == 0)
        return run;
    qWarning("%s", sent.errors.c_str());
    return {};
}

/// Rank 0 first.
std::vector<pid_t> TestRanks::ranksOf(const fs::path& run) const {
    std::vector<pid_t> found;
    const std::string job = readLaunchRecord(run)->job;
    for (const char* rank : {"0", "1"}) {
        const std::vector<pid_t> of = test::processesWith("SLURM_PROCID", rank);
        for (const pid_t process : test::processesWith("SLURM_JOB_ID", job))
            if (std::find(of.begin(), of.end(), process) != of.end() &&
                fs::read_symlink("/proc/" + std::to_string(process) + "/exe").filename() == "embellie-learn")
                found.push_back(process);
    }
    return found;
}

void TestRanks::twoRanksLearnWhatOneProcessLearns() {
    // An epoch is one step, so that the loss of each of the 50 steps is in the curve.
    std::vector<std::vector<double>> losses;
    std::vector<double> seconds;
    for (const int ranks : {1, 2}) {
        const fs::path run = submit("joint" + std::to_string(ranks), ranks, 50, 1);
        QVERIFY(!run.empty());
        QVERIFY(test::comesTo(run, RunStatus::Finished, 120s));
        std::vector<double> loss;
        TimePoint first{}, last{};
        for (const RunEvent& event : test::look(run).events)
            if (event.kind == "epoch") {
                loss.push_back(event.values.at("training_loss"));
                (loss.size() == 1 ? first : last) = event.time;
            }
        losses.push_back(loss);
        seconds.push_back(std::chrono::duration<double>(last - first).count());
    }
    QCOMPARE(losses[0].size(), std::size_t(50));
    QCOMPARE(losses[1].size(), std::size_t(50));
    double worst = 0;
    for (std::size_t step = 0; step < 50; ++step)
        worst = std::max(worst, std::abs(losses[1][step] / losses[0][step] - 1));
    QVERIFY2(worst <= 1e-4, qPrintable(QString("the losses differ by %1").arg(worst)));
    QVERIFY2(losses[0].back() < losses[0].front(), "nothing was learnt");
    qInfo("50 losses differ by %.1e at the most; two ranks take %.2f of the time of one", worst,
          seconds[1] / seconds[0]);
}

void TestRanks::ranksMeetInAFolderOfTheirOwnAndListenOnThisMachineAlone() {
    const fs::path run = submit("met", 2, 5000, 10);
    QVERIFY(!run.empty());
    QVERIFY(test::becomes([&] { return test::look(run).count("epoch") > 0; }, 40s));
    const std::vector<pid_t> ranks = ranksOf(run);
    QCOMPARE(ranks.size(), std::size_t(2));
    int meetings = 0;
    for (const auto& entry : fs::directory_iterator(run / "ranks")) {
        struct stat status {};
        QCOMPARE(::stat(entry.path().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0700));
        ++meetings;
    }
    QVERIFY(meetings > 0);
    for (const pid_t rank : ranks)
        for (const std::string& address : test::listensOn(rank))
            QVERIFY2(address.starts_with("0100007F:"), address.c_str());
    QVERIFY(m_person->cli({"stop", run.string()}).status == 0);
    QVERIFY(test::comesTo(run, RunStatus::Finished, 30s));
    QVERIFY(test::becomes([&] { return ranksOf(run).empty(); }, 10s));
}

void TestRanks::loseRank(int signal) {
    const fs::path run =
        submit(signal == SIGKILL ? "killed" : "hung", 2, 12, 10, {"--train.rank_timeout", "10"});
    QVERIFY(!run.empty());
    QVERIFY(test::becomes([&] { return test::look(run).count("checkpoint") > 1; }, 40s));
    const std::vector<pid_t> ranks = ranksOf(run);
    QCOMPARE(ranks.size(), std::size_t(2));
    QCOMPARE(::kill(ranks[1], signal), 0);
    // The other one says so, ends, and the job is put back into the queue under its number.
    const std::string job = readLaunchRecord(run)->job;
    QVERIFY(test::becomes([&] { return m_slurm->field(job, "Restarts") == "1"; }, 45s));
    const std::string log = test::logOf(run);
    bool told = log.find("rank 1") != std::string::npos;
    for (const RunEvent& event : test::look(run).events)
        told = told || event.text.find("1") != std::string::npos;
    QVERIFY2(told, log.c_str());
    QVERIFY(test::comesTo(run, RunStatus::Finished, 90s));
    QCOMPARE(test::faultOf(run, 12, 10), QString());
    QCOMPARE(readLaunchRecord(run)->job, job);
}

void TestRanks::ranksWhoseMemoryDoesNotSufficeGoOnWithMoreParts_data() {
    QTest::addColumn<QString>("site");
    QTest::newRow("here") << "local";
    QTest::newRow("Slurm") << "rig";
}

void TestRanks::ranksWhoseMemoryDoesNotSufficeGoOnWithMoreParts() {
    QFETCH(QString, site);
    const fs::path run = m_person->runs() / ("tight " + site.toStdString());
    std::vector<std::string> words = test::smallTraining(m_scene, run, 2, 4);
    // Too little for the 16 samples of a rank at once, enough for a part of them.
    words.insert(words.end(), {"--site", site.toStdString(), "--train.batch", "32", "--train.ranks", "2",
                               "--train.memory_limit", "0.08"});
    if (site == QLatin1String("rig"))
        words.insert(words.end(), {"--gpus", "2"});
    // Whoever follows it sees it through to its end, although it begins anew in between.
    const ProcessResult trained = m_person->cli(words, 120s);
    QVERIFY2(trained.status == 0, trained.errors.c_str());
    QCOMPARE(test::faultOf(run, 2, 4), QString());
    const test::Seen seen = test::look(run);
    QVERIFY(seen.state.attempt > 1);
    const auto memory = nlohmann::json::parse(readFile(run / "memory.json"));
    const int parts = memory.at("parts");
    QVERIFY(parts >= 2 && parts <= 16);
    const std::string said = readFile(RunPaths{run}.events());
    QVERIFY2(said.find("each batch of 32 is computed in " + std::to_string(parts) + " parts") !=
                 std::string::npos,
             said.c_str());
    if (site == QLatin1String("rig"))
        QCOMPARE(m_slurm->field(readLaunchRecord(run)->job, "Restarts"),
                 std::to_string(seen.state.attempt - 1));
}

QTEST_GUILESS_MAIN(TestRanks)
#include "tst_real_ranks.moc"
