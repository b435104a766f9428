// All readers of one file share its handles.

#include "core/base/error.h"
#include "core/io/hdf5.h"
#include "core/io/netcdf.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <atomic>
#include <optional>
#include <thread>

using namespace embellie;
namespace fs = std::filesystem;

class TestSharedFile : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;

    /// With texts of variable length, in a variable and in an attribute.
    fs::path made(const std::string& name) {
        test::TinyNetcdf file(m_folder / name);
        file.dimension("n", 3);
        file.strings("words", {"n"}, {"one", "two", "three"});
        file.variable("numbers", NC_DOUBLE, {"n"}, {1, 2, 3});
        return m_folder / name;
    }
    static int openFiles() {
        int count = 0;
        for ([[maybe_unused]] const auto& entry : fs::directory_iterator("/proc/self/fd"))
            ++count;
        return count;
    }

private Q_SLOTS:
    // What HDF5 1.10 does not always survive where each has a handle of its own.
    void aTextOutlivesTheHandleThatItWasMetThrough() {
        const fs::path path = made("texts.nc");
        const std::vector<std::string> words{"one", "two", "three"};
        for (int i = 0; i < 50; ++i) {
            std::optional<NetcdfFile> first(path), second(path);
            std::optional<Hdf5File> third(Hdf5File::open(path)), fourth(Hdf5File::open(path));
            QCOMPARE(third->id(), fourth->id());
            QVERIFY(first->texts(*first->find("words")) == words);
            QVERIFY(second->texts(*second->find("words")) == words);
            QVERIFY(third->string("/", "_NCProperties").has_value());
            first.reset();
            third.reset();
            QVERIFY(second->texts(*second->find("words")) == words);
            QVERIFY(fourth->string("/", "_NCProperties").has_value());
            second.reset();
            QVERIFY(fourth->string("/", "_NCProperties").has_value());
        }
    }

    void theLastReaderClosesTheFile() {
        const fs::path path = made("closed.nc");
        const int before = openFiles();
        {
            const NetcdfFile first(path);
            const Hdf5File second = Hdf5File::open(path);
            QVERIFY(openFiles() > before);
            // Through another name it is the same file.
            fs::create_symlink(path, m_folder / "link.nc");
            QCOMPARE(Hdf5File::open(m_folder / "link.nc").id(), second.id());
        }
        QCOMPARE(openFiles(), before);
    }

    void aFileThatTookItsPlaceIsAnotherOne() {
        const fs::path path = made("replaced.nc");
        const NetcdfFile old(path);
        {
            test::TinyNetcdf file(m_folder / "new.nc");
            file.dimension("m", 1);
            file.variable("other", NC_DOUBLE, {"m"}, {7});
        }
        fs::rename(m_folder / "new.nc", path);
        const NetcdfFile now(path);
        QVERIFY(now.find("other") && !now.find("words"));
        QCOMPARE(old.values(*old.find("numbers")), (std::vector<double>{1, 2, 3}));
        QCOMPARE(now.values(*now.find("other")), std::vector<double>{7});
    }

    void manyThreadsOpenAndCloseIt() {
        const fs::path path = made("threads.nc");
        const int before = openFiles();
        std::atomic<int> wrong{0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 100; ++i) {
                        const NetcdfFile netcdf(path);
                        const Hdf5File hdf5 = Hdf5File::open(path);
                        if (netcdf.texts(*netcdf.find("words")).at(2) != "three" ||
                            !hdf5.string("/", "_NCProperties") || hdf5.read("/numbers").at(1) != 2)
                            ++wrong;
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(openFiles(), before);
    }

    void aFileThatIsNoneLeavesNothingOpen() {
        const fs::path path = m_folder / "none.nc";
        QVERIFY_THROWS_EXCEPTION(Error, Hdf5File::open(path));
        QVERIFY_THROWS_EXCEPTION(Error, NetcdfFile{path});
        made("none.nc");
        QVERIFY(NetcdfFile(path).find("words"));
    }
};

QTEST_APPLESS_MAIN(TestSharedFile)
#include "tst_shared_file.moc"
