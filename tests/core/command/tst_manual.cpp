// The manual knows all there is; doctor finds what is broken.

#include "core/base/file.h"
#include "core/command/command.h"
#include "core/method/method.h"
#include "core/network/network.h"
#include "core/task/task.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <sstream>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

struct Run {
    int status = 0;
    std::string out, err;
};

Run run(std::vector<std::string> words) {
    words.insert(words.begin(), "embellie-cli");
    std::vector<const char*> argv;
    for (const std::string& word : words)
        argv.push_back(word.c_str());
    std::ostringstream out, err;
    const int status = runCommandLine(static_cast<int>(argv.size()), argv.data(), out, err);
    return {status, out.str(), err.str()};
}

/// The verdict on @p what; empty where nothing of that name was looked at.
std::string verdictOn(const std::string& what, const nlohmann::json& findings) {
    for (const nlohmann::json& finding : findings)
        if (finding["what"] == what)
            return finding["verdict"];
    return {};
}

} // namespace

class TestManual : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theManualHasEveryCommandAndSetting() {
        const Run told = run({"manual"});
        QCOMPARE(told.status, 0);
        for (const Command* command : commands())
            QVERIFY2(told.out.find("\n### " + command->name + "\n") != std::string::npos,
                     command->name.c_str());
        SettingTable all = trainSettings();
        for (const TaskInfo* task : tasks())
            all.add(task->settings);
        for (const NetworkInfo* network : networks())
            all.add(network->settings);
        all.add(methodSettings());
        for (const Setting& setting : all.all()) {
            const std::size_t row = told.out.find("\n| `" + setting.key + "` |");
            QVERIFY2(row != std::string::npos, setting.key.c_str());
            const std::string line = told.out.substr(row + 1, told.out.find('\n', row + 1) - row - 1);
            if (const std::string value = settingText(setting.defaultValue);
                !value.empty() && value.find('|') == std::string::npos)
                QVERIFY2(line.find("| `" + value + "` |") != std::string::npos, line.c_str());
        }
        std::istringstream lines(told.out);
        for (std::string line; std::getline(lines, line);) // five columns, whatever stands in them
            if (line.starts_with("| ")) {
                int bars = 0;
                for (std::size_t i = 0; i < line.size(); ++i)
                    bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
                QVERIFY2(bars == 6, line.c_str());
            }
    }

    void theManualCanBeAFile() {
        const test::ScratchFolder folder;
        QCOMPARE(run({"manual", "--output", (folder / "manual.md").string()}).status, 0);
        QCOMPARE(readFile(folder / "manual.md"), run({"manual"}).out);
        QCOMPARE(nlohmann::json::parse(run({"manual", "--json"}).out)["manual"].get<std::string>(),
                 run({"manual"}).out);
    }

    void doctorFindsWhatIsBroken() {
        const test::ScratchFolder folder;
        const fs::path sites = folder / "config" / "embellie" / "sites";
        fs::create_directories(sites);
        writeFileAtomically(sites / "odd.toml", "kind = \"here\"\nnonsense = 1\n");
        writeFileAtomically(sites / "even.toml", "label = \"Even\"\nkind = \"here\"\n");
        writeFileAtomically(folder / "file", "x");
        qputenv("XDG_CONFIG_HOME", QByteArray::fromStdString((folder / "config").string()));
        const std::string good = (folder / "new").string(), bad = (folder / "file" / "inner").string();
        const Run told = run({"doctor", "--json", "--folder", good, "--folder", bad});
        QCOMPARE(told.status, 1);
        const auto findings = nlohmann::json::parse(told.out)["findings"];
        QCOMPARE(verdictOn("resources", findings), std::string("ok"));
        QCOMPARE(verdictOn("projections", findings), std::string("ok"));
        QCOMPARE(verdictOn("settings", findings), std::string("ok"));
        QCOMPARE(verdictOn("site even", findings), std::string("ok"));
        QCOMPARE(verdictOn("site odd", findings), std::string("problem"));
        QCOMPARE(verdictOn("folder " + good, findings), std::string("ok"));
        QCOMPARE(verdictOn("folder " + bad, findings), std::string("problem"));
        QVERIFY(fs::is_empty(good)); // nothing is left behind
        writeFileAtomically(folder / "config" / "embellie" / "embellie.toml", "[train]\nlearning_rat = 1\n");
        QCOMPARE(verdictOn("settings", nlohmann::json::parse(run({"doctor", "--json"}).out)["findings"]),
                 std::string("problem"));
    }

#ifdef EMBELLIE_HAS_LEARNER
    void doctorStartsTheLearner() {
        const auto findings = nlohmann::json::parse(run({"doctor", "--json"}).out)["findings"];
        QCOMPARE(verdictOn("learner", findings), std::string("ok"));
    }
#endif
};

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
