// Commands write nothing over what they read, whatever name leads to it.

#include "core/base/file.h"
#include "core/run/run_directory.h"
#include "tests/core/command/call.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <csignal>
#include <sys/resource.h>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
namespace fs = std::filesystem;

class TestOutputs : public QObject {
    Q_OBJECT
    ScratchFolder m_folder;
    std::string path(const char* name) const { return (m_folder / name).string(); }

    void demandRefused(const std::vector<std::string>& words, const fs::path& input) {
        const std::string before = readFile(input);
        const Answer told = call(words);
        QVERIFY2(told.status == 2, told.err.c_str());
        QVERIFY2(told.err.find("would replace an input") != std::string::npos, told.err.c_str());
        QVERIFY(readFile(input) == before);
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", "/nonexistent");
        qputenv("XDG_CONFIG_DIRS", "/nonexistent");
    }

    void daysKeepGaugesAndVolumes() {
        const Answer made = call({"simulate", "--output", path("truth"), "--raw", path("raw"), "--gauges",
                                  path("gauges.csv"), "--sim.rays", "36", "--sim.gates", "40",
                                  "--sim.elevations", "0.5", "--sim.times", "2", "--sim.gauges", "5"});
        QVERIFY2(made.status == 0, made.err.c_str());
        fs::create_symlink("gauges.csv", m_folder / "link.csv");
        fs::path volume;
        for (const auto& entry : fs::directory_iterator(path("raw")))
            volume = entry.path();
        const auto asked = [&](const std::string& output) {
            return std::vector<std::string>{"days",     path("raw"), "--gauges", path("gauges.csv"),
                                            "--output", output,      "--replace"};
        };
        demandRefused(asked(path("gauges.csv")), path("gauges.csv"));
        demandRefused(asked(path("link.csv")), path("gauges.csv"));
        demandRefused(asked(volume.string()), volume);
        QCOMPARE(call(asked(path("days.txt"))).status, 0);
        QCOMPARE(call(asked(path("days.txt"))).status, 0); // a list is no input
    }

    // "ulimit -f": the signal would end the program and leave what is half written.
    void aLimitOfFileSizesIsAWriteThatFails() {
        const Answer made = call({"simulate", "--output", path("scene"), "--sim.rays", "360", "--sim.gates",
                                  "100", "--sim.elevations", "0.5", "--sim.times", "1"});
        QVERIFY2(made.status == 0, made.err.c_str());
        const std::string file = made.out.substr(0, made.out.find('\n'));
        fs::create_directories(m_folder / "out");
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"values", file, "--array", "sweep_0/TH", "--output",
                                       path("out/x.npy")},
              {"convert", file, "--to", "odim", "--output", path("out/x.h5")},
              {"convert", file, "--to", "cfradial", "--output", path("out/x.nc")}}) {
            std::signal(SIGXFSZ, SIG_DFL);
            rlimit before;
            QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
            const rlimit small{8192, before.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &small);
            const Answer told = call(words);
            ::setrlimit(RLIMIT_FSIZE, &before);
            QCOMPARE(told.status, 1);
            QVERIFY2(told.err.find("out/x.") != std::string::npos, told.err.c_str());
            QVERIFY2(told.err.find("File too large") != std::string::npos ||
                         told.err.find("disk") != std::string::npos,
                     told.err.c_str());
            QVERIFY2(fs::is_empty(m_folder / "out"), words.back().c_str());
        }
    }

    void exportKeepsTheRequestAndTheModelsOfARun() {
        RunRequest request;
        request.task = "denoise";
        request.network = "script";
        writeFileAtomically(m_folder / "theirs.pt", "a model");
        request.settings = "[script]\nfile = \"" + path("theirs.pt") + "\"\n";
        createRun(m_folder / "run", request);
        const auto asked = [&](const fs::path& output) {
            return std::vector<std::string>{"export",      "--run",    path("run"),    "--to",
                                            "torchscript", "--output", output.string()};
        };
        demandRefused(asked(m_folder / "run/request.pt"), m_folder / "run/request.toml");
        demandRefused(asked(m_folder / "theirs.pt"), m_folder / "theirs.pt");
        fs::create_directories(m_folder / "run/model");
        writeFileAtomically(m_folder / "run/model/theirs.pt", "a model");
        demandRefused(asked(m_folder / "run/model/theirs.pt"), m_folder / "run/model/theirs.pt");
    }
};

QTEST_GUILESS_MAIN(TestOutputs)
#include "tst_outputs.moc"
