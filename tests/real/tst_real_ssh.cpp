#include "core/base/file.h"
#include "core/run/launch_record.h"
#include "core/run/mirror_link.h"
#include "tests/real/seen.h"

#include <QtTest>

#include <csignal>
#include <memory>
#include <regex>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int Endless = 5000; ///< epochs: somebody has to stop it

} // namespace

/// A laptop that shares no disk with the cluster, a real sshd between them, a real Slurm behind it.
class TestSsh : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void fromTheLaptopToTheScoresByOneLoginPerCommand();
    void aStoppedRunIsExtendedFromHereAndPredictionsWaitInTheFarQueue();
    void aCutLineIsSaidAndTheRunIsThereAgain();
    void aSilentLineIsSaidAndTheRunIsThereAgain();
    void aLaptopThatWasShutFindsItsRunWell();
    void theLoginShellMayTalkAndTheHostMayBeUnknown();

private:
    fs::path submit(const std::string& name, int epochs);
    /// `follow` in the background, and what it has said so far.
    pid_t follow(const fs::path& run);
    std::string said() const { return readFile(m_folder / "said.txt"); }
    /// Of any: a fast machine is beyond the first ones when the follower comes.
    bool tellsOfAnEpoch() const { return std::regex_search(said(), std::regex("epoch [0-9]+ of")); }
    bool nothingIsLeft() const;

    test::ScratchFolder m_folder;
    std::unique_ptr<test::SlurmRig> m_slurm;
    std::unique_ptr<test::SshdRig> m_far;
    std::unique_ptr<test::Person> m_laptop;
    fs::path m_scene;
};

void TestSsh::initTestCase() {
    EMBELLIE_NEEDS_SLURM();
    EMBELLIE_NEEDS_SSHD();
    m_laptop = std::make_unique<test::Person>(m_folder / "laptop");
    // As root the far side sees an empty folder where the laptop's home is.
    const fs::path hidden = test::canHideFolders() ? m_laptop->home() : fs::path();
    m_slurm =
        std::make_unique<test::SlurmRig>(test::SlurmRig::Options{.nodes = 1, .gpus = 2, .hidden = hidden});
    auto variables = m_slurm->variables();
    variables["EMBELLIE_RESOURCES"] = (test::sourceFolder() / "resources").string();
    m_far = std::make_unique<test::SshdRig>(variables, hidden);
    m_laptop->addSite("far", test::sshSite(m_far->config()));
    m_scene = m_laptop->makeScene();
}

void TestSsh::cleanup() {
    if (!m_far)
        return;
    for (const std::string& job : m_slurm->jobs())
        m_slurm->ask("scancel", {job});
    QVERIFY(test::becomes([&] { return m_slurm->left().empty(); }, 20s));
    QVERIFY2(nothingIsLeft(), "something of us is left on the far side");
}

bool TestSsh::nothingIsLeft() const {
    return test::becomes([&] { return m_far->left().empty() && m_far->connections().empty(); }, 20s);
}

fs::path TestSsh::submit(const std::string& name, int epochs) {
    const fs::path run = m_laptop->runs() / name;
    std::vector<std::string> words = test::smallTraining(m_scene, run, epochs, 10);
    words.insert(words.end(), {"--site", "far", "--detach"});
    const ProcessResult sent = m_laptop->cli(words);
    if (sent.status == 0)
        return run;
    qWarning("%s", sent.errors.c_str());
    return {};
}

pid_t TestSsh::follow(const fs::path& run) {
    fs::remove(m_folder / "said.txt");
    return m_laptop->start("embellie-cli", {"follow", run.string()}, m_folder / "said.txt");
}

