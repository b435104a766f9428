// Results of CfRadial 2: in the group of each sweep, and nothing else is touched.

#include "core/base/error.h"
#include "core/io/netcdf.h"
#include "core/io/result.h"
#include "tests/core/io/tiny_cfradial2.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace embellie;
using namespace embellie::test;

class TestCfRadial2Result : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aResultReadsBackAndLeavesTheRestAlone();
    void aResultMayBeCleanedAgain();
    void whatTheLibraryCantAddToIsTold();
};

// Dimensions, attributes and cells of a group and of those in it, as netCDF-C hands them out.
static void collect(int group, const QString& folder, QMap<QString, QByteArray>& content) {
    char name[NC_MAX_NAME + 1] = {};
    const auto bytes = [&](nc_type type, std::size_t count, auto read, auto readStrings) {
        if (type == NC_STRING) {
            std::vector<char*> texts(count, nullptr);
            readStrings(texts.data());
            QByteArray all;
            for (const char* text : texts)
                all += QByteArray(text) + '\n';
            nc_free_string(count, texts.data());
            return all;
        }
        std::size_t size = 0;
        nc_inq_type(group, type, nullptr, &size);
        QByteArray all(qsizetype(count * size), '\0');
        read(all.data());
        return all;
    };
    const auto attributes = [&](int variable, int count, const QString& of) {
        for (int i = 0; i < count; ++i) {
            nc_type type = 0;
            std::size_t length = 0;
            nc_inq_attname(group, variable, i, name);
            nc_inq_att(group, variable, name, &type, &length);
            content[of + "@" + name] =
                QByteArray::number(type) + ' ' +
                bytes(
                    type, length, [&](void* to) { nc_get_att(group, variable, name, to); },
                    [&](char** to) { nc_get_att_string(group, variable, name, to); });
        }
    };
    int dimensions = 0, variables = 0, globals = 0, groups = 0;
    nc_inq_dimids(group, &dimensions, nullptr, 0);
    std::vector<int> ids(std::size_t(dimensions), 0);
    nc_inq_dimids(group, &dimensions, ids.data(), 0);
    for (const int id : ids) {
        std::size_t size = 0;
        nc_inq_dim(group, id, name, &size);
        content[folder + "#" + name] = QByteArray::number(qulonglong(size));
    }
    nc_inq_natts(group, &globals);
    attributes(NC_GLOBAL, globals, folder);
    nc_inq_nvars(group, &variables);
    for (int variable = 0; variable < variables; ++variable) {
        nc_type type = 0;
        int rank = 0, axes[NC_MAX_VAR_DIMS] = {}, count = 0;
        nc_inq_var(group, variable, name, &type, &rank, axes, &count);
        const QString path = folder + name;
        QByteArray shape = QByteArray::number(type);
        std::size_t cells = 1;
        for (int axis = 0; axis < rank; ++axis) {
            std::size_t size = 0;
            nc_inq_dim(group, axes[axis], name, &size);
            shape += ' ' + QByteArray(name);
            cells *= size;
        }
        content[path] = shape + ' ' +
                        bytes(
                            type, cells, [&](void* to) { nc_get_var(group, variable, to); },
                            [&](char** to) { nc_get_var_string(group, variable, to); });
        attributes(variable, count, path);
    }
    nc_inq_grps(group, &groups, nullptr);
    std::vector<int> inner(std::size_t(groups), 0);
    nc_inq_grps(group, &groups, inner.data());
    for (const int one : inner) {
        nc_inq_grpname(one, name);
        collect(one, folder + name + "/", content);
    }
}

static QMap<QString, QByteArray> contentOf(const std::filesystem::path& file) {
    QMap<QString, QByteArray> content;
    int id = 0;
    if (nc_open(file.c_str(), NC_NOWRITE, &id) == NC_NOERR) {
        collect(id, "/", content);
        nc_close(id);
    }
    return content;
}

static FieldPtr fieldLike(const Field& raw, Quantity quantity, std::vector<State> states, float value) {
    std::vector<float> values(raw.values().begin(), raw.values().end());
    if (!std::isnan(value))
        std::fill(values.begin(), values.end(), value);
    return std::make_shared<const Field>(std::move(quantity), raw.geometry(), raw.time(), std::move(values),
                                         std::move(states));
}

