#include "core/base/file.h"
#include "core/launch/site.h"
#include "core/launch/sweep.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

const char* const Cluster = R"(label = "C"
kind = "slurm"
rank_interface = "ib0"
[limits]
gpus_per_user = 4
jobs_per_user = 3
[standard]
time = "2:00:00"
gpus = 1
[[partition]]
name = "gpu"
default = true
max_time = "1-00:00:00"
nodes = 2
gpus_per_node = 2
cpus_per_node = 16
memory_mb_per_node = 64000
[[partition]]
name = "cpu"
nodes = 5
cpus_per_node = 32
)";

Resources wanted(const QString& words) {
    std::map<std::string, std::string> map;
    for (const QString& word : words.split(' ', Qt::SkipEmptyParts))
        map[word.section('=', 0, 0).toStdString()] = word.section('=', 1).toStdString();
    return resourcesFrom(map);
}

SweepRow running(std::vector<double> bestByEpoch) {
    SweepRow row;
    row.bestByEpoch = std::move(bestByEpoch);
    row.summary.status = RunStatus::Running;
    return row;
}

} // namespace

class TestSite : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyShippedSiteIsRead() {
        const auto sites = knownSites();
        QVERIFY(sites.size() >= 3);
        QCOMPARE(sites.front().id, std::string("local"));
        for (const KnownSite& known : sites) {
            QVERIFY2(!known.problem, known.problem ? known.problem->what() : "");
            QVERIFY(!known.site->label.empty());
        }
        const LaunchSite hal = siteOf("hal");
        QCOMPARE(hal.inner, SiteKind::Slurm);
        QCOMPARE(hal.gpusPerUser, 1);
        QVERIFY(!hal.scratch.empty() && !hal.scratch.front().backedUp);
    }

    void aMachineWithoutResourcesStillKnowsItself() {
        const test::ScratchFolder empty;
        const QByteArray resources = qgetenv("EMBELLIE_RESOURCES"), bin = qgetenv("EMBELLIE_BIN");
        qunsetenv("EMBELLIE_RESOURCES");
        qputenv("EMBELLIE_BIN", empty.path().c_str());
        const bool found = siteOf("local").kind == SiteKind::Here && !knownSites().empty();
        qputenv("EMBELLIE_RESOURCES", resources);
        qputenv("EMBELLIE_BIN", bin);
        QVERIFY(found);
    }

    void aFaultySiteIsASentenceWithItsLine_data() {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown key") << QByteArray("kind = \"slurm\"\nmodule = []\n")
                                     << "perhaps modules is meant";
        QTest::newRow("line") << QByteArray("kind = \"slurm\"\n\nwarning_s = \"soon\"\n") << "line 3";
        QTest::newRow("kind") << QByteArray("kind = \"cloud\"\n") << "\"slurm\"";
        QTest::newRow("time") << QByteArray("[standard]\ntime = \"soon\"\n") << "standard.time";
        QTest::newRow("option") << QByteArray("account = \"-x\"\n") << "begin with a dash";
        QTest::newRow("break") << QByteArray("qos = \"a\\nb\"\n") << "one word";
        QTest::newRow("variable") << QByteArray("[environment]\n\"A;B\" = \"1\"\n") << "A;B";
        QTest::newRow("no host") << QByteArray("kind = \"ssh\"\n") << "needs a host";
        QTest::newRow("no TOML") << QByteArray("kind = \n") << "line 1";
        QTest::newRow("partition") << QByteArray("[[partition]]\nname = \"a\"\nmax_tine = \"1:00:00\"\n")
                                   << "partition.max_time";
    }
    void aFaultySiteIsASentenceWithItsLine() {
        QFETCH(QByteArray, toml);
        QFETCH(QString, says);
        try {
            parseSite("x", toml.toStdString(), "x.toml");
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }

    void onTheSiteItselfNoSshIsNeeded() {
        const std::string toml = "kind = \"ssh\"\nhost = \"far\"\ninner = \"slurm\"\non_site = ";
        QCOMPARE(parseSite("x", toml + "[\"*\"]\n", "x.toml").kind, SiteKind::Slurm);
        QCOMPARE(parseSite("x", toml + "[\"no-such-host-*\"]\n", "x.toml").kind, SiteKind::Ssh);
    }

    void wallTimesAreReadAsSlurmReadsThem_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("minutes"); // 0: none
        QTest::newRow("minutes") << "90" << 90;
        QTest::newRow("minutes, seconds") << "90:30" << 91;
        QTest::newRow("hours") << "1:30:00" << 90;
        QTest::newRow("days, hours") << "1-12" << 2160;
        QTest::newRow("days, hours, minutes") << "1-12:30" << 2190;
        QTest::newRow("all") << "2-00:00:01" << 2881;
        QTest::newRow("people") << " 8 h" << 480;
        QTest::newRow("days of people") << "2d" << 2880;
        QTest::newRow("zero") << "0" << 0;
        QTest::newRow("negative") << "-5" << 0;
        QTest::newRow("word") << "soon" << 0;
        QTest::newRow("comma") << "1,5 h" << 0;
        QTest::newRow("too many") << "1:2:3:4" << 0;
        QTest::newRow("empty") << "" << 0;
        QTest::newRow("huge") << "99999999999999999999" << 0;
    }
    void wallTimesAreReadAsSlurmReadsThem() {
        QFETCH(QString, words);
        QFETCH(int, minutes);
        const auto time = parseWallTime(words.toStdString());
        QCOMPARE(time ? static_cast<int>(time->count()) : 0, minutes);
        if (time) {
            QCOMPARE(parseWallTime(wallTimeText(*time)), time);
        }
    }

    void severalNodesNeedAnInterfaceToMeetOver() {
        LaunchSite site = parseSite("c", Cluster, "c.toml");
        QCOMPARE(nodesFor(site, checkResources(site, wanted("gpus=4"))), 2);
        site.rankInterface.clear();
        QCOMPARE(checkResources(site, wanted("gpus=2")).ranks, 2); // on one node
        try {
            checkResources(site, wanted("gpus=4"));
            QFAIL("no error");
        } catch (const Error& error) {
            const QString said = error.what();
            QVERIFY2(said.contains("2 nodes") && said.contains("rank_interface") && said.contains("2 GPUs"),
                     error.what());
        }
    }

    void aPredictionAsksForLessThanItsTraining_data() {
        QTest::addColumn<QString>("changed");
        QTest::addColumn<int>("files");
        QTest::addColumn<QString>("asks"); // empty: refused
        QTest::newRow("by itself") << "" << 10 << "time=40 gpus=1 cpus=4 partition=gpu";
        QTest::newRow("many files") << "" << 5000 << "time=1-00:00:00 gpus=1 cpus=4 partition=gpu";
        QTest::newRow("more time") << "time=2:00:00" << 10 << "time=2:00:00 gpus=1 cpus=4 partition=gpu";
        QTest::newRow("no GPU") << "gpus=0" << 1 << "time=31 gpus=0 cpus=4 partition=gpu";
        QTest::newRow("where no GPU is") << "partition=cpu" << 1 << "time=31 gpus=0 cpus=4 partition=cpu";
        QTest::newRow("two GPUs") << "gpus=2" << 1 << "";
        QTest::newRow("too long") << "time=2-00:00:00" << 1 << "";
    }
    void aPredictionAsksForLessThanItsTraining() {
        QFETCH(QString, changed);
        QFETCH(int, files);
        QFETCH(QString, asks);
        const LaunchSite site = parseSite("c", Cluster, "c.toml");
        const Resources trained = checkResources(site, wanted("gpus=4 cpus=4 partition=gpu time=20:00:00"));
        try {
            const Resources asked =
                predictionResources(site, trained, wanted(changed), static_cast<std::size_t>(files));
            QVERIFY2(!asks.isEmpty(), "accepted");
            Resources meant = wanted(asks);
            meant.ranks = 1;
            meant.maxRequeues = 0;
            QCOMPARE(asked, meant);
        } catch (const Error& error) {
            QVERIFY2(asks.isEmpty(), error.what());
        }
    }

    void aRequestOverALimitIsRefusedInOneSentence_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("says"); // empty: accepted
        QTest::newRow("nothing asked") << ""
                                       << "";
        QTest::newRow("all that is there") << "time=1-00:00:00 gpus=4 memory_mb=64000"
                                           << "";
        QTest::newRow("a minute too long") << "time=1-00:01:00"
                                           << "1-00:00:00 at the most";
        QTest::newRow("too short for a checkpoint") << "time=3"
                                                    << "180 s";
        QTest::newRow("GPUs of a person") << "gpus=5"
                                          << "4 at the most";
        QTest::newRow("GPUs that don't divide") << "gpus=3"
                                                << "multiple of 2";
        QTest::newRow("GPUs where none are") << "partition=cpu gpus=1"
                                             << "no GPU";
        QTest::newRow("memory") << "memory_mb=64001"
                                << "64000 MB at the most";
        QTest::newRow("cores") << "gpus=2 cpus=9"
                               << "16 at the most";
        QTest::newRow("ranks") << "gpus=2 ranks=3"
                               << "one rank a GPU";
        QTest::newRow("ranks without a GPU") << "partition=cpu gpus=0 ranks=3"
                                             << "";
        QTest::newRow("partition") << "partition=gpv"
                                   << "did you mean \"gpu\"";
        QTest::newRow("option") << "partition=--hold"
                                << "no partition";
    }
    void aRequestOverALimitIsRefusedInOneSentence() {
        QFETCH(QString, words);
        QFETCH(QString, says);
        const LaunchSite site = parseSite("c", Cluster, "c.toml");
        try {
            const Resources asked = checkResources(site, wanted(words));
            QVERIFY2(says.isEmpty(), "accepted");
            QVERIFY(asked.time.count() > 0 && asked.ranks >= 1 && asked.maxRequeues >= 0);
            QCOMPARE(resourcesFrom(toWords(asked)), asked);
        } catch (const Error& error) {
            QVERIFY2(!says.isEmpty() && QString(error.what()).contains(says), error.what());
        }
    }

    void asManyRunsAtOnceAsJobsAndGpusAllow() {
        const LaunchSite site = parseSite("c", Cluster, "c.toml");
        QCOMPARE(runsAtOnce(site, wanted("gpus=1")), 3);
        QCOMPARE(runsAtOnce(site, wanted("gpus=2")), 2);
        QCOMPARE(nodesFor(site, wanted("gpus=4")), 2);
    }

    void aSweepIsEveryCombinationOrNothing() {
        const test::ScratchFolder folder;
        RunRequest base;
        base.task = "denoise";
        base.network = "unet";
        const SettingTable table = settingsOf(taskOf("denoise"), networkOf("unet"));
        RunSweep sweep;
        sweep.folder = folder / "sweep";
        sweep.axes = {parseSweepAxis("train.learning_rate=1e-3,3e-3", table),
                      parseSweepAxis("unet.widths=8,16;8,16,32", table)};
        createSweep(sweep, base);
        const RunSweep known = readSweep(sweep.folder);
        QCOMPARE(known.size(), 4U);
        const auto rows = sweepTable(known);
        QCOMPARE(rows[2].values, (std::vector<std::string>{"3e-3", "8,16"}));
        const Settings settings = checkRequest(readRunRequest(rows[2].run));
        QCOMPARE(settings.real("train.learning_rate"), 3e-3);
        QCOMPARE(settings.list("unet.widths"), (std::vector<double>{8, 16}));
        QVERIFY_EXCEPTION_THROWN(createSweep(sweep, base), Error); // the folder is taken

        sweep.folder = folder / "bad";
        sweep.axes[1] = parseSweepAxis("unet.widths=8,16;8.5,16", table); // no whole number of channels
        QVERIFY_EXCEPTION_THROWN(createSweep(sweep, base), Error);
        QVERIFY(!fs::exists(sweep.folder));
        for (const char* bad :
             {"train.learning_rat=1", "train.epochs=", "train.epochs=3,3", "train.epochs=3,x"})
            QVERIFY_EXCEPTION_THROWN(parseSweepAxis(bad, table), Error);
    }

    void hopelessIsBelowTheMedianOfTheOthersAtThatEpoch() {
        std::vector<SweepRow> rows{running({0.1, 0.2, 0.3}), running({0.5, 0.6, 0.7, 0.8}),
                                   running({0.4, 0.5, 0.6}), running({0.0})};
        QCOMPARE(hopelessRuns(rows, true), (std::vector<std::size_t>{0}));
        QCOMPARE(hopelessRuns(rows, false), (std::vector<std::size_t>{2}));
        rows[0].summary.status = RunStatus::Finished;
        rows[2].bestByEpoch = {0.65, 0.65, 0.65, 0.9};
        QCOMPARE(hopelessRuns(rows, true), (std::vector<std::size_t>{}));
        rows.resize(2);
        rows[0].summary.status = RunStatus::Running;
        QCOMPARE(hopelessRuns(rows, true), (std::vector<std::size_t>{})); // one other is no crowd
    }
};

QTEST_APPLESS_MAIN(TestSite)
#include "tst_site.moc"
