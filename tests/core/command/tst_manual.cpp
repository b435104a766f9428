// The manual knows all there is; doctor finds what is broken.

#include "core/base/file.h"
#include "core/method/method.h"
#include "core/network/network.h"
#include "core/task/task.h"
#include "tests/core/command/call.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
namespace fs = std::filesystem;

namespace {

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
        const Answer told = call({"manual"});
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
        QCOMPARE(call({"manual", "--output", (folder / "manual.md").string()}).status, 0);
        QCOMPARE(readFile(folder / "manual.md"), call({"manual"}).out);
        QCOMPARE(nlohmann::json::parse(call({"manual", "--json"}).out)["manual"].get<std::string>(),
                 call({"manual"}).out);
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
        const Answer told = call({"doctor", "--json", "--folder", good, "--folder", bad});
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
        QCOMPARE(verdictOn("settings", nlohmann::json::parse(call({"doctor", "--json"}).out)["findings"]),
                 std::string("problem"));
    }

#ifdef EMBELLIE_HAS_LEARNER
    void doctorStartsTheLearner() {
        const auto findings = nlohmann::json::parse(call({"doctor", "--json"}).out)["findings"];
        QCOMPARE(verdictOn("learner", findings), std::string("ok"));
    }
#endif
};

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