void TestCfRadial2Result::aResultReadsBackAndLeavesTheRestAlone() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.att("", "Conventions", "Cf/Radial");
        file.dimension("sweep", 2);
        addPlace(file);
        file.strings("sweep_group_name", {"sweep"}, {"sweep_1", "sweep_0"});
        file.group("radar_parameters");
        file.variable("radar_beam_width_h", NC_FLOAT, {}, {1});
        addSorted(file, "sweep_0", "azimuth", "azimuth_surveillance");
        file.variable("TH", NC_SHORT, {"azimuth", "range"}, {1, 2, 3, -1, 5, 6, 7, 8}, {-1});
        file.att("TH", "units", "dBZ");
        file.group("sweep_0/monitoring");
        file.variable("transmit_power", NC_FLOAT, {"azimuth"}, {1, 2, 3, 4});
        addSweep(file, "sweep_1", 3, 2);
        addMoment(file, "TH", 6);
    }
    const Field raw = readOne(folder / "a.nc", "sweep_1/TH"); // of the group sweep_0
    QCOMPARE(statesOf(raw), QString("vvvnvvvv"));
    std::vector<State> measured(raw.states().begin(), raw.states().end()), states = measured;
    states[1] = State::Rejected;
    states[5] = State::NoEcho;
    Quantity quantity = raw.quantity(), chance, spread;
    quantity.id = "DBZH_CLEAN";
    chance.id = "P";
    chance.unit = spread.unit = "1";
    chance.kind = Kind::Probability;
    spread.id = UncertaintyId;
    spread.longName = "standard deviation of something";
    const float asItIs = std::nanf("");
    Feedback silent;
    writeResult(folder / "b.nc", folder / "a.nc",
                {{1,
                  {fieldLike(raw, quantity, states, asItIs),
                   {fieldLike(raw, chance, measured, 0.25f), fieldLike(raw, spread, measured, 0.125f)},
                   {}}}},
                {{"embellie_run", std::string("seven")}}, silent);

    const auto source = openSource(folder / "b.nc");
    const SourceInfo& info = source->describe();
    QCOMPARE(info.find("sweep_1/DBZH_CLEAN")->path, std::string("/sweep_0/DBZH_CLEAN"));
    const Field found = source->read("sweep_1/DBZH_CLEAN", {}, silent);
    QCOMPARE(statesOf(found), QString("vrvnvuvv"));
    QCOMPARE(found.geometry(), raw.geometry());
    for (const std::size_t cell : {0, 2, 4, 6, 7})
        QCOMPARE(found.values()[cell], raw.values()[cell]);
    QCOMPARE(statesOf(readOne(folder / "b.nc", "sweep_1/DBZH_CLEAN", "ray=0:4:2,gate=1")), QString("ru"));
    const ArrayInfo* const probability = info.find("sweep_1/DBZH_CLEAN_probability");
    QVERIFY(probability);
    QCOMPARE(probability->quantity.kind, Kind::Probability);
    QCOMPARE(probability->qualityOf, std::string("sweep_1/DBZH_CLEAN"));
    QCOMPARE(source->read(probability->id, {}, silent).values()[0], 0.25f);
    const ArrayInfo* const unsure = info.find("sweep_1/DBZH_CLEAN_uncertainty");
    QVERIFY(unsure);
    QCOMPARE(unsure->quantity.id, std::string(UncertaintyId));
    QCOMPARE(unsure->quantity.longName, spread.longName);
    QCOMPARE(unsure->qualityOf, std::string("sweep_1/DBZH_CLEAN"));
    QCOMPARE(source->read(unsure->id, {}, silent).values()[0], 0.125f);
    QCOMPARE(info.find("sweep_1/DBZH_CLEAN_rejected")->quantity.kind, Kind::Classes);
    // The sweep without a result has none.
    QCOMPARE(std::count_if(info.arrays.begin(), info.arrays.end(),
                           [](const ArrayInfo& array) { return array.id.starts_with("sweep_0/"); }),
             1);
    const NetcdfFile file(folder / "b.nc");
    QCOMPARE(file.globalText("embellie_run"), std::string("seven"));
    QCOMPARE(file.find("sweep_0/DBZH_CLEAN")->dimensions,
             (std::vector<std::string>{"sweep_0/azimuth", "sweep_0/range"}));
    QCOMPARE(file.find("sweep_0/DBZH_CLEAN")->text("ancillary_variables"),
             std::string("DBZH_CLEAN_rejected DBZH_CLEAN_probability DBZH_CLEAN_uncertainty"));

    const QMap<QString, QByteArray> before = contentOf(folder / "a.nc"), after = contentOf(folder / "b.nc");
    for (const char* key : {"/sweep_0/monitoring/transmit_power", "/sweep_1/time@units", "/#sweep"})
        QVERIFY(before.contains(key));
    for (auto one = before.begin(); one != before.end(); ++one)
        QVERIFY2(after.value(one.key()) == one.value(), qPrintable(one.key()));
    for (auto one = after.begin(); one != after.end(); ++one)
        QVERIFY2(before.contains(one.key()) || one.key().contains("DBZH_CLEAN") ||
                     one.key() == "/@embellie_run",
                 qPrintable(one.key()));
    QVERIFY_EXCEPTION_THROWN(writeResult(folder / "a.nc", folder / "a.nc", {}, {}, silent), Error);
    QVERIFY_EXCEPTION_THROWN(writeResult(folder / "c.nc", folder / "a.nc",
                                         {{0, {fieldLike(raw, quantity, states, asItIs), {}, {}}}}, {},
                                         silent),
                             Error);
}

