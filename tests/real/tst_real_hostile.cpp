#include "core/base/file.h"
#include "core/run/mirror_link.h"
#include "tests/real/seen.h"

#include <QtTest>

#include <csignal>
#include <memory>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// Any name a file can have; where a shell, ssh or Slurm read it as anything but a name, a file "pwned"
/// appears, or the run lies elsewhere.
const std::vector<std::string> Names{"a'b\"c;$(touch pwned)`touch pwned`&|", "-rf --wrap=pwned",
                                     "two\nlines\n#SBATCH --hold", "%j %N %a \\%x \\",
                                     "été ☔ *?[a]{b,c}~!$HOME"};

} // namespace

/// Names of runs, folders and hosts are taken literally, and nothing of ours listens.
class TestHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aNameIsAName_data();
    void aNameIsAName();
    void aHostIsAHost_data();
    void aHostIsAHost();
    void nothingListens();

private:
    bool isTouched() const;

    test::ScratchFolder m_folder;
    std::unique_ptr<test::SlurmRig> m_slurm;
    std::unique_ptr<test::SshdRig> m_far;
    std::unique_ptr<test::Person> m_person;
};

void TestHostile::initTestCase() {
    EMBELLIE_NEEDS_SLURM();
    EMBELLIE_NEEDS_SSHD();
    m_slurm = std::make_unique<test::SlurmRig>(test::SlurmRig::Options{});
    auto variables = m_slurm->variables();
    variables["EMBELLIE_RESOURCES"] = (test::sourceFolder() / "resources").string();
    m_far = std::make_unique<test::SshdRig>(variables);
    m_person = std::make_unique<test::Person>(m_folder / "home", m_slurm->variables());
    m_person->addSite("rig", test::slurmSite());
    m_person->addSite("far", test::sshSite(m_far->config()));
}

bool TestHostile::isTouched() const {
    for (const fs::path& home : {m_folder.path(), m_far->home()})
        for (const auto& entry : fs::recursive_directory_iterator(home))
            if (entry.path().filename() == "pwned")
                return true;
    return false;
}

void TestHostile::aNameIsAName_data() {
    QTest::addColumn<QString>("site");
    QTest::addColumn<QString>("name");
    for (const char* site : {"local", "rig", "far"})
        for (std::size_t i = 0; i < Names.size(); ++i)
            if (site != std::string("local") || i < 2)
                QTest::addRow("%s %zu", site, i) << QString(site) << QString::fromStdString(Names[i]);
}

void TestHostile::aNameIsAName() {
    QFETCH(QString, site);
    QFETCH(QString, name);
    // The data's folder has the name too, and what is predicted goes into one of that name.
    const fs::path scene = m_person->makeScene(name.toStdString());
    const fs::path folder = m_person->runs() / site.toStdString();
    fs::create_directories(folder);
    const fs::path run = folder / name.toStdString();
    std::vector<std::string> words = test::smallTraining(scene, run, 1, 4);
    words.insert(words.end(), {"--site", site.toStdString(), "--note", name.toStdString()});
    const ProcessResult trained = m_person->cli(words);
    QVERIFY2(trained.status == 0, trained.errors.c_str());
    if (const auto mirror = readMirrorLink(run))
        QCOMPARE(test::faultOf(mirror->run, 1, 4), QString());
    else
        QCOMPARE(test::faultOf(run, 1, 4), QString());
    QVERIFY(!isTouched());
    // Its output is where it belongs, and no file of another name was made beside it.
    std::set<std::string> beside;
    for (const auto& entry : fs::directory_iterator(folder))
        beside.insert(entry.path().filename().string());
    for (const std::string& other : beside)
        QVERIFY2(std::find(Names.begin(), Names.end(), other) != Names.end(), other.c_str());
}

void TestHostile::aHostIsAHost_data() {
    QTest::addColumn<QString>("host");
    QTest::newRow("option") << "-oProxyCommand=touch pwned";
    QTest::newRow("command") << "far; touch pwned";
    QTest::newRow("substitution") << "$(touch${IFS}pwned)";
    QTest::newRow("line") << "far\\ntouch pwned";
}

void TestHostile::aHostIsAHost() {
    QFETCH(QString, host);
    m_person->addSite("bad", "kind = \"ssh\"\nhost = \"" + host.toStdString() + "\"\n");
    std::vector<std::string> words =
        test::smallTraining(m_person->makeScene("plain"), m_person->runs() / "bad", 1, 4);
    words.insert(words.end(), {"--site", "bad"});
    const ProcessResult refused = m_person->cli(words, 60s);
    QVERIFY(refused.status != 0);
    QVERIFY(!isTouched());
}

void TestHostile::nothingListens() {
    const fs::path scene = m_person->makeScene("quiet");
    std::vector<pid_t> followers;
    for (const char* site : {"local", "rig", "far"}) {
        const fs::path run = m_person->runs() / "quiet" / site;
        fs::create_directories(run.parent_path());
        std::vector<std::string> words = test::smallTraining(scene, run, 5000, 20);
        words.insert(words.end(), {"--site", site});
        followers.push_back(m_person->start("embellie-cli", words, m_folder / (std::string(site) + ".txt")));
    }
    const pid_t window = m_person->start("embellie", {"--scene"}, m_folder / "window.txt");
    for (const char* site : {"local", "rig", "far"})
        QVERIFY2(test::becomes(
                     [&] {
                         const fs::path run = m_person->runs() / "quiet" / site;
                         return isRunDirectory(run) && test::look(run).count("epoch") > 0;
                     },
                     60s),
                 readFile(m_folder / (std::string(site) + ".txt")).c_str());
    std::set<pid_t> ours;
    for (const fs::path& home : {m_person->home(), m_far->home()})
        for (const pid_t process : test::processesWith("HOME", home.string()))
            ours.insert(process);
    std::map<std::string, int> seen;
    for (const char* program : {"embellie", "embellie-cli", "embellie-learn"})
        for (const pid_t process : test::processesOf(program)) {
            if (!ours.contains(process)) // another test's ranks may meet
                continue;
            for (const std::string& address : test::listensOn(process))
                QFAIL((std::string(program) + " listens on " + address).c_str());
            ++seen[program];
        }
    QVERIFY(seen["embellie"] >= 1 && seen["embellie-cli"] >= 4 && seen["embellie-learn"] >= 3); // a relay too
    ::kill(window, SIGTERM);
    for (const char* site : {"local", "rig", "far"})
        QVERIFY(m_person->cli({"stop", (m_person->runs() / "quiet" / site).string(), "--discard"}).status ==
                0);
    for (const pid_t follower : followers)
        QVERIFY(test::becomes([&] { return !processIsAlive(follower); }, 40s));
    QVERIFY(test::becomes([&] { return m_slurm->jobs().empty() && m_far->left().empty(); }, 40s));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_real_hostile.moc"
