#include "core/base/file.h"
#include "core/base/process.h"
#include "core/command/predict/folder_watch.h"
#include "core/io/source.h"
#include "core/run/shipped_model.h"
#include "tests/support/rig.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace embellie;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

using Clock = FolderWatch::Clock;

void write(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

/// Resident memory of a process, in MB.
double residentMb(pid_t process) {
    std::istringstream lines(readFile("/proc/" + std::to_string(process) + "/status"));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6)) / 1024;
    return 0;
}

std::optional<pid_t> childOf(pid_t parent) {
    const std::string number = std::to_string(parent);
    std::ifstream list("/proc/" + number + "/task/" + number + "/children");
    pid_t child = 0;
    return list >> child ? std::optional(child) : std::nullopt;
}

/// `embellie-cli predict --watch` while it lives.
class Watching {
public:
    Watching(const fs::path& home, std::vector<std::string> arguments) {
        ProcessRequest request;
        request.program = programFolder() / "embellie-cli";
        arguments.insert(arguments.begin(), "predict");
        for (const char* word : {"--watch", "in", "--output", "out", "--every", "0.2"})
            arguments.emplace_back(word);
        request.arguments = std::move(arguments);
        request.workingFolder = home;
        request.environment["XDG_CONFIG_HOME"] = home.string();
        request.environment["XDG_CACHE_HOME"] = (home / "cache").string();
        request.log = home / "log";
        m_home = home;
        fs::create_directories(home / "in");
        pid = startProcess(request);
    }
    ~Watching() {
        if (pid > 0)
            end(SIGKILL);
    }
    int end(int signal) {
        ::kill(pid, signal);
        int status = 0;
        ::waitpid(pid, &status, 0);
        pid = 0;
        return status;
    }
    std::string log() const { return fs::exists(m_home / "log") ? readFile(m_home / "log") : std::string(); }
    bool hasResult(const std::string& name) const { return fs::exists(m_home / "out" / name); }
    int told(const std::string& words) const {
        const std::string all = log();
        int count = 0;
        for (std::size_t at = all.find(words); at != std::string::npos; at = all.find(words, at + 1))
            ++count;
        return count;
    }
    pid_t pid = 0;

private:
    fs::path m_home;
};

} // namespace

class TestWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileIsDueOnceItStandsStill() {
        const test::ScratchFolder folder, results;
        FolderWatch watch(folder.path(), results.path(), 2s);
        const Clock::time_point begin{};
        QVERIFY(!watch.next(begin));
        write(folder / "a", "half");
        QVERIFY(!watch.next(begin + 1s));
        QVERIFY(!watch.next(begin + 2900ms));
        write(folder / "a", "half and more");
        QVERIFY(!watch.next(begin + 3100ms)); // it grew: from the beginning
        QVERIFY(!watch.next(begin + 5s));
        const auto due = watch.next(begin + 5100ms);
        QVERIFY(due && *due == folder / "a");
        QVERIFY(watch.next(begin + 5200ms)); // until it is handled
        watch.handled(*due);
        QVERIFY(!watch.next(begin + 60s));
        write(folder / "a", "another one");
        QVERIFY(!watch.next(begin + 61s));
        QVERIFY(watch.next(begin + 63s));
    }

    void copiesUnderWayAndEmptyFilesAreLeftAlone() {
        const test::ScratchFolder folder, results;
        FolderWatch watch(folder.path(), results.path(), 0s);
        for (const char* name : {".a.h5.xY3", "b.h5.part", "c.tmp", "d.filepart", "e~"})
            write(folder / name, "x");
        write(folder / "empty", "");
        fs::create_directory(folder / "inner");
        QVERIFY(!watch.next(Clock::now()));
        fs::rename(folder / "b.h5.part", folder / "b.h5");
        QVERIFY(watch.next(Clock::now()) == folder / "b.h5");
    }

    // An archive of many files is not looked through for each of them; what came meanwhile is found a while
    // later.
    void whatIsDueIsRememberedForAWhile() {
        const test::ScratchFolder folder, results;
        FolderWatch watch(folder.path(), results.path(), 0s, 5s);
        const auto now = fs::file_time_type::clock::now();
        for (const auto& [name, minutes] : {std::pair("a", 30), {"b", 20}, {"c", 10}}) {
            write(folder / name, name);
            fs::last_write_time(folder / name, now - std::chrono::minutes(minutes));
        }
        const Clock::time_point begin = Clock::now();
        QVERIFY(watch.next(begin) == folder / "c");
        watch.handled(folder / "c");
        write(folder / "newer", "x");
        write(folder / "a", "longer than before"); // changed: not due before it is looked at again
        QVERIFY(watch.next(begin + 1s) == folder / "b");
        watch.handled(folder / "b");
        const auto next = watch.next(begin + 2s); // nothing else is known to be due, so it looks
        QVERIFY(next == folder / "newer" || next == folder / "a");
        write(folder / "newest", "x");
        fs::last_write_time(folder / "newest", now + std::chrono::minutes(1));
        QVERIFY(watch.next(begin + 3s) != folder / "newest");
        QVERIFY(watch.next(begin + 600s) == folder / "newest");
    }

    // After a night without the program, what came last comes first, and what has its result is done.
    void theNewestComesFirstAndWhatHasAResultIsDone() {
        const test::ScratchFolder folder, results;
        const auto now = fs::file_time_type::clock::now();
        for (const auto& [name, minutes] :
             {std::pair("old", 30), {"newest", 5}, {"done", 1}, {"redone", 2}}) {
            write(folder / name, "x");
            fs::last_write_time(folder / name, now - std::chrono::minutes(minutes));
        }
        write(results / "done", "result");
        write(results / "redone", "result of an older file");
        fs::last_write_time(results / "redone", now - 10min);
        FolderWatch watch(folder.path(), results.path(), 0s);
        std::vector<std::string> order;
        while (const auto due = watch.next(Clock::now())) {
            order.push_back(due->filename().string());
            watch.handled(*due);
        }
        QVERIFY(order == (std::vector<std::string>{"redone", "newest", "old"}));
    }

    void wrongUseIsTold() {
        const test::ScratchFolder folder;
        fs::create_directory(folder / "in");
        const auto refused = [&](const std::vector<std::string>& arguments) {
            ProcessRequest request;
            request.program = programFolder() / "embellie-cli";
            request.arguments = {"predict", "--method", "despeckle"};
            request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
            request.workingFolder = folder.path();
            return runProcess(request);
        };
        for (const auto& [arguments, said] :
             {std::pair(std::vector<std::string>{"--watch", "away", "--output", "out"},
                        "no folder to be watched"),
              {{"--watch", "in", "--output", "in"}, "would be cleaned again"},
              {{"--watch", "in", "x.h5", "--output", "out"}, "either files, or a folder"},
              {{"--output", "out"}, "either files, or a folder"}}) {
            const ProcessResult result = refused(arguments);
            QCOMPARE(result.status, 2);
            QVERIFY2(result.errors.find(said) != std::string::npos, result.errors.c_str());
        }
    }

    // A method cleans in the same process: whole files within ten seconds, half ones when they are whole,
    // broken ones told once, and a plain end on SIGTERM.
    void whatArrivesIsCleanedAndWhatIsBrokenIsToldOnce() {
        const test::ScratchFolder folder;
        const test::Person person(folder.path());
        const std::string volume = readFile(fs::directory_iterator(person.makeScene())->path());
        Watching watching(folder.path(), {"--method", "despeckle"});
        write(folder / "in" / "whole.h5", volume);
        write(folder / "in" / "broken.h5", volume.substr(0, 5000));
        write(folder / "in" / "half.h5", volume.substr(0, volume.size() / 2));
        QTest::qSleep(1000); // a copy that goes on in time
        write(folder / "in" / "half.h5", volume);
        QVERIFY2(test::becomes(
                     [&] { return watching.hasResult("whole.h5") && watching.hasResult("half.h5"); }, 10s),
                 watching.log().c_str());
        QVERIFY2(test::becomes([&] { return watching.told("broken.h5") == 1; }, 10s), watching.log().c_str());
        write(folder / "in" / "broken.h5", volume); // sent again
        QVERIFY(test::becomes([&] { return watching.hasResult("broken.h5"); }, 10s));
        QTest::qSleep(600);
        const int status = watching.end(SIGTERM);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        QCOMPARE(watching.told("half.h5"), 1); // its result alone
        QCOMPARE(watching.told("the file is cut off"), 1);
        QCOMPARE(watching.told("whole.h5"), 1);
    }

