#pragma once

#include <memory>
#include <string>

namespace embellie {

/// An OpenGL context without a display: EGL from libEGL.so.1, opened while the program runs, so that it
/// starts where there is none. Processors of graphics come first, then Mesa's surfaceless platform, then
/// software devices; never the default display, which may be a forwarded one. Uses nothing but the C++
/// library and libdl.
class EglContext {
public:
    struct Opened {
        std::unique_ptr<EglContext> context; ///< null where there is none
        std::string reason;                  ///< why not, a clause in English
    };
    static Opened open();
    ~EglContext();
    EglContext(const EglContext&) = delete;
    EglContext& operator=(const EglContext&) = delete;

    /// For the calling thread. @return false where the driver refuses
    bool makeCurrent();
    bool isCurrent() const;
    void release();

    const std::string& device() const { return m_device; } ///< "device 0", "surfaceless", "software device 1"
    const std::string& renderer() const { return m_renderer; }
    const std::string& version() const { return m_version; }
    bool isSoftware() const; ///< the processor draws

private:
    struct Library;
    EglContext() = default;
    bool create(const Library& library, void* display, std::string& reason);

    std::shared_ptr<const Library> m_library;
    void* m_display = nullptr;
    void* m_context = nullptr;
    void* m_surface = nullptr;
    std::string m_device, m_renderer, m_version;
};

} // namespace embellie
