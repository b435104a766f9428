// Sweeps as ODIM_H5 and CfRadial 1.4: what is written is what was read, to our readers and to Python's, which
// know nothing of ours; several inputs, outputs and what is refused.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/convert/convert.h"
#include "core/io/netcdf.h"
#include "tests/core/io/made_volume.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/core/learn/python.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <algorithm>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

Feedback silent;

Conversion converted(const std::vector<fs::path>& inputs, const std::string& format, const fs::path& output,
                     const std::vector<std::string>& arrays = {}) {
    return convert({inputs, format, output, arrays}, silent);
}

std::string refusal(const std::vector<fs::path>& inputs, const std::string& format, const fs::path& output,
                    const std::vector<std::string>& arrays = {}) {
    try {
        converted(inputs, format, output, arrays);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

const std::vector<MadeSweep>& sweepsNamed(const QString& name) {
    return name == "ragged" ? RaggedSweeps : name == "rhi" ? Rhis : PlainSweeps;
}

/// The cells and the geometry of every array of one file in another, by sweep and quantity.
QString difference(const fs::path& original, const fs::path& other) {
    const auto a = openSource(original), b = openSource(other);
    if (a->describe().sweeps.size() != b->describe().sweeps.size())
        return "other sweeps";
    const Site &here = *a->describe().site, &there = *b->describe().site;
    if (here != there)
        return "another site";
    for (const ArrayInfo& array : a->describe().arrays) {
        const std::string& id = array.quantity.id;
        const auto& others = b->describe().arrays;
        const bool isFlags = id == "REJECTED";
        const auto found = std::find_if(others.begin(), others.end(), [&](const ArrayInfo& one) {
            return one.sweep == array.sweep &&
                   (one.quantity.id == id || (isFlags && one.id.ends_with("DBZH_rejected"))) &&
                   (isFlags || one.qualityOf.empty() == array.qualityOf.empty());
        });
        const QString name = QString::fromStdString(array.id);
        if (found == others.end())
            return name + " is missing";
        const Field one = a->read(array.id, {}, silent), two = b->read(found->id, {}, silent);
        if (one.quantity().unit != two.quantity().unit && !isFlags)
            return name + " has another unit: " + QString::fromStdString(two.quantity().unit);
        if (one.quantity().kind != two.quantity().kind || one.size() != two.size())
            return name + " has another kind or size";
        for (std::size_t cell = 0; cell < one.size(); ++cell)
            if (one.states()[cell] != two.states()[cell] ||
                (one.states()[cell] == State::Valid && one.values()[cell] != two.values()[cell]))
                return name + " differs at cell " + QString::number(cell);
        const Sweep &sweep = *one.sweep(), &made = *two.sweep();
        const auto near = [](double x, double y, double most) { return std::abs(x - y) <= most; };
        if (sweep.mode != made.mode || !near(sweep.fixedAngle, made.fixedAngle, 1e-5) ||
            !near(sweep.firstGateMeters, made.firstGateMeters, 1e-3) ||
            !near(sweep.gateMeters, made.gateMeters, 1e-3) ||
            !near(sweep.nyquist.value_or(0), made.nyquist.value_or(0), 1e-5) ||
            !near(sweep.beamWidth.value_or(0), made.beamWidth.value_or(0), 1e-6))
            return name + " has another geometry";
        for (std::size_t ray = 0; ray < sweep.rays.size(); ++ray) {
            const auto seconds = [&](const Field& field, const Ray& of) {
                return double(field.time().begin.time_since_epoch().count()) / 1000 + of.timeSeconds;
            };
            const Ray &its = sweep.rays[ray], &own = made.rays[ray];
            if (std::abs(std::remainder(its.azimuth() - own.azimuth(), 360)) > 1e-4 ||
                std::abs(std::remainder(its.azimuthStart - own.azimuthStart, 360)) > 1e-4 ||
                !near(its.elevation, own.elevation, 1e-5) ||
                !near(seconds(one, its), seconds(two, own), 2e-3))
                return name + " has another ray " + QString::number(ray);
        }
    }
    return {};
}

/// As Python: [(angle, rays, gates, gate, first, mode), ...].
std::string pythonSweeps(const std::vector<MadeSweep>& sweeps) {
    std::string list;
    for (const MadeSweep& one : sweeps)
        list += "(" + numberText(one.angle) + "," + std::to_string(one.rays) + "," +
                std::to_string(one.gates) + "," + numberText(one.gateMeters) + "," +
                numberText(one.firstGateMeters) + "," + (one.mode == SweepMode::Rhi ? "'rhi'" : "'ppi'") +
                "),";
    return "[" + list + "]";
}

const char* Expected = R"(
import sys, datetime
import numpy as np
sweeps = eval(sys.argv[2])
base = datetime.datetime(2024, 2, 29, 23, 59, 30)
def states(s, rejected):
    r, g = np.mgrid[0:sweeps[s][1], 0:sweeps[s][2]]
    out = np.zeros(r.shape, int)
    if rejected:
        out[(r + 3 * g) % 13 == 0] = 3
    out[(r + g) % 7 == 0] = 2
    out[(r + 2 * g) % 11 == 0] = 1
    return out
def values(s, name):
    r, g = np.mgrid[0:sweeps[s][1], 0:sweeps[s][2]]
    if name == 'DBZH': return -20 + (7 * r + 3 * g + s) % 140 / 2
    if name == 'VRADH': return np.sin(r + g / 10) * 7
    if name == 'CLASS': return (r + g) % 3
    return (r + g) % 250 * 0.004
def azimuth(s, r):
    if sweeps[s][5] == 'rhi': return sweeps[s][0]
    return (90 + 360 / sweeps[s][1] * (r + 0.5)) % 360
def elevation(s, r):
    return 0.25 + 0.5 * r if sweeps[s][5] == 'rhi' else sweeps[s][0]
)";

// The names and dimensions that Py-ART's read_cfradial() asks for, and how it unrolls what is ragged.
const char* ReadCfRadial = R"(
import netCDF4
d = netCDF4.Dataset(sys.argv[1]); v = d.variables
assert d.Conventions.startswith('CF/Radial-1.4') and d.version == '1.4' and d.platform_is_mobile == 'false'
for name, dims in dict(time='time', range='range', azimuth='time', elevation='time', sweep_number='sweep',
                       fixed_angle='sweep', sweep_start_ray_index='sweep', sweep_end_ray_index='sweep',
                       nyquist_velocity='time').items():
    assert v[name].dimensions == (dims,), name
for name in ('latitude', 'longitude', 'altitude', 'volume_number', 'radar_beam_width_h'):
    assert v[name].dimensions == (), name
assert (v['latitude'][...], v['longitude'][...], v['altitude'][...]) == (48.25, -1.5, 123)
def word(x): return x.tobytes().decode().strip('\0')
assert word(v['time_coverage_start'][:].data) == '2024-02-29T23:59:30Z'
assert word(v['primary_axis'][:].data) == 'axis_z' and word(v['platform_type'][:].data) == 'fixed'
start, end = v['sweep_start_ray_index'][:], v['sweep_end_ray_index'][:]
ragged = 'n_points' in d.dimensions
assert d.n_gates_vary == ('true' if ragged else 'false') == ('true' if len({x[2:5] for x in sweeps}) > 1 else 'false')
times = netCDF4.num2date(v['time'][:], v['time'].units, only_use_cftime_datetimes=False)
longest = max(sweeps, key=lambda x: x[2])
assert np.allclose(v['range'][:], longest[4] + longest[3] * np.arange(longest[2]))
assert (v['range'].meters_to_center_of_first_gate, v['range'].meters_between_gates) == (longest[4], longest[3])
fields = [n for n in v if v[n].dimensions == (('n_points',) if ragged else ('time', 'range'))]
assert set(fields) == {'DBZH', 'DBZH_probability', 'DBZH_rejected', 'VRADH', 'CLASS'}, fields
assert v['DBZH'].units == 'dBZ' and v['DBZH'].standard_name == 'equivalent_reflectivity_factor'
assert v['DBZH'].coordinates == 'elevation azimuth range' and v['DBZH'].dtype == np.float32
assert set(v['DBZH'].ancillary_variables.split()) == {'DBZH_rejected', 'DBZH_probability'}
assert list(v['CLASS'].flag_values) == [0, 1, 2] and v['CLASS'].flag_meanings == 'none steady_rain hail'
def field(name, s, masked):
    v[name].set_auto_mask(masked)
    if not ragged:
        return v[name][start[s]:end[s] + 1]
    flat = v[name][:]
    return np.ma.stack([flat[v['ray_start_index'][i]:v['ray_start_index'][i] + v['ray_n_gates'][i]]
                        for i in range(start[s], end[s] + 1)])
for s, (angle, rays, gates, gate, first, mode) in enumerate(sweeps):
    assert end[s] - start[s] + 1 == rays and v['fixed_angle'][s] == angle
    assert word(v['sweep_mode'][s].data) == ('rhi' if mode == 'rhi' else 'azimuth_surveillance')
    assert np.allclose(v['nyquist_velocity'][start[s]:end[s] + 1], 7.5 + angle)
    for r in range(rays):
        i = start[s] + r
        assert abs(v['azimuth'][i] - azimuth(s, r)) < 1e-4 and abs(v['elevation'][i] - elevation(s, r)) < 1e-5
        lag = times[i] - base - datetime.timedelta(seconds=20 * s + 0.25 * r)
        assert abs(lag.total_seconds()) < 1e-3, (times[i], s, r)
    if ragged:
        assert set(v['ray_n_gates'][start[s]:end[s] + 1]) == {gates}
        assert set(v['ray_gate_spacing'][start[s]:end[s] + 1]) == {gate}
        assert set(v['ray_start_range'][start[s]:end[s] + 1]) == {first}
    for name, variable in dict(DBZH='DBZH', VRADH='VRADH', CLASS='CLASS', PROB='DBZH_probability').items():
        if name == 'VRADH' and s == len(sweeps) - 1:
            assert field(name, s, True).mask.all()
            continue
        found, raw, wanted = field(variable, s, True), field(variable, s, False), states(s, name == 'DBZH')
        assert found.shape == wanted.shape, (name, found.shape)
        assert (np.ma.getmaskarray(found) == (wanted != 0)).all(), name # no echo is no value to others
        assert (raw[wanted == 1] == v[variable]._FillValue).all()
        assert (raw[wanted > 1] == v[variable]._Undetect).all()
        assert np.allclose(raw[wanted == 0], values(s, name)[wanted == 0], rtol=0, atol=1e-6), name
    flags = field('DBZH_rejected', s, False)
    assert (flags == np.choose(states(s, True), [0, -1, 0, 1])).all()
)";

