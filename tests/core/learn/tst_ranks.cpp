// Several processes that learn one run together: the same result as one, and an end that says what happened
// when one of them is killed or hangs.

#include "core/learn/ranks.h"
#include "tests/core/learn/training_runs.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

using namespace embellie;
namespace fs = std::filesystem;
using test::epochLines;
using test::followed;
using test::learner;
using test::tinyRequest;
using test::waitFor;

namespace {

/// The folder where the ranks of a run meet; empty while there is none.
fs::path meeting(const fs::path& run) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(run / "ranks", ignored))
        return entry.path();
    return {};
}

pid_t rankPid(const fs::path& run, int rank) {
    const fs::path folder = meeting(run), file = folder / ("rank-" + std::to_string(rank));
    if (folder.empty() || !fs::exists(file))
        return 0;
    const auto words = nlohmann::json::parse(readFile(file), nullptr, false);
    return words.is_object() ? words.value("pid", 0) : 0;
}

/// Addresses (hexadecimal) on which a process listens, by its own descriptors.
std::set<std::string> listening(pid_t pid) {
    std::set<std::string> inodes, addresses;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd", ignored)) {
        const std::string target = fs::read_symlink(entry.path(), ignored).string();
        if (target.starts_with("socket:["))
            inodes.insert(target.substr(8, target.size() - 9));
    }
    for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::ifstream lines(table);
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            std::istringstream words(line);
            std::vector<std::string> fields;
            for (std::string word; words >> word;)
                fields.push_back(word);
            if (fields.size() > 9 && fields[3] == "0A" && inodes.contains(fields[9]))
                addresses.insert(fields[1].substr(0, fields[1].find(':')));
        }
    }
    return addresses;
}

/// -1 where there is none, as for a moment while the old ones are taken away under a reader's eyes.
std::int64_t newestCheckpoint(const fs::path& run) {
    const auto known = checkpointsOf(run);
    return known.empty() ? -1 : known.back();
}

/// Of all epochs' steps.
double stepSeconds(const fs::path& run) {
    double seconds = 0;
    const RunReader reader = followed(run);
    for (const RunEvent& event : reader.events())
        if (event.kind == "epoch")
            seconds += event.values.at("seconds");
    return seconds;
}

std::vector<double> trainingLosses(const fs::path& run) {
    std::vector<double> losses;
    const RunReader reader = followed(run);
    for (const RunEvent& event : reader.events())
        if (event.kind == "epoch")
            losses.push_back(event.values.at("training_loss"));
    return losses;
}

double greatestDifference(const std::vector<double>& a, const std::vector<double>& b) {
    double greatest = a.size() == b.size() && !a.empty() ? 0 : 1e9;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        greatest = std::max(greatest, std::abs(a[i] - b[i]) / std::abs(a[i]));
    return greatest;
}

} // namespace

