// Where results go: no two to one place, and none over another one's input.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/result_names.h"
#include "tests/support/test_support.h"

#include <QtTest>

using namespace embellie;
namespace fs = std::filesystem;

class TestResultNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoOfOneNameLieSideBySide() {
        const test::ScratchFolder folder;
        const auto places = resultPaths(folder / "out", {"a/x.h5", "b/x.h5", "b/y", "c/x.h5", "c/y"});
        QCOMPARE(places.size(), std::size_t(5));
        const char* const names[] = {"x.h5", "x_2.h5", "y", "x_3.h5", "y_2"};
        for (std::size_t i = 0; i < places.size(); ++i)
            QCOMPARE(places[i], folder / "out" / names[i]);
    }

    void noResultReplacesAnotherInput() {
        const test::ScratchFolder folder;
        for (const char* name : {"a", "b"}) {
            fs::create_directory(folder / name);
            writeFileAtomically(folder / name / "x.h5", name);
        }
        const std::string a = (folder / "a" / "x.h5").string(), b = (folder / "b" / "x.h5").string();
        QVERIFY_EXCEPTION_THROWN(resultPaths(folder / "b", {a, b}), Error);
        fs::create_directory_symlink(folder / "b", folder / "link");
        QVERIFY_EXCEPTION_THROWN(resultPaths(folder / "link", {a, b}), Error);
        QCOMPARE(resultPaths(folder / "b", {a}).front(), folder / "b" / "x.h5"); // an earlier result, perhaps
    }
};

QTEST_GUILESS_MAIN(TestResultNames)
#include "tst_result_names.moc"