const char* ReadOdim = R"(
import h5py
f = h5py.File(sys.argv[1], 'r')
def text(x): return x.decode() if isinstance(x, bytes) else x
rhi = all(x[5] == 'rhi' for x in sweeps)
assert text(f['what'].attrs['object']) == ('ELEV' if rhi else 'PVOL')
assert text(f['what'].attrs['source']) == 'NOD:frxyz,PLC:Somewhere'
assert (f['where'].attrs['lat'], f['where'].attrs['lon'], f['where'].attrs['height']) == (48.25, -1.5, 123)
for s, (angle, rays, gates, gate, first, mode) in enumerate(sweeps):
    g = f['dataset%d' % (s + 1)]; where, how = g['where'].attrs, g['how'].attrs
    assert (where['nrays'], where['nbins'], where['rscale']) == (rays, gates, gate)
    assert abs(where['rstart'] - (first - gate / 2) / 1000) < 1e-9 and abs(how['NI'] - 7.5 - angle) < 1e-5
    begin = base + datetime.timedelta(seconds=20 * s)
    assert text(g['what'].attrs['startdate']) + text(g['what'].attrs['starttime']) == begin.strftime('%Y%m%d%H%M%S')
    if mode == 'rhi':
        assert where['az_angle'] == angle and np.allclose(where['angles'], [elevation(s, r) for r in range(rays)])
        assert np.allclose(how['startelA'], where['angles'])
    else:
        assert where['elangle'] == angle
        middle = how['startazA'] + (how['stopazA'] - how['startazA']) % 360 / 2
        assert np.allclose(middle % 360, [azimuth(s, r) for r in range(rays)], atol=1e-4)
    seen = {}
    for k in g:
        if not k.startswith('data'): continue
        name, what, codes = text(g[k]['what'].attrs['quantity']), g[k]['what'].attrs, g[k]['data'][:]
        seen[name] = g[k]
        wanted = states(s, name == 'DBZH')
        assert (codes[wanted == 1] == what['nodata']).all() and (codes[wanted > 1] == what['undetect']).all()
        physical = codes * what['gain'] + what['offset']
        assert np.allclose(physical[wanted == 0], values(s, name)[wanted == 0], rtol=0, atol=1e-6), name
    assert set(seen) == {'DBZH', 'CLASS'} | ({'VRADH'} if s < len(sweeps) - 1 else set()), seen
    tasks = {text(q['how'].attrs['task']): q for k, q in seen['DBZH'].items() if k.startswith('quality')}
    flags, wanted = tasks['fr.embellie.rejected']['data'][:], states(s, True)
    assert (flags == np.choose(wanted, [0, 255, 0, 1])).all()
    q = tasks['fr.embellie.probability']
    assert np.allclose((q['data'][:] * q['what'].attrs['gain'])[states(s, False) == 0],
                       values(s, 'PROB')[states(s, False) == 0], atol=1e-6)
)";

} // namespace

