// days and rounds, as a shell calls them, on a simulated radar with rain gauges.

#include "core/base/file.h"
#include "core/io/source.h"
#include "core/run/run_directory.h"
#include "core/run/start_weights.h"
#include "tests/core/command/call.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

double rainyShare(const fs::path& file) {
    Feedback feedback;
    return openSource(file)->read("sweep_0/DBZH", {}, feedback).coverage();
}

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::vector<std::string> rainOf(const fs::path& run) {
    return readRunRequest(run).data.at("rain");
}

} // namespace

class TestRounds : public QObject {
    Q_OBJECT
    ScratchFolder m_folder;
    std::string path(const char* name) const { return (m_folder / name).string(); }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", "/nonexistent");
        qputenv("XDG_CONFIG_DIRS", "/nonexistent");
        const Answer made = call({"simulate",
                                  "--output",
                                  path("truth"),
                                  "--raw",
                                  path("raw"),
                                  "--gauges",
                                  path("gauges.csv"),
                                  "--seed",
                                  "3",
                                  "--sim.rays",
                                  "120",
                                  "--sim.gates",
                                  "48",
                                  "--sim.gate_length",
                                  "2000",
                                  "--sim.elevations",
                                  "0.5",
                                  "--sim.moments",
                                  "false",
                                  "--sim.times",
                                  "48",
                                  "--sim.interval",
                                  "30",
                                  "--sim.dry_share",
                                  "0.5",
                                  "--sim.spell",
                                  "4",
                                  "--sim.gauges",
                                  "30"});
        QVERIFY2(made.status == 0, made.err.c_str());
    }

    void rawFilesHoldNoTruth() {
        const auto source = openSource(*fs::directory_iterator(path("raw")));
        QCOMPARE(source->describe().arrays.size(), std::size_t(1));
        QCOMPARE(source->describe().arrays[0].quantity.id, std::string("TH"));
    }

    void gaugesTellDryFromWetAsTheTruthDoes() {
        const Answer done = call({"days", path("raw"), "--gauges", path("gauges.csv"), "--distance", "90",
                                  "--output", path("days.txt"), "--json"});
        QVERIFY2(done.status == 0, done.err.c_str());
        const auto volumes = nlohmann::json::parse(done.out)["volumes"];
        QCOMPARE(volumes.size(), std::size_t(48));
        std::map<std::string, int> counts;
        double wettest = 0, sum = 0;
        for (const auto& volume : volumes) {
            const std::string kind = volume["kind"];
            ++counts[kind];
            const fs::path raw = volume["files"][0].get<std::string>();
            const double share = rainyShare(path("truth") / raw.filename());
            if (kind == "dry")
                wettest = std::max(wettest, share);
            else if (kind == "wet")
                sum += share; // a shower may end before or begin after the volume
        }
        QVERIFY2(wettest < 0.005, qPrintable(QString::number(wettest)));
        QVERIFY2(sum / counts["wet"] > 0.05, qPrintable(QString::number(sum / counts["wet"])));
        QVERIFY2(counts["dry"] >= 8 && counts["wet"] >= 8, done.out.c_str());
    }

    void aListThatMayBeCorrectedIsNotReplacedUnasked() {
        const std::vector<std::string> words{"days",     path("raw"),     "--gauges", path("gauges.csv"),
                                             "--output", path("days.txt")};
        QCOMPARE(call(words).status, 1);
        const Answer printed = call({"days", path("raw"), "--gauges", path("gauges.csv"), "--all"});
        QCOMPARE(printed.status, 0);
        QVERIFY2(QString::fromStdString(printed.out).contains("gauges had rain, up to"), printed.out.c_str());
    }

#ifdef EMBELLIE_HAS_LEARNER
    void eachRoundLearnsFromWhatTheOneBeforeCleaned() {
        const std::string folder = path("rounds");
        std::vector<std::string> words{"rounds",   "--days", path("days.txt"), "--run", folder,
                                       "--rounds", "1"};
        for (const char* setting : {"--train.epochs",
                                    "1",
                                    "--train.steps",
                                    "20",
                                    "--train.batch",
                                    "1",
                                    "--train.threads",
                                    "1",
                                    "--train.workers",
                                    "1",
                                    "--unet.width",
                                    "4",
                                    "--unet.depth",
                                    "2",
                                    "--denoise.gates",
                                    "32",
                                    "--denoise.gate_meters",
                                    "2000",
                                    "--denoise.varied_scenes",
                                    "0",
                                    "--denoise.validation_fields",
                                    "2"})
            words.push_back(setting);
        const Answer done = call(words);
        QVERIFY2(done.status == 0, done.err.c_str());
        const fs::path first = m_folder / "rounds/1", second = m_folder / "rounds/2",
                       cleaned = m_folder / "rounds/cleaned-1";
        QVERIFY(rainOf(first).size() >= 8);
        QVERIFY(!fs::exists(cleaned)); // nobody learns from it

        // Gone on with, and one more: what is done is not done again.
        const std::string events = readFile(first / "events.jsonl");
        const Answer more = call({"rounds", "--run", folder, "--resume", "--rounds", "2", "--json"});
        QVERIFY2(more.status == 0, more.err.c_str());
        QCOMPARE(nlohmann::json::parse(more.out)["rounds"].size(), std::size_t(2));
        QCOMPARE(readFile(first / "events.jsonl"), events);
        QCOMPARE(filesIn(cleaned), rainOf(first).size());
        QCOMPARE(rainOf(second), std::vector<std::string>{cleaned.string()});
        QCOMPARE(readRunRequest(second).data.at("clutter"), readRunRequest(first).data.at("clutter"));
        QCOMPARE(readRunRequest(second).data.at(StartRole),
                 std::vector<std::string>{(first / "weights.safetensors").string()});

        // What the second network took for rain is the cleaned reflectivity, not the raw one beside it.
        const auto source = openSource(*fs::directory_iterator(cleaned));
        Feedback feedback;
        const FieldSummary kept = summarise(source->read("sweep_0/DBZH", {}, feedback)),
                           raw = summarise(source->read("sweep_0/TH", {}, feedback));
        QCOMPARE(kept.counts[int(State::Valid)] + kept.counts[int(State::Rejected)],
                 raw.counts[int(State::Valid)]);
        QVERIFY(kept.counts[int(State::Rejected)] > 0);
    }
#endif

    void wrongUseSaysWhatToDo() {
        QCOMPARE(call({"rounds", "--run", path("none")}).status, 2);
        const Answer full = call({"rounds", "--run", path("raw"), "--days", path("days.txt")});
        QCOMPARE(full.status, 1);
        QVERIFY(QString::fromStdString(full.err).contains("--resume"));
        writeFileAtomically(m_folder / "dry.txt", "dry\t2024-06-15T12:00:00Z\tA\twhy\t/a.h5\n");
        const Answer dry = call({"rounds", "--run", path("other"), "--days", path("dry.txt")});
        QCOMPARE(dry.status, 1);
        QVERIFY(QString::fromStdString(dry.err).contains("wet"));
        QVERIFY(!fs::exists(m_folder / "other"));
    }
};

QTEST_GUILESS_MAIN(TestRounds)
#include "tst_rounds.moc"