void TestSsh::fromTheLaptopToTheScoresByOneLoginPerCommand() {
    constexpr int Epochs = 24; // some seconds on a fast machine too: the curve is to be seen growing
    const fs::path run = m_laptop->runs() / "whole";
    std::vector<std::string> words = test::smallTraining(m_scene, run, Epochs, 10);
    words.insert(words.end(), {"--site", "far"});
    // train follows until the end: submission, queue, curve and all by one login.
    const pid_t training = m_laptop->start("embellie-cli", words, m_folder / "said.txt");
    std::set<std::size_t> lengths;
    QVERIFY(test::becomes(
        [&] {
            if (isRunDirectory(run)) {
                const test::Seen seen = test::look(run);
                if (seen.status == RunStatus::Running)
                    lengths.insert(seen.events.size());
            }
            return !processIsAlive(training);
        },
        90s));
    QVERIFY2(lengths.size() >= 2, "the curve did not grow here while it worked there");
    QVERIFY2(said().find("epoch 24 of 24") != std::string::npos, said().c_str());
    QCOMPARE(m_far->logins(), 1);
    QVERIFY(nothingIsLeft());

    const auto mirror = readMirrorLink(run);
    QVERIFY(mirror);
    const fs::path there = mirror->run;
    QVERIFY2(there.string().starts_with(m_far->home().string() + "/embellie-runs"), there.c_str());
    QCOMPARE(test::faultOf(there, Epochs, 10), QString());
    for (const char* file : {"events.jsonl", "state.json", "split.json", "data.jsonl"})
        QVERIFY2(readFile(run / file) == readFile(there / file), file);
    // Data of the laptop was sent: what the far trainer read lies over there.
    QVERIFY(readFile(there / "data.jsonl").find(m_laptop->home().string()) == std::string::npos);

    std::vector<std::string> wanted{"predict", "--run", run.string(), "--output", "cleaned"};
    std::vector<std::string> judged{"score", "--reference"}, cleaned;
    for (const auto& entry : fs::directory_iterator(m_scene)) {
        wanted.push_back(entry.path().string());
        judged.push_back(entry.path().string());
        cleaned.push_back((m_laptop->home() / "cleaned" / entry.path().filename()).string());
    }
    const ProcessResult predicted = m_laptop->cli(wanted);
    QVERIFY2(predicted.status == 0, predicted.errors.c_str());
    // Not on the machine that one logs in to, but by a job of its own.
    const std::string job = readLaunchRecord(RunPaths{there}.predictions() / "1")->job;
    QVERIFY(!job.empty() && job != readLaunchRecord(there)->job);
    QVERIFY(test::becomes([&] { return m_slurm->state(job) == "COMPLETED"; }, 10s));
    judged.insert(judged.end(), {"--reference-array", "DBZH", "--candidate"});
    judged.insert(judged.end(), cleaned.begin(), cleaned.end());
    judged.insert(judged.end(),
                  {"--candidate-array", "DBZH", "--raw-array", "TH", "--threshold", "7", "--json"});
    const nlohmann::json scores = test::objectOf(m_laptop->cli(judged));
    QVERIFY(scores.contains("thresholds"));
    QCOMPARE(m_far->logins(), 2);
}

void TestSsh::aStoppedRunIsExtendedFromHereAndPredictionsWaitInTheFarQueue() {
    const int epochs = 40;
    const fs::path run = submit("extended", epochs);
    QVERIFY(!run.empty());
    const fs::path there = readMirrorLink(run)->run;
    QVERIFY(test::becomes([&] { return test::look(there).count("epoch") > 1; }, 40s));
    // Its job may go on more often: nothing is sent anew.
    const LaunchRecord first = *readLaunchRecord(there);
    const ProcessResult more = m_laptop->cli({"train", "--run", run.string(), "--extend", "3"});
    QVERIFY2(more.status == 0, more.errors.c_str());
    QVERIFY2(more.output.find("3 times more") != std::string::npos, more.output.c_str());
    QCOMPARE(readLaunchRecord(there)->resources.maxRequeues, first.resources.maxRequeues + 3);
    QCOMPARE(readLaunchRecord(there)->job, first.job);
    // One that has ended at a checkpoint goes on from it, by a job of its own.
    QVERIFY(m_laptop->cli({"stop", run.string()}).status == 0);
    QVERIFY(test::comesTo(there, RunStatus::Finished, 20s));
    QVERIFY(test::look(there).state.step < epochs * 10);
    QVERIFY(test::becomes([&] { return m_slurm->jobs().empty(); }, 10s));
    const ProcessResult extended = m_laptop->cli({"train", "--run", run.string(), "--extend", "1"}, 120s);
    QVERIFY2(extended.status == 0, extended.errors.c_str());
    QCOMPARE(test::faultOf(there, epochs, 10), QString());
    QCOMPARE(test::look(run).state.step, std::int64_t(epochs) * 10); // and so is its mirror
    QCOMPARE(test::look(run).state.attempt, 2);
    QVERIFY(readLaunchRecord(there)->job != first.job);
    QCOMPARE(readLaunchRecord(run)->job, readLaunchRecord(there)->job);

    const std::string other = m_slurm->ask(
        "sbatch", {"--parsable", "--gres=gpu:2", "--mem=100", "--output=/dev/null", "--wrap", "sleep 600"});
    QVERIFY(test::becomes([&] { return m_slurm->state(other) == "RUNNING"; }, 20s));
    fs::remove(m_folder / "said.txt");
    const pid_t predicting =
        m_laptop->start("embellie-cli",
                        {"predict", "--run", run.string(), fs::directory_iterator(m_scene)->path().string(),
                         "--output", "late"},
                        m_folder / "said.txt");
    QVERIFY2(test::becomes([&] { return said().find("waits in the queue") != std::string::npos; }, 30s),
             said().c_str());
    ::kill(predicting, SIGINT);
    QVERIFY(test::becomes([&] { return !processIsAlive(predicting); }, 20s));
    QVERIFY(test::becomes([&] { return m_slurm->jobs() == std::vector<std::string>{other}; }, 10s));
    QVERIFY(!fs::exists(m_laptop->home() / "late"));
}