class TestRanks : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;
    std::map<std::string, std::vector<std::string>> m_scene;

    fs::path newRun(const std::string& name, const std::map<std::string, std::string>& settings) {
        RunRequest request = tinyRequest("denoise", settings);
        request.data = m_scene;
        createRun(m_folder / name, request);
        return m_folder / name;
    }

    pid_t started(const fs::path& run) {
        ProcessRequest request = learner("train", run);
        request.log = run / "log.txt";
        return startProcess(request);
    }

    /// A run of two ranks, at work, with a checkpoint.
    pid_t atWork(const fs::path& run) {
        const pid_t pid = started(run);
        waitFor([&] { return !checkpointsOf(run).empty(); }, 60);
        return pid;
    }

    static int statusOf(pid_t pid) {
        int status = 0;
        ::waitpid(pid, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    static std::map<std::string, std::string> endless() {
        return {{"train.ranks", "2"},           {"train.batch", "2"},        {"train.epochs", "2000"},
                {"train.steps", "20"},          {"train.samples_kept", "0"}, {"train.rank_timeout", "3"},
                {"unet.normalisation", "group"}};
    }

private Q_SLOTS:
    void initTestCase() { m_scene = test::smallScene(m_folder.path()); }

    void placesComeFromUsOrFromSrun() {
        const auto among = [](std::map<std::string, std::string> variables) {
            return [variables](const char* name) -> std::optional<std::string> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional(found->second);
            };
        };
        QCOMPARE(rankPlace(among({})).size, 1);
        // The batch script knows the number of tasks as well, but is alone.
        QCOMPARE(rankPlace(among({{"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "2"}, {"SLURM_PROCID", "0"}})).size,
                 1);
        const RankPlace slurm = rankPlace(among({{"SLURM_JOB_ID", "7"},
                                                 {"SLURM_STEP_ID", "0"},
                                                 {"SLURM_STEP_NUM_TASKS", "4"},
                                                 {"SLURM_PROCID", "3"},
                                                 {"SLURM_LOCALID", "1"},
                                                 {"SLURM_RESTART_COUNT", "2"}}));
        QCOMPARE(slurm.rank, 3);
        QCOMPARE(slurm.size, 4);
        QCOMPARE(slurm.local, 1);
        QCOMPARE(slurm.meeting, std::string("slurm-7-2-0")); // a requeued job meets in another folder
        const RankPlace own = rankPlace(among({{"SLURM_JOB_ID", "7"},
                                               {"SLURM_STEP_ID", "0"},
                                               {"SLURM_STEP_NUM_TASKS", "1"},
                                               {"EMBELLIE_RANK", "1"},
                                               {"EMBELLIE_RANKS", "2"},
                                               {"EMBELLIE_MEETING", "m"}}));
        QCOMPARE(own.rank, 1);
        QCOMPARE(own.size, 2);
    }

    void twoRanksLearnWhatOneDoes_data() {
        QTest::addColumn<QString>("normalisation");
        QTest::addColumn<int>("accumulate");
        QTest::addColumn<int>("steps");
        QTest::newRow("statistics of the joint batch") << "batch" << 1 << 1;
        QTest::newRow("by groups, in parts") << "group" << 2 << 10;
    }
    // The sums of cells go over both: nothing but the order of additions differs.
    void twoRanksLearnWhatOneDoes() {
        QFETCH(QString, normalisation);
        QFETCH(int, accumulate);
        QFETCH(int, steps); // in the mean of an epoch
        std::map<std::string, std::string> settings{{"train.batch", "4"},
                                                    {"train.epochs", std::to_string(50 / steps)},
                                                    {"train.steps", std::to_string(steps)},
                                                    {"unet.dropout", "0"},
                                                    {"train.samples_kept", "0"},
                                                    {"train.learning_rate", "0.001"},
                                                    {"unet.normalisation", normalisation.toStdString()}};
        const std::string name = normalisation.toStdString();
        const fs::path one = newRun(name + "1", settings);
        settings["train.ranks"] = "2";
        settings["train.accumulate"] = std::to_string(accumulate);
        const fs::path two = newRun(name + "2", settings);
        for (const fs::path& run : {one, two}) {
            const ProcessResult result = runProcess(learner("train", run));
            QVERIFY2(result.status == 0, result.errors.c_str());
        }
        const std::vector<double> alone = trainingLosses(one), together = trainingLosses(two);
        QCOMPARE(alone.size(), static_cast<std::size_t>(50 / steps));
        const double difference = greatestDifference(alone, together);
        qInfo(
            "greatest relative difference of 50 losses: %g; steps of two ranks take %.2f of the time of one",
            difference, stepSeconds(two) / stepSeconds(one));
        QVERIFY(difference < 1e-4);
        QVERIFY(sha256(readFile(one / "checkpoints/50/weights.safetensors")) !=
                sha256(readFile(two / "checkpoints/50/weights.safetensors"))); // two sums, two roundings
        QVERIFY(meeting(two).empty()); // nothing is left where they met
        QVERIFY(followed(two).state()->device.find("2 processes") != std::string::npos);
    }

    // One rank has one sample of three, the other two: both compute them in as many parts.
    void unevenSharesAreComputedInTheSameParts() {
        const fs::path run = newRun("uneven", {{"train.ranks", "2"},
                                               {"train.batch", "3"},
                                               {"train.accumulate", "2"},
                                               {"train.steps", "3"},
                                               {"train.epochs", "1"},
                                               {"train.rank_timeout", "20"}});
        const ProcessResult result = runProcess(learner("train", run));
        QVERIFY2(result.status == 0, result.errors.c_str());
        QVERIFY(followed(run).status() == RunStatus::Finished);
    }

    void interruptedAndContinuedTwoRanksAreTheSameBitForBit() {
        std::map<std::string, std::string> settings{
            {"train.ranks", "2"}, {"train.batch", "2"}, {"train.steps", "20"}, {"train.samples_kept", "0"}};
        const fs::path whole = newRun("whole", settings), cut = newRun("cut", settings);
        QCOMPARE(runProcess(learner("train", whole)).status, 0);
        const pid_t pid = started(cut);
        QVERIFY(waitFor([&] { return followed(cut).status() == RunStatus::Running; }, 60));
        ::kill(pid, SIGUSR1);
        QCOMPARE(statusOf(pid), 75);
        QVERIFY(followed(cut).status() == RunStatus::Waiting);
        QVERIFY(!checkpointsOf(cut).empty());
        QCOMPARE(runProcess(learner("train", cut)).status, 0);
        QVERIFY(epochLines(cut) == epochLines(whole));
        QVERIFY(sha256(readFile(cut / "checkpoints/60/weights.safetensors")) ==
                sha256(readFile(whole / "checkpoints/60/weights.safetensors")));
    }

    void socketsAreOfLoopbackAndOnlyWhileItRuns() {
        const fs::path run = newRun("sockets", endless());
        const pid_t pid = atWork(run);
        struct stat status {};
        QCOMPARE(::lstat(meeting(run).c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0700));
        for (const int rank : {0, 1})
            for (const std::string& address : listening(rankPid(run, rank)))
                QVERIFY2(address == "0100007F", address.c_str());
        QVERIFY(listening(pid).empty());
        const std::set<pid_t> ranks{rankPid(run, 0), rankPid(run, 1)};
        requestStop(run, false);
        QCOMPARE(statusOf(pid), 0);
        QVERIFY(followed(run).status() == RunStatus::Finished);
        QVERIFY(meeting(run).empty());
        for (const pid_t rank : ranks)
            QVERIFY(rank > 0 && !processIsAlive(rank));
    }

    void aLostRankEndsTheRunWithASentence_data() {
        QTest::addColumn<int>("rank");
        QTest::addColumn<int>("signal");
        QTest::addColumn<QString>("words");
        QTest::newRow("the second is killed") << 1 << SIGKILL << "process 2 of 2";
        QTest::newRow("the first is killed") << 0 << SIGKILL << "process 1 of 2";
        QTest::newRow("the second hangs") << 1 << SIGSTOP << "no sign of life";
        QTest::newRow("the first hangs") << 0 << SIGSTOP << "no sign of life";
    }
    void aLostRankEndsTheRunWithASentence() {
        QFETCH(int, rank);
        QFETCH(int, signal);
        QFETCH(QString, words);
        const fs::path run = newRun(QTest::currentDataTag(), endless());
        const pid_t pid = atWork(run), lost = rankPid(run, rank), other = rankPid(run, 1 - rank);
        QVERIFY2(lost > 0 && other > 0, readFile(run / "log.txt").c_str());
        QElapsedTimer clock;
        clock.start();
        ::kill(lost, signal);
        const int status = statusOf(pid);
        QVERIFY2(status == 75, qPrintable(QString::number(status) + readFile(run / "log.txt").c_str()));
        QVERIFY2(clock.elapsed() < 15'000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(!processIsAlive(lost) && !processIsAlive(other));
        const RunReader reader = followed(run);
        QVERIFY2(reader.state() && reader.status() == RunStatus::Waiting, readFile(run / "log.txt").c_str());
        const QString reason = QString::fromStdString(reader.state()->reason);
        QVERIFY2(reason.contains(words) && reason.contains("continued"), qPrintable(reason));
        QVERIFY(reader.events().back().kind == "ended");
        // It goes on from its last checkpoint.
        const std::int64_t known = newestCheckpoint(run);
        const pid_t again = started(run);
        QVERIFY(waitFor([&] { return newestCheckpoint(run) > known; }, 60));
        requestStop(run, false);
        QCOMPARE(statusOf(again), 0);
        QCOMPARE(followed(run).state()->attempt, 2);
    }

    // Gloo writes without MSG_NOSIGNAL: a rank that died between two of its writes must not take the others
    // along.
    void aBrokenSocketIsNoEndWithoutAWord() {
        const fs::path run = newRun("broken", endless());
        const pid_t pid = atWork(run);
        for (const int rank : {0, 1}) {
            QVERIFY2(rankPid(run, rank) > 0, readFile(run / "log.txt").c_str());
            ::kill(rankPid(run, rank), SIGPIPE);
        }
        const std::int64_t known = newestCheckpoint(run);
        QVERIFY2(waitFor([&] { return newestCheckpoint(run) > known; }, 60),
                 readFile(run / "log.txt").c_str());
        requestStop(run, false);
        QCOMPARE(statusOf(pid), 0);
    }

    void ranksEndWithTheirParent() {
        const fs::path run = newRun("orphans", endless());
        const pid_t pid = atWork(run), first = rankPid(run, 0), second = rankPid(run, 1);
        ::kill(pid, SIGKILL);
        QCOMPARE(statusOf(pid), 128 + SIGKILL);
        QVERIFY(waitFor([&] { return !processIsAlive(first) && !processIsAlive(second); }, 20));
        QVERIFY(followed(run).status() == RunStatus::Waiting); // ended at a checkpoint, not lost
    }

    void aRanksOwnFailureIsTheRunsSentence() {
        auto settings = endless();
        settings["train.batch"] = "1";
        const fs::path run = newRun("too few", settings);
        const pid_t pid = started(run);
        QCOMPARE(statusOf(pid), 1);
        const RunReader reader = followed(run);
        QVERIFY(reader.status() == RunStatus::Failed);
        QVERIFY2(reader.state()->reason.find("share a batch of 1") != std::string::npos,
                 reader.state()->reason.c_str());
    }

    void aFolderOfOthersIsNoPlaceToMeet() {
        const fs::path run = newRun("open", endless());
        fs::create_directory(run / "ranks");
        ::chmod((run / "ranks").c_str(), 0755);
        const pid_t pid = started(run);
        QCOMPARE(statusOf(pid), 1);
        const RunReader reader = followed(run);
        QVERIFY(reader.state() && reader.state()->reason.find("0700") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestRanks)
#include "tst_ranks.moc"
