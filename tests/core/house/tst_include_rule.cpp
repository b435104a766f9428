// The arrows of the house, read from the tables of rooms in core/CMakeLists.txt and gui/CMakeLists.txt,
// against every #include. What neither table can say is a rule below.

#include "core/base/file.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <functional>
#include <map>
#include <regex>
#include <set>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

using Rooms = std::map<std::string, std::set<std::string>>;

/// embellie_room(core/io ROOMS core/map core/settings LIBRARIES …) → io: itself and all it may reach.
Rooms readRooms(const std::string& cmake) {
    Rooms direct;
    const std::regex declaration(R"(embellie_room\(([^)]*)\))");
    for (std::sregex_iterator it(cmake.begin(), cmake.end(), declaration), end; it != end; ++it) {
        std::istringstream words((*it)[1].str());
        std::string room, word;
        words >> room;
        direct[room].insert(room);
        bool rooms = false;
        while (words >> word) {
            if (word == "ROOMS" || word == "LIBRARIES" || word == "EXCLUDE")
                rooms = word == "ROOMS";
            else if (rooms)
                direct[room].insert(word);
        }
    }
    return direct;
}

Rooms closure(Rooms rooms) {
    bool grown = true;
    while (grown) {
        grown = false;
        for (auto& [room, reached] : rooms)
            for (const std::string& other : std::set<std::string>(reached))
                for (const std::string& further : rooms[other])
                    grown |= reached.insert(further).second;
    }
    return rooms;
}

bool isLearnHalf(const std::string& file) {
    return std::regex_search(file, std::regex(R"((^core/learn/)|(/learn(_[a-z_]+)?\.(cpp|h)$))"));
}

/// core/io/odim/x.cpp → core/io; a learn half of a task or network belongs to core/learn.
std::string roomOf(const std::string& file) {
    if (isLearnHalf(file))
        return "core/learn";
    const auto first = file.find('/');
    const auto second = file.find('/', first + 1);
    return second == std::string::npos ? file.substr(0, first) : file.substr(0, second);
}

/// One sentence for each #include of @p text that the house forbids to @p file.
std::vector<std::string> violations(const std::string& file, const std::string& content, const Rooms& rooms) {
    std::vector<std::string> found;
    const std::string room = roomOf(file);
    const std::regex include("(?:^|\\n)[ \\t]*#[ \\t]*include[ \\t]*[<\"]([^>\"]+)[>\"]");
    for (std::sregex_iterator it(content.begin(), content.end(), include), end; it != end; ++it) {
        const std::string target = (*it)[1];
        const auto forbid = [&](const char* why) {
            found.push_back(file + " includes " + target + ": " + why);
        };
        const bool isQt = std::regex_search(target, std::regex("^(Q[A-Z]|Qt)"));
        const bool isVtk = target.starts_with("vtk");
        const bool isTorch = std::regex_search(target, std::regex("^(torch|ATen|c10)/"));
        if (file.starts_with("core/") && (isQt || isVtk))
            forbid("core has neither Qt nor VTK");
        if (isTorch && room != "core/learn")
            forbid("LibTorch lives in core/learn and the learn halves only");
        if (isVtk && room != "gui/draw")
            forbid("VTK lives in gui/draw");
        if (std::regex_search(target, std::regex("^(core|gui|app|tests)/"))) {
            const std::string other = roomOf(target);
            if (file.starts_with("app/"))
                continue;
            const auto known = rooms.find(room);
            if (known == rooms.end())
                forbid("the including file is in no declared room");
            else if (!known->second.contains(other))
                forbid("no arrow leads there");
        } else if ((*it)[0].str().find('"') != std::string::npos) {
            forbid("our own headers are named from the root of the project");
        }
    }
    return found;
}

} // namespace

