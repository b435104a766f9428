#include "core/io/nwcsaf/nwcsaf_source.h"

#include "core/base/error.h"
#include "core/io/cut.h"
#include "core/io/window.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace embellie {

namespace {

/// Names of the classes, counted from 0, of packages up to v2013 (later ones count otherwise).
const std::map<std::string, std::vector<const char*>>& knownClasses() {
    static const std::map<std::string, std::vector<const char*>> known = {
        {"CT",
         {"not processed",
          "cloud-free land",
          "cloud-free sea",
          "snow over land",
          "snow or ice over sea",
          "very low, cumuliform",
          "very low, stratiform",
          "low, cumuliform",
          "low, stratiform",
          "mid-level, cumuliform",
          "mid-level, stratiform",
          "high opaque, cumuliform",
          "high opaque, stratiform",
          "very high opaque, cumuliform",
          "very high opaque, stratiform",
          "high semitransparent thin",
          "high semitransparent moderately thick",
          "high semitransparent thick",
          "high semitransparent above low or medium",
          "fractional",
          "undefined"}},
        {"CT_PHASE", {"not processed or no cloud", "water", "ice", "undefined"}},
        {"CMa",
         {"not processed", "cloud-free", "cloud contaminated", "cloud filled", "snow or ice", "undefined"}}};
    return known;
}

/// Units of CTTH; the files say none.
std::string unitOf(const std::string& id) {
    static const std::map<std::string, std::string> units = {
        {"CTTH_HEIGHT", "m"}, {"CTTH_PRESS", "hPa"}, {"CTTH_TEMPER", "K"}, {"CTTH_EFFECT", "%"}};
    const auto found = units.find(id);
    return found == units.end() ? "" : found->second;
}

/// "CT__" as CT.
std::string withoutPadding(std::string name) {
    while (name.ends_with('_'))
        name.pop_back();
    return name;
}

/// "201304290415".
std::optional<TimePoint> timeIn(const std::string& digits) {
    if (digits.size() < 12 || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return parseTime(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2) + "T" +
                     digits.substr(8, 2) + ":" + digits.substr(10, 2));
}

bool isImage(const Hdf5File& file, const std::string& path) {
    return file.isDataset(path) && file.string(path, "CLASS").value_or("") == "IMAGE" &&
           file.shape(path).size() == 2;
}

/// Path of the palette that an image points to; empty where it has none.
std::string paletteOf(const Hdf5File& file, const std::string& image) {
    silenceHdf5();
    const Hdf5Handle attribute(H5Aopen_by_name(file.id(), image.c_str(), "PALETTE", H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose);
    const Hdf5Handle type(attribute.isValid() ? H5Aget_type(attribute) : hid_t(-1), H5Tclose);
    const Hdf5Handle space(attribute.isValid() ? H5Aget_space(attribute) : hid_t(-1), H5Sclose);
    hobj_ref_t reference = 0;
    if (!type.isValid() || H5Tequal(type, H5T_STD_REF_OBJ) <= 0 || H5Sget_simple_extent_npoints(space) != 1 ||
        H5Aread(attribute, H5T_STD_REF_OBJ, &reference) < 0)
        return {};
    const Hdf5Handle palette(H5Rdereference2(file.id(), H5P_DEFAULT, H5R_OBJECT, &reference), H5Oclose);
    char name[256] = {};
    return palette.isValid() && H5Iget_name(palette, name, sizeof name) > 0 ? name : "";
}

std::vector<Meaning> meaningsOf(const Hdf5File& file, const std::string& image, const std::string& id) {
    const auto known = knownClasses().find(id);
    if (known == knownClasses().end())
        return {};
    RawArray colours;
    if (const std::string palette = paletteOf(file, image); !palette.empty())
        colours = file.read(palette);
    const bool coloured = colours.shape.size() == 2 && colours.shape[1] == 3;
    std::vector<Meaning> meanings;
    for (std::size_t i = 0; i < known->second.size(); ++i) {
        Meaning meaning{static_cast<int>(i), known->second[i], std::nullopt};
        if (coloured && i < colours.shape[0]) {
            std::uint32_t colour = 0;
            for (std::size_t part = 0; part < 3; ++part)
                colour = colour << 8 | (static_cast<std::uint32_t>(colours.at(3 * i + part)) & 0xFF);
            meaning.colour = colour;
        }
        meanings.push_back(std::move(meaning));
    }
    return meanings;
}

} // namespace

Recognition NwcSafSource::recognise(const Hdf5File& file) {
    if (file.string("/", "SAF").value_or("") != "NWC")
        return {0, text(EMBELLIE_TR("io", "it is no product of NWC SAF"))};
    for (const std::string& name : file.children("/"))
        if (isImage(file, "/" + name))
            return {100, text(EMBELLIE_TR("io", "it is a product of NWC SAF with the image {0}"), name)};
    return {0, text(EMBELLIE_TR("io", "it has no image"))};
}

NwcSafSource::NwcSafSource(const std::filesystem::path& file) : m_file(Hdf5File::open(file)) {
    m_info.file = file;
    m_info.format = "NWC SAF HDF5";
    m_info.product = withoutPadding(m_file.string("/", "PRODUCT_NAME").value_or(""));
    m_info.title = "NWC SAF";
    for (const std::string& word :
         {m_info.product, withoutPadding(m_file.string("/", "REGION_NAME").value_or(""))})
        if (!word.empty())
            m_info.title += " " + word;
    for (const char* name : {"IMAGE_ACQUISITION_TIME", "NOMINAL_PRODUCT_TIME"})
        if (const auto slot = timeIn(m_file.string("/", name).value_or("")); slot && !m_info.hasTime) {
            m_info.time = {*slot, *slot, Calendar::Standard};
            m_info.hasTime = true;
        }
    for (const std::string& name : m_file.children("/"))
        if (isImage(m_file, "/" + name))
            addImage("/" + name);
}

void NwcSafSource::addImage(const std::string& path) {
    ArrayInfo array;
    array.id = path.substr(1);
    array.path = path;
    array.shape = m_file.shape(path);
    array.dimensions = {"y", "x"};
    if (array.shape[0] == 0 || array.shape[1] == 0)
        throw Error(text(EMBELLIE_TR("io", "the grid has no cells"))).in(m_info.file, path);
    array.quantity.id = array.id;
    const bool isScaled = m_file.number(path, "SCALING_FACTOR").value_or(1) != 1 ||
                          m_file.number(path, "OFFSET").value_or(0) != 0;
    if (isScaled) {
        array.quantity.unit = unitOf(array.id);
    } else {
        array.quantity.kind = Kind::Classes;
        array.quantity.meanings = meaningsOf(m_file, path, array.id);
    }
    if (m_info.grid && shapeOf(*m_info.grid) == array.shape) {
        array.grid = m_info.arrays.front().grid;
    } else {
        array.grid = std::make_shared<const Grid>(nwcSafGrid(m_file, array.shape));
        if (!m_info.grid)
            m_info.grid = *array.grid;
    }
    m_info.arrays.push_back(std::move(array));
}

Field NwcSafSource::read(const std::string& idOrPath, const Window& window, Feedback& feedback) {
    feedback.throwIfCancelled();
    const ArrayInfo* const array = m_info.find(idOrPath);
    if (!array)
        throw noSuchArray(m_info, idOrPath);
    const std::vector<AxisPart> parts = resolveWindow(window, *array, m_info.file);
    RawArray raw = m_file.read(array->path);
    if (!isWhole(parts, array->shape))
        raw = pick(raw, parts);
    Packing packing;
    packing.gain = m_file.number(array->path, "SCALING_FACTOR").value_or(1);
    packing.offset = m_file.number(array->path, "OFFSET").value_or(0);
    if (!std::isfinite(packing.gain) || !std::isfinite(packing.offset) || packing.gain == 0)
        throw Error(text(EMBELLIE_TR("io", "the gain or the offset can't be used")))
            .in(m_info.file, array->path)
            .expected(text(EMBELLIE_TR("io", "two numbers, the gain not zero")))
            .found(text(EMBELLIE_TR("io", "{0} and {1}"), packing.gain, packing.offset));
    if (raw.elementBytes == 1)
        packing.noData.push_back(255);
    if (!unitOf(array->id).empty()) {
        // Heights, pressures, temperatures and shares: 0 is written where there is no cloud, and the codes
        // whose value would be negative are none.
        packing.noData.push_back(0);
        if (packing.gain > 0)
            packing.low = -packing.offset / packing.gain;
    }
    Decoded decoded = decode(raw, packing);
    return Field(array->quantity, cut(*array->grid, parts), m_info.time, std::move(decoded.values),
                 std::move(decoded.states), {m_info.file.string(), array->path, {}});
}

} // namespace embellie