void TestSsh::aCutLineIsSaidAndTheRunIsThereAgain() {
    const fs::path run = submit("cut", 60);
    QVERIFY(!run.empty());
    const pid_t follower = follow(run);
    QVERIFY2(test::becomes([&] { return tellsOfAnEpoch(); }, 40s), said().c_str());
    const int logins = m_far->logins();
    m_far->cut();
    QVERIFY(test::becomes([&] { return m_far->logins() > logins; }, 20s));
    QVERIFY(processIsAlive(follower));
    QVERIFY(test::look(run).status != RunStatus::Lost);
    QVERIFY(test::becomes([&] { return !processIsAlive(follower); }, 90s));
    QVERIFY2(said().find("epoch 60 of 60") != std::string::npos, said().c_str());
    QCOMPARE(m_far->logins(), logins + 1);
    QVERIFY(readFile(run / "events.jsonl") == readFile(fs::path(readMirrorLink(run)->run) / "events.jsonl"));
}

void TestSsh::aSilentLineIsSaidAndTheRunIsThereAgain() {
    const fs::path run = submit("silent", Endless);
    QVERIFY(!run.empty());
    const pid_t follower = follow(run);
    QVERIFY2(test::becomes([&] { return tellsOfAnEpoch(); }, 40s), said().c_str());
    m_far->freeze();
    // Within 20 s of silence it says so, and does not take the run for lost.
    QVERIFY2(test::becomes([&] { return said().find("no answer") != std::string::npos; }, 20s),
             said().c_str());
    QVERIFY(test::look(run).status != RunStatus::Lost);
    QVERIFY(processIsAlive(follower));
    m_far->thaw();
    const std::size_t before = test::look(run).events.size();
    QVERIFY(test::becomes([&] { return test::look(run).events.size() > before; }, 40s));
    const ProcessResult stopped = m_laptop->cli({"stop", run.string()});
    QVERIFY2(stopped.status == 0, stopped.errors.c_str());
    QVERIFY(test::becomes([&] { return !processIsAlive(follower); }, 40s));
    QCOMPARE(test::look(run).status, RunStatus::Finished);
}

void TestSsh::aLaptopThatWasShutFindsItsRunWell() {
    const fs::path run = submit("shut", 60);
    QVERIFY(!run.empty());
    const pid_t follower = follow(run);
    QVERIFY2(test::becomes([&] { return tellsOfAnEpoch(); }, 40s), said().c_str());
    ::kill(follower, SIGKILL);
    for (const pid_t process : test::processesWith("HOME", m_laptop->home().string())) // its ssh with it
        ::kill(process, SIGKILL);
    QVERIFY(nothingIsLeft());
    const fs::path there = readMirrorLink(run)->run;
    QVERIFY(test::comesTo(there, RunStatus::Finished, 60s));
    QVERIFY(test::look(run).status != RunStatus::Lost);

    const ProcessResult followed = m_laptop->cli({"follow", run.string()});
    QVERIFY2(followed.status == 0, followed.errors.c_str());
    QVERIFY(followed.output.find("epoch 60 of 60") != std::string::npos);
    QVERIFY(readFile(run / "events.jsonl") == readFile(there / "events.jsonl"));
}

void TestSsh::theLoginShellMayTalkAndTheHostMayBeUnknown() {
    writeFileAtomically(m_far->home() / ".bashrc", "echo 'Welcome to FAR'; echo '{\"id\":1}'\n");
    const fs::path run = m_laptop->runs() / "noisy";
    std::vector<std::string> words = test::smallTraining(m_scene, run, 1, 4);
    words.insert(words.end(), {"--site", "far"});
    const ProcessResult trained = m_laptop->cli(words);
    fs::remove(m_far->home() / ".bashrc");
    QVERIFY2(trained.status == 0, trained.errors.c_str());

    m_laptop->addSite("nowhere", "kind = \"ssh\"\nhost = \"no-such-host.invalid\"\n");
    words.back() = "nowhere";
    words[std::find(words.begin(), words.end(), "--run") - words.begin() + 1] =
        (m_laptop->runs() / "lost").string();
    const ProcessResult refused = m_laptop->cli(words, 60s);
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.errors.find("no-such-host.invalid") != std::string::npos, refused.errors.c_str());
}

QTEST_GUILESS_MAIN(TestSsh)
#include "tst_real_ssh.moc"