#ifdef EMBELLIE_HAS_LEARNER
    // Latin-1, as old folders and their files are named; the members of an ensemble, too.
    void namesThatAreNoUtf8AreCleaned() {
        const test::ScratchFolder folder;
        const test::Person person(folder.path());
        const fs::path volume = fs::directory_iterator(person.makeScene())->path();
        fs::copy(*shippedModel("denoise"), folder / "r\xe9seau", fs::copy_options::recursive);
        Watching watching(folder.path(), {"--run", "shipped", "--run", "r\xe9seau"});
        const std::string name = "d\xe9\x62ut.h5";
        write(folder / "in" / name, readFile(volume));
        QVERIFY2(test::becomes([&] { return watching.hasResult(name); }, 30s), watching.log().c_str());
        const int status = watching.end(SIGTERM);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        Feedback feedback;
        const auto raw = openSource(volume), cleaned = openSource(folder / "out" / name);
        QCOMPARE(cleaned->describe().sweeps.size(), raw->describe().sweeps.size());
        QVERIFY(cleaned->describe().find("sweep_0/UNCERTAINTY")); // the member took part
    }

    void theServerEndsOnASignalWhileNobodyAsks_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void theServerEndsOnASignalWhileNobodyAsks() {
        QFETCH(int, signal);
        const test::ScratchFolder folder;
        ProcessRequest request;
        request.program = programFolder() / "embellie-learn";
        request.arguments = {"serve", shippedModel("denoise")->string()};
        const PipedProcess server = startPipedProcess(request);
        const std::string ask = R"({"file": "/missing.h5", "output": "/no.h5"})"
                                "\n";
        QCOMPARE(::write(server.input, ask.data(), ask.size()), static_cast<ssize_t>(ask.size()));
        char answer[1024];
        const ssize_t count = ::read(server.output, answer, sizeof answer);
        const std::string told(answer, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        QVERIFY2(told.find("missing.h5") != std::string::npos, told.c_str());
        QTest::qSleep(300); // it waits again
        ::kill(server.pid, signal);
        int status = -1;
        const bool isOver =
            test::becomes([&] { return ::waitpid(server.pid, &status, WNOHANG) == server.pid; }, 5s);
        if (!isOver) {
            ::kill(server.pid, SIGKILL);
            ::waitpid(server.pid, nullptr, 0);
        }
        for (const int end : {server.input, server.output, server.errors})
            ::close(end);
        QVERIFY(isOver && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }

    // A network of a run: 200 files, 20 of them broken (EMBELLIE_LONG_TESTS=1; else 16, 4 broken), a
    // predictor that is killed in between, and memory that stays what it was.
    void aNetworkCleansForDaysWithoutGrowing() {
        const bool isLong = qEnvironmentVariableIntValue("EMBELLIE_LONG_TESTS") == 1;
        const int files = isLong ? 200 : 16, everyBroken = isLong ? 10 : 4;
        const test::ScratchFolder folder;
        const test::Person person(folder.path());
        const fs::path scene = person.makeScene();
        const ProcessResult trained = person.cli(test::smallTraining(scene, folder / "run", 1, 3));
        QVERIFY2(trained.status == 0, trained.errors.c_str());
        const std::string volume = readFile(fs::directory_iterator(scene)->path());
        Watching watching(folder.path(), {"--run", "run"});
        const auto nameOf = [](int number) { return "f" + std::to_string(number) + ".h5"; };
        const auto isBroken = [&](int number) { return number % everyBroken == everyBroken - 1; };
        const auto isDone = [&](int number) {
            return isBroken(number) ? watching.told(nameOf(number)) == 1 : watching.hasResult(nameOf(number));
        };
        std::vector<double> learner, command;
        std::set<pid_t> served;
        const int group = isLong ? 25 : 4;
        for (int number = 0; number < files; ++number) {
            write(folder / "in" / nameOf(number),
                  isBroken(number) ? volume.substr(0, volume.size() / 3) : volume);
            if ((number + 1) % group != 0)
                continue;
            QVERIFY2(test::becomes(
                         [&] {
                             for (int one = number + 1 - group; one <= number; ++one)
                                 if (!isDone(one))
                                     return false;
                             return true;
                         },
                         10s + group * 1s),
                     watching.log().c_str());
            const std::optional<pid_t> child = childOf(watching.pid);
            QVERIFY(child);
            served.insert(*child);
            learner.push_back(residentMb(*child));
            command.push_back(residentMb(watching.pid));
        }
        QCOMPARE(served.size(), std::size_t(1)); // broken files kill nobody
        QVERIFY2(
            learner.back() < 1.03 * learner[learner.size() / 2] + 4,
            qPrintable(QString("%1 MB after %2 MB").arg(learner.back()).arg(learner[learner.size() / 2])));
        QVERIFY(command.back() < 1.03 * command[command.size() / 2] + 1);

        // Killed before a file or at it: a new one cleans that.
        write(folder / "in" / "after.h5", volume);
        ::kill(*served.begin(), SIGKILL);
        QVERIFY2(test::becomes([&] { return watching.hasResult("after.h5"); }, 15s), watching.log().c_str());
        QCOMPARE(watching.told("died"), 0);

        // Where all die on a file, it is told, and the next one is cleaned.
        write(folder / "in" / "deadly.h5", volume);
        QVERIFY2(test::becomes(
                     [&] {
                         if (const std::optional<pid_t> child = childOf(watching.pid))
                             ::kill(*child, SIGKILL);
                         return watching.told("died on this file") == 1;
                     },
                     30s),
                 watching.log().c_str());
        write(folder / "in" / "later.h5", volume);
        QVERIFY2(test::becomes([&] { return watching.hasResult("later.h5"); }, 15s), watching.log().c_str());
        QCOMPARE(watching.told("died"), 1);
        const std::optional<pid_t> last = childOf(watching.pid);
        QVERIFY(last);
        watching.end(SIGKILL); // nobody is left behind
        QVERIFY(test::becomes([&] { return !processIsAlive(*last); }, 5s));
        if (isLong)
            qInfo("learner: %.0f MB after the first files, %.0f MB at the end", learner.front(),
                  learner.back());
    }
#endif
};

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