void TestCfRadial2Result::aResultMayBeCleanedAgain() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "0.nc");
        addPlace(file);
        for (const char* group : {"sweep_0", "sweep_1"}) {
            addSweep(file, group, 2, 2);
            addMoment(file, "DBZH", 4);
        }
    }
    Feedback silent;
    for (int time = 1; time <= 3; ++time) {
        const auto before = folder / (std::to_string(time - 1) + ".nc"),
                   after = folder / (std::to_string(time) + ".nc");
        std::vector<OdimResultSweep> results;
        for (std::size_t sweep = time == 1 ? 1 : 0; sweep < 2; ++sweep) {
            const Field raw = readOne(before, "sweep_" + std::to_string(sweep) + "/DBZH");
            std::vector<State> states(raw.states().begin(), raw.states().end());
            states[std::size_t(time)] = State::Rejected;
            results.push_back({sweep, {fieldLike(raw, raw.quantity(), states, std::nanf("")), {}, {}}});
        }
        writeResult(after, before, results, {}, silent);
    }
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_1/DBZH")), QString("vvvv"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_1/DBZH_cleaned")), QString("vrvv"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_1/DBZH_cleaned_2")), QString("vvrv"));
    // One name for all sweeps, though this one had none before.
    QVERIFY(!openSource(folder / "3.nc")->describe().find("sweep_0/DBZH_cleaned"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_0/DBZH_cleaned_2")), QString("vvrv"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_0/DBZH_cleaned_3")), QString("vvvr"));
    QCOMPARE(openSource(folder / "3.nc")->describe().find("sweep_1/DBZH_cleaned_3_rejected")->qualityOf,
             std::string("sweep_1/DBZH_cleaned_3"));
}

void TestCfRadial2Result::whatTheLibraryCantAddToIsTold() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.nc"); // it keeps no order
        file.text("/", "_NCProperties", "version=2,h5netcdf=0.7");
        const auto add = [&](const std::string& name, const std::vector<hsize_t>& shape,
                             const std::vector<double>& cells) {
            file.array("/sweep_0/" + name, shape, cells, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE);
        };
        for (const char* name : {"latitude", "longitude", "altitude"})
            add(name, {1}, {1});
        add("range", {2}, {100, 200});
        add("azimuth", {3}, {0, 1, 2});
        add("elevation", {3}, {1, 1, 1});
        add("DBZH", {3, 2}, counted(6));
    }
    const Field raw = readOne(folder / "a.nc", "sweep_0/DBZH");
    QCOMPARE(raw.values()[5], 5.0f);
    Feedback silent;
    try {
        writeResult(folder / "b.nc", folder / "a.nc", {{0, {std::make_shared<const Field>(raw), {}, {}}}}, {},
                    silent);
        QFAIL("it was written");
    } catch (const Error& error) {
        QVERIFY2(QString(error.what()).contains("nccopy"), error.what());
    }
    QVERIFY(!std::filesystem::exists(folder / "b.nc"));
}

QTEST_GUILESS_MAIN(TestCfRadial2Result)
#include "tst_cfradial2_result.moc"
