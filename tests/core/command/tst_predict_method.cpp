// predict --method, as a shell calls it.

#include "core/base/file.h"
#include "core/io/source.h"
#include "tests/core/command/call.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
namespace fs = std::filesystem;

class TestPredictMethod : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", "/nonexistent");
        qputenv("XDG_CONFIG_DIRS", "/nonexistent");
        const Answer made = call({"simulate", "--output", scene(), "--sim.rays", "72", "--sim.gates", "80",
                                  "--sim.elevations", "0.5,3", "--sim.times", "3", "--json"});
        QVERIFY2(made.status == 0, made.err.c_str());
        m_files = nlohmann::json::parse(made.out)["files"].get<std::vector<std::string>>();
        QCOMPARE(m_files.size(), std::size_t(3));
    }

    void filesAreCleanedAndScoredWithoutARun() {
        const std::string output = (m_folder / "cleaned").string();
        const Answer done = call({"predict", "--method", "gabella", m_files[0], m_files[1], "--output",
                                  output, "--gabella.window", "3", "--gabella.neighbours", "4", "--json"});
        QVERIFY2(done.status == 0, done.err.c_str());
        const auto results = nlohmann::json::parse(done.out)["results"];
        QCOMPARE(results.size(), std::size_t(2));
        QCOMPARE(results[0]["problem"].get<std::string>(), std::string());
        const Answer scored =
            call({"score", "--reference", m_files[0], m_files[1], "--candidate", results[0]["output"],
                  results[1]["output"], "--raw-array", "TH", "--json"});
        QVERIFY2(scored.status == 0, scored.err.c_str());
        QCOMPARE(nlohmann::json::parse(scored.out)["fields"].get<int>(), 4);
    }

    void otherTimesComeFromTheContextBeforeOrAfterTheFiles() {
        const Answer done = call({"predict", "--method", "clutter_map", "--context", scene(), m_files[1],
                                  "--output", (m_folder / "map").string()});
        QVERIFY2(done.status == 0, done.err.c_str());
        const Answer without =
            call({"predict", "--method", "clutter_map", m_files[1], "--output", (m_folder / "map").string()});
        QCOMPARE(without.status, 2);
        QVERIFY(QString::fromStdString(without.err).contains("--context"));
    }

    void resultsReplaceNothingOfTheContext() {
        const fs::path other = m_folder / "other", link = m_folder / "link";
        fs::create_directories(other);
        fs::copy_file(m_files[0], other / fs::path(m_files[1]).filename()); // of another time, of one name
        fs::create_directory_symlink(scene(), link);
        const std::string before = readFile(m_files[1]);
        const Answer refused =
            call({"predict", "--method", "clutter_map", "--context", scene(),
                  (other / fs::path(m_files[1]).filename()).string(), "--output", link.string()});
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.err.find("would replace an input") != std::string::npos, refused.err.c_str());
        QVERIFY(readFile(m_files[1]) == before);
    }

    // Velocities of the Doppler kind are no echoes in dBZ, whatever the result would be called.
    void whatIsNoReflectivityIsNoInput() {
        const fs::path output = m_folder / "velocity";
        for (const char* input : {"sweep_0/VRADH", "RHOHV"}) {
            const Answer refused = call({"predict", "--method", "gabella", "--input", input, m_files[0],
                                         "--output", output.string()});
            QCOMPARE(refused.status, 2);
            QVERIFY2(refused.err.find("is no reflectivity") != std::string::npos, refused.err.c_str());
        }
        QVERIFY(!fs::exists(output) || fs::is_empty(output));
        const Answer done = call(
            {"predict", "--method", "gabella", "--input", "DBZH", m_files[0], "--output", output.string()});
        QVERIFY2(done.status == 0, done.err.c_str());
    }

    // A look at the zenith among the others is no cone of echoes: it passes through.
    void aSweepThatLooksUpPassesThrough() {
        const fs::path file = m_folder / "zenith.h5";
        {
            TinyHdf5 made(file);
            made.odimRoot("PVOL");
            for (const auto& [group, angle] : {std::pair{"/dataset1", 0.5}, {"/dataset2", 90.0}}) {
                made.odimSweep(group, angle, 36, 20);
                made.odimMoment(group + std::string("/data1"), "TH", 36, 20, 120);
            }
        }
        const Answer done = call(
            {"predict", "--method", "gabella", file.string(), "--output", (m_folder / "zenith").string()});
        QVERIFY2(done.status == 0, done.err.c_str());
        const auto source = openSource(m_folder / "zenith/zenith.h5");
        const SourceInfo& info = source->describe();
        QVERIFY(info.find("sweep_0/DBZH"));
        QCOMPARE(info.sweeps.at(1).mode, SweepMode::VerticalPointing);
        Feedback silent;
        QCOMPARE(source->read("sweep_1/TH", {}, silent).values()[0], 28.0f); // 120 / 2 - 32
        QVERIFY(!info.find("sweep_1/DBZH"));
    }

    void wrongUseIsStatusTwo() {
        const std::string output = (m_folder / "none").string();
        QCOMPARE(call({"predict", "--output", output}).status, 2);
        QCOMPARE(
            call({"predict", "--run", "x", "--method", "gabella", m_files[0], "--output", output}).status, 2);
        const Answer near = call({"predict", "--method", "despekle", m_files[0], "--output", output});
        QCOMPARE(near.status, 2);
        QVERIFY(QString::fromStdString(near.err).contains("despeckle"));
        // A setting of another method, or one outside its domain.
        QCOMPARE(
            call({"predict", "--method", "gabella", m_files[0], "--output", output, "--despeckle.gates", "5"})
                .status,
            2);
        const Answer even = call({"predict", "--method", "gabella", m_files[0], m_files[1], "--output",
                                  (m_folder / "even").string(), "--gabella.window", "4"});
        QCOMPARE(even.status, 2);
        QCOMPARE(even.out, std::string());
        QCOMPARE(QString::fromStdString(even.err).count("odd number"), 1);
        QCOMPARE(call({"predict", "--method", "gabella", m_files[0], "--output", output, "--gabella.window",
                       "1000"})
                     .status,
                 2);
        QVERIFY(!fs::exists(output));
    }

    void aFileThatCannotBeCleanedIsNamedAndTheOthersAreDone() {
        const fs::path output = m_folder / "some";
        const Answer done = call({"predict", "--method", "gabella", "/nonexistent.h5", m_files[2], "--output",
                                  output.string(), "--json"});
        QCOMPARE(done.status, 1);
        const auto results = nlohmann::json::parse(done.out)["results"];
        QVERIFY(results[0]["problem"].get<std::string>().find("/nonexistent.h5") != std::string::npos);
        QVERIFY(fs::exists(results[1]["output"].get<std::string>()));
    }

private:
    std::string scene() const { return (m_folder / "scene").string(); }
    ScratchFolder m_folder;
    std::vector<std::string> m_files;
};

QTEST_GUILESS_MAIN(TestPredictMethod)
#include "tst_predict_method.moc"
