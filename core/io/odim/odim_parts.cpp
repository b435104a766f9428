#include "core/io/odim/odim_parts.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdio>

namespace embellie {

namespace {

constexpr int Deflate = 6;
constexpr std::size_t MemoryStep = std::size_t(1) << 20; // by which a file in memory grows

double codeOf(const OdimPacking& packing, float value) {
    return std::round((static_cast<double>(value) - packing.offset) / packing.gain);
}

bool holds(const OdimPacking& packing, const Field& field, bool exactly) {
    if (packing.type == OdimPacking::Type::Float32)
        return true;
    const double most = packing.type == OdimPacking::Type::UInt8 ? 255 : 65535;
    for (const float value : field.values()) {
        if (std::isnan(value))
            continue;
        const double code = codeOf(packing, value);
        if (!(code >= 0 && code <= most) || code == packing.nodata || code == packing.undetect)
            return false;
        // The reader's arithmetic: double, then rounded to float.
        if (exactly && static_cast<float>(code * packing.gain + packing.offset) != value)
            return false;
    }
    return true;
}

const OdimPacking Bytes{OdimPacking::Type::UInt8, 1, 0, 255, 254}; // codes of classes begin with 0
const OdimPacking Words{OdimPacking::Type::UInt16, 1, 0, 65535, 65534};
const OdimPacking Floats{OdimPacking::Type::Float32, 1, 0, -9999000, -8888000};

std::string classNames(const std::vector<Meaning>& meanings) {
    std::string names;
    for (const Meaning& meaning : meanings) {
        std::string name = meaning.name;
        std::replace(name.begin(), name.end(), ',', ' ');
        names += (names.empty() ? "" : ",") + name;
    }
    return names;
}

std::string classColours(const std::vector<Meaning>& meanings) {
    std::string colours;
    for (const Meaning& meaning : meanings) {
        if (!meaning.colour)
            return {};
        char written[8];
        std::snprintf(written, sizeof written, "#%06X", static_cast<unsigned>(*meaning.colour & 0xFFFFFF));
        colours += (colours.empty() ? "" : ",") + std::string(written);
    }
    return colours;
}

Field rejectedMask(const Field& field) {
    Quantity quantity;
    quantity.id = "REJECTED";
    quantity.unit = "1";
    std::vector<float> values(field.size());
    std::vector<State> states(field.size(), State::Valid);
    for (std::size_t cell = 0; cell < field.size(); ++cell) {
        values[cell] = field.states()[cell] == State::Rejected ? 1 : 0;
        if (field.states()[cell] == State::NoData)
            states[cell] = State::NoData;
    }
    return Field(quantity, field.geometry(), field.time(), std::move(values), std::move(states));
}

} // namespace

OdimPacking odimPackingFor(const Field& field, const std::optional<OdimStep>& preferred, bool isExact) {
    const Quantity& quantity = field.quantity();
    std::vector<OdimPacking> exact, near;
    if (preferred) {
        exact.push_back({OdimPacking::Type::UInt8, preferred->gain, preferred->offset, 255, 0});
        exact.push_back({OdimPacking::Type::UInt16, preferred->gain, preferred->offset, 65535, 0});
    }
    if (quantity.kind == Kind::Classes || quantity.kind == Kind::Flags || quantity.id == "REJECTED") {
        exact.insert(exact.end(), {Bytes, Words});
    } else if (quantity.kind == Kind::Probability || quantity.id == UncertaintyId) {
        near.push_back({OdimPacking::Type::UInt8, 0.004, 0, 255, 254}); // codes 0 to 250
    } else if (quantity.unit == "dBZ") {
        exact.push_back({OdimPacking::Type::UInt8, 0.5, -32, 255, 0});
        near.push_back({OdimPacking::Type::UInt16, 0.01, -150, 65535, 0});
    } else if (quantity.unit == "dB" || quantity.unit == "m s-1" || quantity.unit == "degree") {
        near.push_back({OdimPacking::Type::UInt16, 0.01, -250, 65535, 0});
    }
    for (const OdimPacking& packing : exact)
        if (holds(packing, field, true))
            return packing;
    for (const OdimPacking& packing : near)
        if (holds(packing, field, isExact || preferred.has_value()))
            return packing;
    return Floats;
}

OdimFile OdimFile::create(const std::filesystem::path& shown, const Hdf5File* like) {
    silenceHdf5();
    OdimFile file;
    file.m_shown = shown;
    const Hdf5Handle plan(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    if (like) {
        const Hdf5Handle given(H5Fget_create_plist(like->id()), H5Pclose);
        std::size_t offsets = 0, lengths = 0;
        if (H5Pget_sizes(given, &offsets, &lengths) < 0 || H5Pset_sizes(plan, offsets, lengths) < 0)
            file.fail({});
    }
    const Hdf5Handle inMemory(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_fapl_core(inMemory, MemoryStep, false);
    file.m_file = Hdf5Handle(H5Fcreate(shown.c_str(), H5F_ACC_TRUNC, plan, inMemory), H5Fclose);
    if (!file.m_file.isValid())
        file.fail({});
    return file;
}

void OdimFile::fail(const std::string& place) const {
    throw Error(text(EMBELLIE_TR("odim", "the HDF5 file can't be made")))
        .in(m_shown, place)
        .remedy(text(EMBELLIE_TR("odim", "check that there is enough memory")));
}

void OdimFile::makeGroup(const std::string& path, bool hasLongAttributes) {
    // Missing groups above it are made too; no times of creation, so that the same content gives the same
    // bytes.
    if (path.empty() || (path != "/" && H5Lexists(m_file, path.c_str(), H5P_DEFAULT) > 0))
        return;
    if (const std::size_t slash = path.rfind('/'); slash > 0)
        makeGroup(path.substr(0, slash));
    // Attributes of more than 64 KiB need the object headers of HDF5 1.8; all else stays as the oldest have
    // it.
    const Hdf5Handle plan(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    H5Pset_obj_track_times(plan, false);
    if (hasLongAttributes && H5Fset_libver_bounds(m_file, H5F_LIBVER_V18, H5F_LIBVER_LATEST) < 0)
        fail(path);
    const Hdf5Handle group(H5Gcreate2(m_file, path.c_str(), H5P_DEFAULT, plan, H5P_DEFAULT), H5Gclose);
    if (hasLongAttributes && H5Fset_libver_bounds(m_file, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST) < 0)
        fail(path);
    if (!group.isValid())
        fail(path);
}

void OdimFile::attribute(const std::string& object, const std::string& name, const OdimAttribute& value) {
    const Hdf5Handle owner(H5Oopen(m_file, object.c_str(), H5P_DEFAULT), H5Oclose);
    if (!owner.isValid())
        fail(object);
    if (H5Aexists(owner, name.c_str()) > 0 && H5Adelete(owner, name.c_str()) < 0)
        fail(object);
    const auto write = [&](hid_t stored, hid_t memory, hid_t space, const void* content) {
        const Hdf5Handle made(H5Acreate2(owner, name.c_str(), stored, space, H5P_DEFAULT, H5P_DEFAULT),
                              H5Aclose);
        if (!made.isValid() || H5Awrite(made, memory, content) < 0)
            fail(object + "/" + name);
    };
    const auto list = [&](hid_t stored, hid_t memory, const auto& entries) {
        const hsize_t size = entries.size();
        const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
        write(stored, memory, space, entries.data());
    };
    const Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        write(H5T_STD_I64LE, H5T_NATIVE_INT64, scalar, whole);
    } else if (const auto* number = std::get_if<double>(&value)) {
        write(H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, scalar, number);
    } else if (const auto* words = std::get_if<std::string>(&value)) {
        const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(type, words->size() + 1);
        H5Tset_strpad(type, H5T_STR_NULLTERM);
        const bool ascii = std::all_of(words->begin(), words->end(), [](char c) { return (c & 0x80) == 0; });
        H5Tset_cset(type, ascii ? H5T_CSET_ASCII : H5T_CSET_UTF8);
        write(type, type, scalar, words->c_str());
    } else if (const auto* wholes = std::get_if<std::vector<std::int64_t>>(&value)) {
        list(H5T_STD_I64LE, H5T_NATIVE_INT64, *wholes);
    } else {
        list(H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, std::get<std::vector<double>>(value));
    }
}

void OdimFile::attributes(const std::string& group, const OdimAttributes& how) {
    if (how.empty())
        return;
    makeGroup(group);
    for (const auto& [name, value] : how)
        attribute(group, name, value);
}

void OdimFile::array(const std::string& group, const Field& field, const OdimPacking& packing) {
    const auto shape = shapeOf(field.geometry());
    assert(shape.size() == 2);
    const auto has = [&](State state) {
        return std::find(field.states().begin(), field.states().end(), state) != field.states().end();
    };
    const bool isAmbiguous = field.quantity().ambiguous && !has(State::NoEcho) && !has(State::Rejected);
    const double undetect = isAmbiguous ? packing.nodata : packing.undetect;
    const std::array<hsize_t, 2> sizes{shape[0], shape[1]};
    const std::string path = group + "/data";
    const Hdf5Handle space(H5Screate_simple(2, sizes.data(), nullptr), H5Sclose);
    const Hdf5Handle layout(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(layout, false);
    H5Pset_chunk(layout, 2, sizes.data());
    H5Pset_deflate(layout, Deflate);
    const hid_t types[] = {H5T_STD_U8LE, H5T_STD_U16LE, H5T_IEEE_F32LE};
    const Hdf5Handle data(H5Dcreate2(m_file, path.c_str(), types[static_cast<int>(packing.type)], space,
                                     H5P_DEFAULT, layout, H5P_DEFAULT),
                          H5Dclose);
    if (!data.isValid())
        fail(path);
    const auto write = [&](auto zero, hid_t memory) {
        using Number = decltype(zero);
        std::vector<Number> codes(field.size());
        for (std::size_t cell = 0; cell < codes.size(); ++cell) {
            const State state = field.states()[cell];
            const float value = field.values()[cell];
            if (state == State::NoData)
                codes[cell] = static_cast<Number>(packing.nodata);
            else if (state != State::Valid)
                codes[cell] = static_cast<Number>(packing.undetect);
            else if constexpr (std::is_floating_point_v<Number>)
                codes[cell] = value;
            else
                codes[cell] = static_cast<Number>(codeOf(packing, value));
        }
        if (H5Dwrite(data, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, codes.data()) < 0)
            fail(path);
    };
    if (packing.type == OdimPacking::Type::UInt8)
        write(std::uint8_t(0), H5T_NATIVE_UINT8);
    else if (packing.type == OdimPacking::Type::UInt16)
        write(std::uint16_t(0), H5T_NATIVE_UINT16);
    else
        write(0.0f, H5T_NATIVE_FLOAT);
    if (packing.type == OdimPacking::Type::UInt8) { // what HDF5 viewers want to know of a picture
        attribute(path, "CLASS", std::string("IMAGE"));
        attribute(path, "IMAGE_VERSION", std::string("1.2"));
    }
    attributes(group + "/what", {{"gain", packing.gain},
                                 {"offset", packing.offset},
                                 {"nodata", packing.nodata},
                                 {"undetect", undetect}});
}

void OdimFile::rejectedField(const std::string& group, const Field& field) {
    makeGroup(group);
    const Field mask = rejectedMask(field);
    array(group, mask, odimPackingFor(mask, std::nullopt));
    attributes(group + "/how", {{"task", std::string(OdimRejectedTask)}});
}

void OdimFile::moment(const std::string& group, const OdimMoment& moment,
                      const std::optional<OdimStep>& preferred) {
    const Field& field = *moment.field;
    makeGroup(group);
    array(group, field, odimPackingFor(field, preferred, moment.isExact));
    attributes(group + "/what", {{"quantity", field.quantity().id}});
    OdimAttributes how = moment.how;
    meanings(field.quantity(), how);
    attributes(group + "/how", how);
    if (std::find(field.states().begin(), field.states().end(), State::Rejected) != field.states().end())
        rejectedField(nextQuality(group), field);
    for (const FieldPtr& one : moment.quality) {
        assert(shapeOf(one->geometry()) == shapeOf(field.geometry()));
        quality(group, *one, moment.isExact);
    }
}

void OdimFile::meanings(const Quantity& quantity, OdimAttributes& how) const {
    if (quantity.meanings.empty())
        return;
    if (quantity.kind == Kind::Flags) { // one name a bit, as Australian files have them
        for (const Meaning& meaning : quantity.meanings)
            if (meaning.value > 0 && std::has_single_bit(static_cast<unsigned>(meaning.value)))
                how["rapic_QC" + std::to_string(std::countr_zero(static_cast<unsigned>(meaning.value)))] =
                    meaning.name;
        return;
    }
    std::vector<std::int64_t> values;
    for (const Meaning& meaning : quantity.meanings)
        values.push_back(meaning.value);
    how["class_values"] = values;
    how["class_names"] = classNames(quantity.meanings);
    if (const std::string colours = classColours(quantity.meanings); !colours.empty())
        how["class_colours"] = colours;
}

// Behind those that a copied group has.
std::string OdimFile::nextQuality(const std::string& group) const {
    for (int number = 1;; ++number)
        if (const std::string place = group + "/quality" + std::to_string(number);
            H5Lexists(m_file, place.c_str(), H5P_DEFAULT) <= 0)
            return place;
}

void OdimFile::quality(const std::string& group, const Field& field, bool isExact) {
    const std::string place = nextQuality(group);
    makeGroup(place);
    array(place, field, odimPackingFor(field, std::nullopt, isExact));
    const Quantity& quantity = field.quantity();
    OdimAttributes how;
    if (quantity.kind == Kind::Probability) {
        how["task"] = std::string(OdimProbabilityTask);
    } else if (quantity.id == UncertaintyId) {
        how["task"] = std::string(OdimUncertaintyTask);
        how["task_args"] = quantity.longName;
    } else if (quantity.id.find('.') != std::string::npos) {
        how["task"] = quantity.id;
    } else {
        how["task"] = "fr.embellie." + quantity.id;
        attributes(place + "/what", {{"quantity", quantity.id}});
    }
    meanings(quantity, how);
    attributes(place + "/how", how);
}

std::string OdimFile::finish() {
    ssize_t size = -1;
    if (H5Fflush(m_file, H5F_SCOPE_GLOBAL) >= 0)
        size = H5Fget_file_image(m_file, nullptr, 0);
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    if (size <= 0 || H5Fget_file_image(m_file, bytes.data(), bytes.size()) != size)
        fail({});
    m_file.reset();
    return bytes;
}

} // namespace embellie
