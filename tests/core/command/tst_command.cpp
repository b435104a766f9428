#include "core/base/file.h"
#include "core/base/process.h"
#include "core/command/settings_flags.h"
#include "core/io/odim/odim_writer.h"
#include "tests/core/command/call.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <clocale>
#include <csignal>
#include <set>
#include <sys/wait.h>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> Tiny{"--sim.rays", "60", "--sim.gates", "60", "--sim.elevations", "0.5,3"};

Answer simulateInto(const fs::path& folder, std::vector<std::string> more) {
    std::vector<std::string> words{"simulate", "--output", folder.string()};
    words.insert(words.end(), Tiny.begin(), Tiny.end());
    words.insert(words.end(), more.begin(), more.end());
    return call(words);
}

std::vector<std::string> filesOf(const fs::path& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder))
        files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

class TestCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        // No settings of the person who runs the tests.
        qputenv("XDG_CONFIG_HOME", "/nonexistent");
        qputenv("XDG_CONFIG_DIRS", "/nonexistent");
    }

    void everyCommandDescribesItself() {
        std::set<std::string> names;
        for (const Command* command : commands()) {
            QVERIFY2(names.insert(command->name).second, command->name.c_str());
            QVERIFY2(std::string(command->help.pattern).size() > 10, command->name.c_str());
            const Answer help = call({command->name, "--help"});
            QCOMPARE(help.status, 0);
            QVERIFY2(help.out.find("--json") != std::string::npos, command->name.c_str());
            QVERIFY(help.err.empty());
        }
        QVERIFY(names.contains("simulate") && names.contains("score"));
        const Answer all = call({"--help"});
        for (const std::string& name : names)
            QVERIFY(all.out.find(name) != std::string::npos);
        QVERIFY(call({"--version"}).out.starts_with("embellie-cli 0."));
    }

    void wrongUseIsOneSentenceAndStatus2_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("nothing") << QStringList{} << "--help";
        QTest::newRow("unknown command") << QStringList{"simulat"} << "perhaps simulate is meant";
        QTest::newRow("misspelt option")
            << QStringList{"score", "--refrence", "a"} << "perhaps --reference is meant";
        QTest::newRow("misspelt setting")
            << QStringList{"simulate", "--output", "x", "--sim.tims", "3"} << "perhaps --sim.times is meant";
        QTest::newRow("missing option") << QStringList{"simulate"} << "--output";
        QTest::newRow("outside the domain") << QStringList{"simulate", "--output", "x", "--sim.rays", "3"}
                                            << "sim.rays: 3 is under the limit of 8";
        QTest::newRow("choice") << QStringList{"score", "--reference", "a",    "--candidate",
                                               "b",     "--removed",   "maybe"}
                                << "maybe";
    }
    void wrongUseIsOneSentenceAndStatus2() {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        std::vector<std::string> plain;
        for (const QString& word : words)
            plain.push_back(word.toStdString());
        const Answer answer = call(plain);
        QCOMPARE(answer.status, 2);
        QVERIFY2(answer.err.find(part.toStdString()) != std::string::npos, answer.err.c_str());
        QCOMPARE(std::count(answer.err.begin(), answer.err.end(), '\n'), std::ptrdiff_t(1));
        QVERIFY(answer.out.empty());
        plain.push_back("--json");
        const Answer json = call(plain);
        QCOMPARE(json.status, 2);
        QVERIFY(nlohmann::json::parse(json.err)["error"]["message"].get<std::string>().size() > 10);
    }

    void whatCannotBeDoneIsOneSentenceAndStatus1() {
        const Answer answer =
            call({"score", "--reference", "/nowhere/a.h5", "--candidate", "/nowhere/a.h5", "--json"});
        QCOMPARE(answer.status, 1);
        QVERIFY(answer.out.empty());
        QCOMPARE(nlohmann::json::parse(answer.err)["error"]["file"].get<std::string>(),
                 std::string("/nowhere/a.h5"));
    }

    void theSameSeedGivesTheSameBytes() {
        const ScratchFolder scratch;
        QCOMPARE(simulateInto(scratch / "a", {"--seed", "9", "--sim.times", "2"}).status, 0);
        QCOMPARE(simulateInto(scratch / "b", {"--sim.seed", "9", "--sim.times", "3"}).status, 0);
        QCOMPARE(simulateInto(scratch / "c", {"--seed", "10", "--sim.times", "1"}).status, 0);
        const auto a = filesOf(scratch / "a"), b = filesOf(scratch / "b"), c = filesOf(scratch / "c");
        QCOMPARE(a.size(), std::size_t(2));
        QCOMPARE(fs::path(a[1]).filename().string(), std::string("simul_20240615_140500.h5"));
        for (std::size_t i = 0; i < 2; ++i) // more times do not change the first ones
            QVERIFY(readFile(a[i]) == readFile(b[i]));
        QVERIFY(readFile(a[0]) != readFile(c[0]));
    }

    void flagsOverrideTheFileInTheWorkingFolder() {
        const ScratchFolder scratch;
        writeFileAtomically(scratch / "embellie.toml", std::string_view("[sim]\ntimes = 2\nrays = 90\n"));
        const fs::path before = fs::current_path();
        fs::current_path(scratch.path());
        const Answer answer = call({"simulate", "--output", "o", "--sim.gates", "30", "--sim.elevations", "1",
                                    "--sim.rays=40", "--sim.band", "--json"});
        fs::current_path(before);
        QVERIFY2(answer.status == 0, answer.err.c_str());
        const auto json = nlohmann::json::parse(answer.out);
        QCOMPARE(json["files"].size(), std::size_t(2));
        QCOMPARE(json["settings"]["sim.rays"].get<int>(), 40);
        QCOMPARE(json["settings"]["sim.band"].get<bool>(), true);
    }

    // Files hold the rays of a sweep from any azimuth on, and either way round; gates of another length are
    // others.
    void scoresCompareWhatLiesAtOnePlace() {
        const ScratchFolder scratch;
        QCOMPARE(simulateInto(scratch / "a", {"--seed", "9", "--sim.times", "1"}).status, 0);
        const fs::path file = filesOf(scratch / "a").front();
        Feedback silent;
        const auto write = [&](const fs::path& to, int roll, bool back, double stretched) {
            OdimVolume volume;
            const auto source = openSource(file);
            volume.time = source->describe().time.begin;
            volume.site = *source->describe().site;
            for (const char* id : {"sweep_0/DBZH", "sweep_1/DBZH"}) {
                const Field field = source->read(id, {}, silent);
                Sweep sweep = *field.sweep();
                const int rays = int(sweep.rays.size());
                std::vector<float> values;
                std::vector<State> states;
                for (int row = 0; row < rays; ++row) {
                    const int from = ((back ? rays - 1 - row : row) + roll) % rays;
                    sweep.rays[std::size_t(row)] = field.sweep()->rays[std::size_t(from)];
                    for (std::size_t gate = 0; gate < sweep.gates; ++gate) {
                        values.push_back(field.values()[std::size_t(from) * sweep.gates + gate]);
                        states.push_back(field.states()[std::size_t(from) * sweep.gates + gate]);
                    }
                }
                sweep.gateMeters *= stretched;
                sweep.firstGateMeters *= stretched;
                volume.sweeps.push_back(
                    {{std::make_shared<Field>(field.quantity(), sweep, field.time(), values, states),
                      {},
                      {}}});
            }
            writeOdimVolume(to, volume, silent);
        };
        const auto csi = [&](const fs::path& candidate) {
            const Answer answer = call({"score", "--json", "--threshold", "-5", "--reference", file.string(),
                                        "--reference-array", "DBZH", "--candidate", candidate.string(),
                                        "--candidate-array", "DBZH"});
            return answer.status == 0
                       ? nlohmann::json::parse(answer.out)["thresholds"][0]["csi"].get<double>()
                       : -1;
        };
        write(scratch / "rolled.h5", 17, false, 1);
        write(scratch / "back.h5", 5, true, 1);
        write(scratch / "longer.h5", 0, false, 2);
        QCOMPARE(csi(scratch / "rolled.h5"), 1.0);
        QCOMPARE(csi(scratch / "back.h5"), 1.0);
        QCOMPARE(csi(scratch / "longer.h5"), -1.0); // no candidate has a reference
        const auto cells = [&](const std::vector<std::string>& candidates) {
            std::vector<std::string> words{"score",
                                           "--json",
                                           "--reference",
                                           file.string(),
                                           "--reference-array",
                                           "DBZH",
                                           "--candidate-array",
                                           "DBZH",
                                           "--candidate"};
            words.insert(words.end(), candidates.begin(), candidates.end());
            return nlohmann::json::parse(call(words).out)["cells"].get<int>();
        };
        const std::string rolled = (scratch / "rolled.h5").string(),
                          again = (scratch / "." / "rolled.h5").string();
        QCOMPARE(cells({rolled, again}), cells({rolled})); // named twice, counted once
    }

    void scoresOfTheTruthAgainstItselfArePerfect() {
        const ScratchFolder scratch;
        simulateInto(scratch / "a", {"--sim.times", "2"});
        const auto files = filesOf(scratch / "a");
        std::vector<std::string> words{"score", "--json",      "--threshold", "-5",
                                       "7",     "--raw-array", "TH",          "--reference"};
        words.insert(words.end(), files.begin(), files.end());
        words.push_back("--candidate");
        words.insert(words.end(), files.rbegin(), files.rend()); // pairs by time, not by order
        const Answer answer = call(words);
        QVERIFY2(answer.status == 0, answer.err.c_str());
        const auto json = nlohmann::json::parse(answer.out);
        QCOMPARE(json["cells"].get<int>(), 2 * 2 * 60 * 60);
        QCOMPARE(json["files"].get<int>(), 2);
        for (const auto& entry : json["thresholds"]) {
            QCOMPARE(entry["csi"].get<double>(), 1.0);
            QCOMPARE(entry["clutter_left"].get<double>(), 0.0);
        }
        QVERIFY(json["raw"]["thresholds"][0]["csi"].get<double>() < 0.95);
        QCOMPARE(json["error"]["rmse_db"].get<double>(), 0.0);
        words.erase(words.begin() + 1);
        const Answer table = call(words);
        QVERIFY(table.out.find("removes 100 % of what is not rain, loses 0 % of raw's rain") !=
                std::string::npos);
    }

    void filesWithoutAPartnerAreTold() {
        const ScratchFolder scratch;
        simulateInto(scratch / "a", {"--sim.times", "1"});
        simulateInto(scratch / "b", {"--sim.times", "1", "--sim.start", "2025-01-01"});
        const Answer answer = call(
            {"score", "--reference", filesOf(scratch / "a")[0], "--candidate", filesOf(scratch / "b")[0]});
        QCOMPARE(answer.status, 1);
        QVERIFY(answer.err.find("no candidate has a reference") != std::string::npos);
        const Answer array = call({"score", "--reference", filesOf(scratch / "a")[0], "--reference-array",
                                   "KDP", "--candidate", filesOf(scratch / "a")[0]});
        QCOMPARE(array.status, 1);
        QVERIFY(array.err.find("sweep_0/TH") != std::string::npos);
    }

    void referencesWithoutACandidateAreTold() {
        const ScratchFolder scratch;
        simulateInto(scratch / "a", {"--sim.times", "2"});
        const auto files = filesOf(scratch / "a");
        const Answer one = call({"score", "--reference", files[0], files[1], "--candidate", files[1]});
        QCOMPARE(one.status, 0);
        QVERIFY2(one.err.find("2 arrays of the references have no candidate") != std::string::npos,
                 one.err.c_str()); // two sweeps a file
        QVERIFY2(one.out.find(" of 2 sweeps in 1 file\n") != std::string::npos, one.out.c_str());
        const Answer all =
            call({"score", "--reference", files[0], files[1], "--candidate", files[1], files[0]});
        QVERIFY2(all.err.empty(), all.err.c_str());
        QVERIFY2(all.out.find(" of 4 sweeps in 2 files\n") != std::string::npos, all.out.c_str());
    }

    // Measured by another program: hits 44,741, misses 1,701, false alarms 60,975, CSI 0.417.
    void rawAvesnesHasItsKnownScores() {
        EMBELLIE_NEEDS_DATA();
        const auto files = filesOf(*dataFolder() / "odim" / "avesnes");
        std::vector<std::string> words{"score",
                                       "--json",
                                       "--threshold",
                                       "0",
                                       "--removed",
                                       "no-rain",
                                       "--reference-array",
                                       "sweep_0/DBZH",
                                       "--candidate-array",
                                       "sweep_0/TH",
                                       "--raw-array",
                                       "sweep_0/TH",
                                       "--reference"};
        words.insert(words.end(), files.begin(), files.end());
        words.push_back("--candidate");
        words.insert(words.end(), files.begin(), files.end());
        const Answer answer = call(words);
        QVERIFY2(answer.status == 0, answer.err.c_str());
        const auto score = nlohmann::json::parse(answer.out)["thresholds"][0];
        QCOMPARE(score["hits"].get<int>(), 44741);
        QCOMPARE(score["misses"].get<int>(), 1701);
        QCOMPARE(score["false_alarms"].get<int>(), 60975);
        QVERIFY(std::abs(score["csi"].get<double>() - 0.417) < 5e-4);
    }

    void numbersAreTheSameInFrench() {
        if (!std::setlocale(LC_ALL, "fr_FR.UTF-8"))
            QSKIP("needs the locale fr_FR.UTF-8 (Debian: locales-all)");
        const ScratchFolder scratch;
        const Answer french =
            simulateInto(scratch / "f", {"--sim.times", "1", "--sim.rain_rate", "1.5", "--json"});
        std::setlocale(LC_ALL, "C");
        const Answer plain =
            simulateInto(scratch / "c", {"--sim.times", "1", "--sim.rain_rate", "1.5", "--json"});
        QCOMPARE(nlohmann::json::parse(french.out)["settings"], nlohmann::json::parse(plain.out)["settings"]);
        QVERIFY(readFile(filesOf(scratch / "f")[0]) == readFile(filesOf(scratch / "c")[0]));
    }

    void anInterruptLeavesNothingHalfWritten() {
        const fs::path program = test::programFolder() / "embellie-cli";
        if (!fs::exists(program))
            QSKIP("needs embellie-cli in the build's bin folder");
        const ScratchFolder scratch;
        ProcessRequest request;
        request.program = program;
        request.arguments = {"simulate", "--output", (scratch / "o").string(), "--sim.times", "100000"};
        request.log = scratch / "log";
        const pid_t pid = startProcess(request);
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(scratch / "o") && !fs::is_empty(scratch / "o"), 20000);
        ::kill(pid, SIGINT);
        int status = 0;
        bool ended = false; // QTRY_VERIFY asks once more after the answer
        const auto hasEnded = [&] { return ended = ended || ::waitpid(pid, &status, WNOHANG) == pid; };
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), 20000);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 1);
        QVERIFY(readFile(scratch / "log").find("stopped as asked") != std::string::npos);
        for (const std::string& file : filesOf(scratch / "o"))
            QVERIFY2(file.ends_with(".h5") && fs::path(file).filename().string()[0] != '.', file.c_str());
    }
};

QTEST_GUILESS_MAIN(TestCommand)
#include "tst_command.moc"