class TestConvert : public QObject {
    Q_OBJECT
private:
    static void rows() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("sweeps");
        for (const char* format : {"odim", "cfradial"})
            for (const char* sweeps : {"plain", "ragged", "rhi"})
                QTest::addRow("%s %s", format, sweeps) << format << sweeps;
    }

private Q_SLOTS:
    void sweepsStayWhatTheyAre_data() { rows(); }
    void sweepsStayWhatTheyAre() {
        QFETCH(QString, format);
        QFETCH(QString, sweeps);
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume(sweepsNamed(sweeps)), silent);
        const Conversion made = converted({scratch / "in.h5"}, format.toStdString(), scratch / "out");
        QCOMPARE(made.files.size(), std::size_t(1));
        QCOMPARE(difference(scratch / "in.h5", scratch / "out"), QString());
        QVERIFY(difference(scratch / "out", scratch / "out").isEmpty());
        // And back, in the other family.
        const std::string back = format == "odim" ? "cfradial" : "odim";
        converted({scratch / "out"}, back, scratch / "back");
        QCOMPARE(difference(scratch / "in.h5", scratch / "back"), QString());
        converted({scratch / "back"}, format.toStdString(), scratch / "again");
        QCOMPARE(difference(scratch / "in.h5", scratch / "again"), QString());
    }

    void otherProgramsReadTheSame_data() { rows(); }
    void otherProgramsReadTheSame() {
        QFETCH(QString, format);
        QFETCH(QString, sweeps);
        const auto python = pythonWith("netCDF4, h5py, numpy");
        if (!python)
            QSKIP("needs Python with netCDF4 and h5py");
        const ScratchFolder scratch;
        const std::vector<MadeSweep>& made = sweepsNamed(sweeps);
        writeOdimVolume(scratch / "in.h5", madeVolume(made), silent);
        converted({scratch / "in.h5"}, format.toStdString(), scratch / "out");
        const std::string script = std::string(Expected) + (format == "odim" ? ReadOdim : ReadCfRadial);
        const ProcessResult result =
            runPython(*python, script, {(scratch / "out").string(), pythonSweeps(made)}, scratch.path());
        QVERIFY2(result.status == 0, (result.output + result.errors).c_str());
    }

    // One elevation a file, one quantity a file: the volume is one.
    void filesOfOneVolumeBecomeOne() {
        const ScratchFolder scratch;
        const OdimVolume whole = madeVolume(PlainSweeps);
        fs::create_directory(scratch / "parts");
        for (std::size_t sweep = 0; sweep < whole.sweeps.size(); ++sweep)
            for (std::size_t moment = 0; moment < whole.sweeps[sweep].size(); ++moment) {
                OdimVolume part = whole;
                part.sweeps = {{whole.sweeps[sweep][moment]}};
                part.time = whole.sweeps[sweep].front().field->time().begin;
                writeOdimVolume(scratch / "parts" / (std::to_string(sweep) + std::to_string(moment) + ".h5"),
                                part, silent);
            }
        writeOdimVolume(scratch / "whole.h5", whole, silent);
        for (const char* format : {"odim", "cfradial"}) {
            const Conversion made = converted({scratch / "parts"}, format, scratch / format);
            QCOMPARE(made.files.size(), std::size_t(1));
            QCOMPARE(made.files[0].inputs.size(), std::size_t(8));
            QCOMPARE(difference(scratch / "whole.h5", scratch / format), QString());
        }
    }

    void severalVolumesGoIntoAFolder() {
        const ScratchFolder scratch;
        OdimVolume volume = madeVolume({{0.5}});
        writeOdimVolume(scratch / "a.h5", volume, silent);
        volume.time += std::chrono::minutes(5);
        auto later = std::make_shared<const Field>([&] {
            const Field& field = *volume.sweeps[0][0].field;
            const TimePoint begin = field.time().begin + std::chrono::minutes(5);
            return Field(field.quantity(), field.geometry(), {begin, begin},
                         {field.values().begin(), field.values().end()},
                         {field.states().begin(), field.states().end()});
        }());
        volume.sweeps = {{{later, {}, {}}}};
        writeOdimVolume(scratch / "b.h5", volume, silent);
        const std::vector<fs::path> inputs{scratch / "a.h5", scratch / "b.h5"};
        const std::string words = refusal(inputs, "odim", scratch / "out.h5");
        QVERIFY2(words.find("2 volumes") != std::string::npos && words.find("folder") != std::string::npos,
                 words.c_str());
        QVERIFY(!fs::exists(scratch / "out.h5"));
        const Conversion made = converted(inputs, "cfradial", scratch / "out");
        QCOMPARE(made.files.size(), std::size_t(2));
        QVERIFY(fs::exists(scratch / "out" / "frxyz_20240229T235930Z.nc"));
        QVERIFY(fs::exists(scratch / "out" / "frxyz_20240301T000430Z.nc"));
    }

    void chosenArraysAlone() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume(PlainSweeps), silent);
        const Conversion made =
            converted({scratch / "in.h5"}, "cfradial", scratch / "out.nc", {"VRADH", "sweep_1/CLASS"});
        const NetcdfFile file(scratch / "out.nc");
        QVERIFY(file.find("VRADH") && file.find("CLASS") && !file.find("DBZH"));
        QCOMPARE(made.files[0].arrays.size(), std::size_t(3)); // VRADH of two sweeps
        QCOMPARE(file.dimensions().at("sweep"), std::size_t(2));
        const std::string words = refusal({scratch / "in.h5"}, "odim", scratch / "o.h5", {"VRADV"});
        QVERIFY2(words.find("VRADH is meant") != std::string::npos, words.c_str());
    }

    // Where the file has one code for no data and no echo.
    void whatIsAmbiguousStaysSo() {
        const ScratchFolder scratch;
        OdimVolume volume = madeVolume({{0.5}});
        Quantity quantity = volume.sweeps[0][0].field->quantity();
        quantity.ambiguous = true;
        const std::size_t cells = 90 * 50;
        std::vector<State> states(cells, State::Valid);
        states[7] = State::NoData;
        volume.sweeps = {{{std::make_shared<const Field>(quantity, madeGeometry({0.5}), TimeInterval{},
                                                         std::vector<float>(cells, 12.5f), states),
                           {},
                           {}}}};
        writeOdimVolume(scratch / "in.h5", volume, silent);
        for (const char* format : {"odim", "cfradial"}) {
            converted({scratch / "in.h5"}, format, scratch / format);
            const auto source = openSource(scratch / format);
            QVERIFY(source->describe().arrays.front().quantity.ambiguous);
            QCOMPARE(source->read("sweep_0/DBZH", {}, silent).states()[7], State::NoData);
        }
    }

    void theSameContentGivesTheSameBytes() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume(RaggedSweeps), silent);
        for (const char* format : {"odim", "cfradial"}) {
            converted({scratch / "in.h5"}, format, scratch / "a");
            QTest::qWait(1100); // another second of the clock
            converted({scratch / "in.h5"}, format, scratch / "b");
            QVERIFY(readFile(scratch / "a") == readFile(scratch / "b"));
        }
    }

    // More numbers of rays than an attribute of old HDF5 files holds.
    void manyRays() {
        const ScratchFolder scratch;
        const std::vector<MadeSweep> sweeps{
            {0.5, 20000, 3}, {45, 9000, 2, 500, 250, SweepMode::Rhi}, {2.5, 90, 3}};
        writeOdimVolume(scratch / "in.h5", madeVolume(sweeps), silent);
        converted({scratch / "in.h5"}, "odim", scratch / "out.h5");
        QCOMPARE(difference(scratch / "in.h5", scratch / "out.h5"), QString());
        const Field field = openSource(scratch / "out.h5")->read("sweep_0/DBZH", {}, silent);
        QVERIFY(std::abs(field.sweep()->rays[12345].azimuth() - (90 + 0.018 * 12345.5)) < 1e-6);
        QTest::qWait(1100); // another second of the clock
        converted({scratch / "in.h5"}, "odim", scratch / "again.h5");
        QVERIFY(readFile(scratch / "out.h5") == readFile(scratch / "again.h5"));
        const auto python = pythonWith("h5py, numpy");
        if (!python)
            QSKIP("needs Python with h5py");
        const ProcessResult result = runPython(*python, R"(
import sys, h5py, numpy as np
f = h5py.File(sys.argv[1], 'r')
a = f['dataset1/how'].attrs['startazA']
assert len(a) == 20000 and np.allclose(a, (90 + 0.018 * np.arange(20000)) % 360)
assert len(f['dataset2/where'].attrs['angles']) == 9000 and len(f['dataset3/how'].attrs['startazA']) == 90
)",
                                               {(scratch / "out.h5").string()}, scratch.path());
        QVERIFY2(result.status == 0, (result.output + result.errors).c_str());
    }

    void chunksHaveAMillionCellsAtMost() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume({{0.5, 1500, 800}}), silent);
        converted({scratch / "in.h5"}, "cfradial", scratch / "out.nc");
        int file = 0, variable = 0, storage = 0;
        std::size_t chunks[2] = {};
        QCOMPARE(nc_open((scratch / "out.nc").c_str(), NC_NOWRITE, &file), NC_NOERR);
        nc_inq_varid(file, "DBZH", &variable);
        nc_inq_var_chunking(file, variable, &storage, chunks);
        nc_close(file);
        QVERIFY(chunks[0] > 1 && chunks[0] < 1500 && chunks[0] * chunks[1] <= std::size_t(1) << 20);
    }

    void whatCantBeIsRefused() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume(PlainSweeps), silent);
        const std::string before = readFile(scratch / "in.h5");
        const auto tells = [&](const std::string& words, std::initializer_list<const char*> parts) {
            for (const char* part : parts)
                if (words.find(part) == std::string::npos)
                    QFAIL((words + " lacks " + part).c_str());
        };
        tells(refusal({scratch / "in.h5"}, "netcdf", scratch / "o.nc"),
              {"in.h5", "--to odim", "--to cfradial"});
        tells(refusal({scratch / "in.h5"}, "cfradail", scratch / "o.nc"), {"cfradail", "cfradial is meant"});
        tells(refusal({scratch / "in.h5"}, "odim", scratch / "in.h5"), {"in.h5", "replace an input"});
        fs::create_symlink(scratch / "in.h5", scratch / "link.h5");
        tells(refusal({scratch / "in.h5"}, "odim", scratch / "link.h5"), {"replace an input"});
        tells(refusal({scratch / "in.h5"}, "odim", scratch / "no" / "such" / "o.h5"), {"no/such"});
        QVERIFY(readFile(scratch / "in.h5") == before && !fs::exists(scratch / "o.nc"));
        // Of several, one that can't be read is a problem and no more.
        writeFileAtomically(scratch / "bad.h5", "no data at all");
        const Conversion made = converted({scratch / "bad.h5", scratch / "in.h5"}, "odim", scratch / "o.h5");
        QCOMPARE(made.problems.size(), std::size_t(1));
        QCOMPARE(difference(scratch / "in.h5", scratch / "o.h5"), QString());
    }

    // Headers that are whole as HDF5 and make no sense: a sentence, or a file that opens.
    void oddNumbersEndWithASentence() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume(PlainSweeps), silent);
        const double odd[] = {NAN, INFINITY, -1, 0, 1e300, 1e-30};
        int refused = 0, done = 0;
        for (const auto& [group, name] : {std::pair{"/dataset1/where", "elangle"},
                                          {"/dataset1/where", "rscale"},
                                          {"/dataset1/where", "rstart"},
                                          {"/dataset2/data1/what", "gain"},
                                          {"/dataset2/data1/what", "undetect"},
                                          {"/dataset3/how", "NI"},
                                          {"/where", "lat"}})
            for (const double number : odd)
                for (const char* format : {"odim", "cfradial"}) {
                    fs::copy_file(scratch / "in.h5", scratch / "odd.h5",
                                  fs::copy_options::overwrite_existing);
                    TinyHdf5::reopened(scratch / "odd.h5").replaceNumber(group, name, number);
                    const std::string words = refusal({scratch / "odd.h5"}, format, scratch / "out");
                    QVERIFY2(words.empty() || words.find(scratch.path().string()) != std::string::npos,
                             words.c_str());
                    (words.empty() ? done : refused) += 1;
                    if (words.empty())
                        QVERIFY(!openSource(scratch / "out")->describe().arrays.empty());
                    fs::remove(scratch / "out");
                }
        QVERIFY(refused > 10 && done > 10);
    }

    void cancellingLeavesNothing() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume(PlainSweeps), silent);
        struct Stopper : Feedback { // once the first sweep is through
            explicit Stopper(std::stop_source& source) : Feedback(source.get_token()), m_source(source) {}
            void progress(double done, double total) override {
                if (total > 0 && done / total > 0.2 && done < total)
                    m_source.request_stop();
            }
            std::stop_source& m_source;
        };
        for (const char* format : {"odim", "cfradial"}) {
            std::stop_source source;
            Stopper stopper(source);
            fs::create_directory(scratch / format);
            QVERIFY_EXCEPTION_THROWN(
                convert({{scratch / "in.h5"}, format, scratch / format / "o", {}}, stopper), Cancelled);
            QVERIFY(fs::is_empty(scratch / format));
        }
    }
};

QTEST_GUILESS_MAIN(TestConvert)
#include "tst_convert.moc"
