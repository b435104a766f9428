#pragma once

#include "core/io/hdf5.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embellie::test {

/// Writes small HDF5 files by the library's own calls, apart from any code of the readers.
class TinyHdf5 {
public:
    explicit TinyHdf5(const std::filesystem::path& path, std::size_t offsetBytes = 8) {
        const Hdf5Handle plan(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
        H5Pset_sizes(plan, offsetBytes, offsetBytes);
        m_file = Hdf5Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, plan, H5P_DEFAULT), H5Fclose);
    }

    static TinyHdf5 reopened(const std::filesystem::path& path) {
        return TinyHdf5(Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose));
    }

    void group(const std::string& path) {
        const Hdf5Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
        H5Pset_create_intermediate_group(links, 1);
        if (H5Lexists(m_file, "/", H5P_DEFAULT) >= 0 && !exists(path))
            Hdf5Handle(H5Gcreate2(m_file, path.c_str(), links, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    }
    /// More than one number, or @p asArray, makes an array attribute.
    void numbers(const std::string& path, const std::string& name, const std::vector<double>& values,
                 bool asArray = false) {
        group(path);
        const hsize_t count = values.size();
        const Hdf5Handle space(
            count == 1 && !asArray ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), H5Sclose);
        const Hdf5Handle object(H5Oopen(m_file, path.c_str(), H5P_DEFAULT), H5Oclose);
        const Hdf5Handle attribute(
            H5Acreate2(object, name.c_str(), H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        H5Awrite(attribute, H5T_NATIVE_DOUBLE, values.data());
    }
    void number(const std::string& path, const std::string& name, double value) {
        numbers(path, name, {value});
    }
    void text(const std::string& path, const std::string& name, const std::string& value,
              bool asArray = false) {
        group(path);
        const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
        H5Tset_size(type, value.size() + 1);
        const hsize_t one = 1;
        const Hdf5Handle space(asArray ? H5Screate_simple(1, &one, nullptr) : H5Screate(H5S_SCALAR),
                               H5Sclose);
        const Hdf5Handle object(H5Oopen(m_file, path.c_str(), H5P_DEFAULT), H5Oclose);
        const Hdf5Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                                   H5Aclose);
        H5Awrite(attribute, type, value.c_str());
    }
    void replaceText(const std::string& path, const std::string& name, const std::string& value) {
        H5Adelete_by_name(m_file, path.c_str(), name.c_str(), H5P_DEFAULT);
        text(path, name, value);
    }
    void removeAttribute(const std::string& path, const std::string& name) {
        H5Adelete_by_name(m_file, path.c_str(), name.c_str(), H5P_DEFAULT);
    }
    void replaceNumber(const std::string& path, const std::string& name, double value) {
        H5Adelete_by_name(m_file, path.c_str(), name.c_str(), H5P_DEFAULT);
        number(path, name, value);
    }
    struct Storage {
        std::vector<hsize_t> chunk; ///< empty: contiguous
        bool shuffle = false;
        unsigned level = 6;
    };
    template <class T>
    void array(const std::string& path, const std::vector<hsize_t>& shape, const std::vector<T>& cells,
               hid_t stored, hid_t memory, const Storage& storage = {}) {
        group(path.substr(0, path.rfind('/')));
        const Hdf5Handle plan(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
        if (!storage.chunk.empty()) {
            H5Pset_chunk(plan, static_cast<int>(shape.size()), storage.chunk.data());
            if (storage.shuffle)
                H5Pset_shuffle(plan);
            H5Pset_deflate(plan, storage.level);
        }
        const Hdf5Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                               H5Sclose);
        const Hdf5Handle data(H5Dcreate2(m_file, path.c_str(), stored, space, H5P_DEFAULT, plan, H5P_DEFAULT),
                              H5Dclose);
        H5Dwrite(data, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells.data());
    }
    void bytes(const std::string& path, hsize_t rows, hsize_t columns,
               const std::vector<unsigned char>& cells) {
        array(path, {rows, columns}, cells, H5T_STD_U8LE, H5T_NATIVE_UCHAR);
    }

    /// The root of an ODIM file at a radar of our own making.
    void odimRoot(const std::string& object, const std::string& source = "NOD:xxabc,WMO:09999,PLC:Testtown",
                  const std::string& time = "120000") {
        text("/", "Conventions", "ODIM_H5/V2_2");
        text("/what", "object", object);
        text("/what", "source", source);
        text("/what", "date", "20200101");
        text("/what", "time", time);
        text("/what", "version", "H5rad 2.2");
        number("/where", "lat", 48.5);
        number("/where", "lon", 2.25);
        number("/where", "height", 100);
    }
    void odimSweep(const std::string& path, double elevation, int rays, int gates,
                   const std::string& time = "120000", double rscale = 500) {
        number(path + "/where", "elangle", elevation);
        number(path + "/where", "rscale", rscale);
        number(path + "/where", "rstart", 0);
        number(path + "/where", "nrays", rays);
        number(path + "/where", "nbins", gates);
        number(path + "/where", "a1gate", 0);
        text(path + "/what", "product", "SCAN");
        text(path + "/what", "startdate", "20200101");
        text(path + "/what", "starttime", time);
        text(path + "/what", "enddate", "20200101");
        text(path + "/what", "endtime", time);
    }
    void odimMoment(const std::string& path, const std::string& quantity, int rays, int gates,
                    unsigned char code = 100, double nodata = 255, double undetect = 0) {
        text(path + "/what", "quantity", quantity);
        number(path + "/what", "gain", 0.5);
        number(path + "/what", "offset", -32);
        number(path + "/what", "nodata", nodata);
        number(path + "/what", "undetect", undetect);
        bytes(path + "/data", static_cast<hsize_t>(rays), static_cast<hsize_t>(gates),
              std::vector<unsigned char>(static_cast<std::size_t>(rays * gates), code));
    }

private:
    explicit TinyHdf5(Hdf5Handle file) : m_file(std::move(file)) {}
    bool exists(const std::string& path) {
        silenceHdf5();
        return Hdf5Handle(H5Oopen(m_file, path.c_str(), H5P_DEFAULT), H5Oclose).isValid();
    }
    Hdf5Handle m_file;
};

/// A PVOL, or a SCAN, with one moment of one byte a gate.
inline void writeOdimScan(const std::filesystem::path& path, double elevation, const std::string& time,
                          const std::string& quantity = "DBZH",
                          const std::string& source = "NOD:xxabc,WMO:09999,PLC:Testtown",
                          unsigned char code = 100) {
    TinyHdf5 file(path);
    file.odimRoot("SCAN", source, time);
    file.odimSweep("/dataset1", elevation, 4, 3, time);
    file.odimMoment("/dataset1/data1", quantity, 4, 3, code);
}

} // namespace embellie::test