class IncludeRule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        Rooms direct = readRooms(readFile(test::sourceFolder() / "core/CMakeLists.txt"));
        direct.merge(readRooms(readFile(test::sourceFolder() / "core/learn/CMakeLists.txt")));
        direct.merge(readRooms(readFile(test::sourceFolder() / "gui/CMakeLists.txt")));
        QVERIFY2(direct.size() >= 20, "the tables of rooms were not found");
        // core/learn is no embellie_room: it is fed by the lists of tasks and networks.
        direct["core/learn"] = {"core/learn", "core/task", "core/network", "core/run"};
        m_rooms = closure(direct);
    }

    void arrowsPointOneWay() {
        for (const auto& [room, reached] : m_rooms) {
            for (const std::string& other : reached)
                QVERIFY2(other == room || !m_rooms[other].contains(room),
                         qPrintable(QString::fromStdString(room + " and " + other)));
            if (room.starts_with("core/")) {
                for (const std::string& other : reached)
                    QVERIFY2(other.starts_with("core/"), qPrintable(QString::fromStdString(room)));
            } else {
                QVERIFY2(!reached.contains("core/learn"), "the window must not link LibTorch");
            }
        }
        QCOMPARE(m_rooms["core/base"].size(), std::size_t(1));
    }

    void forbiddenIncludesAreSeen_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("forbidden");
        QTest::newRow("core must not see Qt") << "core/io/x.cpp"
                                              << "#include <QString>" << true;
        QTest::newRow("core must not see VTK") << "core/io/x.cpp"
                                               << "#include <vtkPoints.h>" << true;
        QTest::newRow("io must not see run") << "core/io/x.cpp"
                                             << "#include \"core/run/y.h\"" << true;
        QTest::newRow("io may see base") << "core/io/x.cpp"
                                         << "# include \"core/base/file.h\"" << false;
        QTest::newRow("info halves have no torch") << "core/task/a/info.cpp"
                                                   << "#include <torch/torch.h>" << true;
        QTest::newRow("learn halves may") << "core/task/a/learn.cpp"
                                          << "#include <torch/torch.h>" << false;
        QTest::newRow("gui must not see learn") << "gui/pages/x.cpp"
                                                << "#include \"core/learn/y.h\"" << true;
        QTest::newRow("core must not see gui") << "core/run/x.cpp"
                                               << "#include \"gui/draw/y.h\"" << true;
        QTest::newRow("no relative names") << "core/io/x.cpp"
                                           << "#include \"y.h\"" << true;
    }

    void forbiddenIncludesAreSeen() {
        QFETCH(QString, file);
        QFETCH(QString, line);
        QFETCH(bool, forbidden);
        QCOMPARE(!violations(file.toStdString(), line.toStdString(), m_rooms).empty(), forbidden);
    }

    void everyIncludeFollowsAnArrow() {
        std::size_t files = 0;
        std::vector<std::string> found;
        for (const char* top : {"core", "gui", "app"})
            for (const auto& entry : fs::recursive_directory_iterator(test::sourceFolder() / top)) {
                const std::string suffix = entry.path().extension().string();
                if (!entry.is_regular_file() || (suffix != ".cpp" && suffix != ".h" && suffix != ".cu"))
                    continue;
                ++files;
                const std::string name = fs::relative(entry.path(), test::sourceFolder()).string();
                for (const std::string& sentence : violations(name, readFile(entry.path()), m_rooms))
                    found.push_back(sentence);
            }
        QVERIFY(files > 50);
        for (const std::string& sentence : found)
            qWarning("%s", sentence.c_str());
        QVERIFY2(found.empty(), "see the warnings above");
    }

    void nobodyCallsAShell() {
        const std::regex call(R"((^|[^\w.>:])(std::)?(system|popen)\s*\()");
        for (const char* top : {"core", "gui", "app"})
            for (const auto& entry : fs::recursive_directory_iterator(test::sourceFolder() / top)) {
                if (!entry.is_regular_file() ||
                    !std::regex_match(entry.path().extension().string(), std::regex(R"(\.(cpp|h))")))
                    continue;
                QVERIFY2(!std::regex_search(readFile(entry.path()), call), entry.path().c_str());
            }
    }

    void everyFamilyMemberHasItsFolder_data() {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("folder");
        QTest::newRow("readers") << "core/io/readers.def"
                                 << "core/io";
        QTest::newRow("networks") << "core/network/networks.def"
                                  << "core/network";
        QTest::newRow("tasks") << "core/task/tasks.def"
                               << "core/task";
        QTest::newRow("methods") << "core/method/methods.def"
                                 << "core/method";
        QTest::newRow("commands") << "core/command/commands.def"
                                  << "core/command";
    }

    void everyFamilyMemberHasItsFolder() {
        QFETCH(QString, list);
        QFETCH(QString, folder);
        const std::string content = readFile(test::sourceFolder() / list.toStdString());
        const std::regex line(R"((?:^|\n)EMBELLIE_[A-Z]+\(([a-z0-9_]+)\))");
        std::set<std::string> members;
        for (std::sregex_iterator it(content.begin(), content.end(), line), end; it != end; ++it) {
            const std::string member = (*it)[1];
            QVERIFY2(members.insert(member).second, member.c_str());
            QVERIFY2(fs::is_directory(test::sourceFolder() / folder.toStdString() / member), member.c_str());
        }
        QVERIFY(!members.empty());
    }

private:
    Rooms m_rooms;
};

QTEST_APPLESS_MAIN(IncludeRule)
#include "tst_include_rule.moc"
