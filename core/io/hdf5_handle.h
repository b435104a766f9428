#pragma once

#include <hdf5.h>

namespace embellie {

/// Owns one HDF5 identifier; closes it by the function given.
class Hdf5Handle {
public:
    Hdf5Handle() = default;
    Hdf5Handle(hid_t id, herr_t (*close)(hid_t)) : m_id(id), m_close(close) {}
    ~Hdf5Handle() { reset(); }
    Hdf5Handle(Hdf5Handle&& other) noexcept : m_id(other.m_id), m_close(other.m_close) { other.m_id = -1; }
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
    operator hid_t() const { return m_id; }
    bool isValid() const { return m_id >= 0; }
    void reset();

private:
    hid_t m_id = -1;
    herr_t (*m_close)(hid_t) = nullptr;
};

} // namespace embellie
