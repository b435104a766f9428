#include "gui/draw/egl.h"

#define EGL_NO_X11
#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <dlfcn.h>

#include <cstring>
#include <vector>

namespace embellie {

struct EglContext::Library {
    void* handle = nullptr; // never closed: drivers keep threads and handlers
    decltype(&eglGetProcAddress) getProcAddress = nullptr;
    decltype(&eglQueryString) queryString = nullptr;
    decltype(&eglInitialize) initialize = nullptr;
    decltype(&eglBindAPI) bindApi = nullptr;
    decltype(&eglChooseConfig) chooseConfig = nullptr;
    decltype(&eglCreateContext) createContext = nullptr;
    decltype(&eglDestroyContext) destroyContext = nullptr;
    decltype(&eglCreatePbufferSurface) createPbufferSurface = nullptr;
    decltype(&eglDestroySurface) destroySurface = nullptr;
    decltype(&eglMakeCurrent) makeCurrent = nullptr;
    decltype(&eglGetCurrentContext) getCurrentContext = nullptr;
    PFNEGLGETPLATFORMDISPLAYEXTPROC getPlatformDisplay = nullptr;
    PFNEGLQUERYDEVICESEXTPROC queryDevices = nullptr;
    PFNEGLQUERYDEVICESTRINGEXTPROC queryDeviceString = nullptr;

    bool load(std::string& reason) {
        handle = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
        if (!handle) {
            reason = "libEGL.so.1 can't be loaded";
            return false;
        }
        const bool complete =
            find(getProcAddress, "eglGetProcAddress") && find(queryString, "eglQueryString") &&
            find(initialize, "eglInitialize") && find(bindApi, "eglBindAPI") &&
            find(chooseConfig, "eglChooseConfig") && find(createContext, "eglCreateContext") &&
            find(destroyContext, "eglDestroyContext") &&
            find(createPbufferSurface, "eglCreatePbufferSurface") &&
            find(destroySurface, "eglDestroySurface") && find(makeCurrent, "eglMakeCurrent") &&
            find(getCurrentContext, "eglGetCurrentContext");
        if (!complete) {
            reason = "libEGL.so.1 is older than EGL 1.4";
            return false;
        }
        extension(getPlatformDisplay, "eglGetPlatformDisplayEXT");
        extension(queryDevices, "eglQueryDevicesEXT");
        extension(queryDeviceString, "eglQueryDeviceStringEXT");
        if (!getPlatformDisplay) {
            reason = "libEGL.so.1 offers no display without a window system";
            return false;
        }
        return true;
    }

    template <class Function>
    bool find(Function& function, const char* name) {
        function = reinterpret_cast<Function>(dlsym(handle, name));
        return function != nullptr;
    }
    template <class Function>
    void extension(Function& function, const char* name) const {
        function = reinterpret_cast<Function>(getProcAddress(name));
    }
};

namespace {

bool contains(const char* extensions, const char* name) {
    return extensions && std::strstr(extensions, name);
}

bool drawsOnProcessor(const std::string& renderer) {
    for (const char* name : {"llvmpipe", "softpipe", "swrast", "SwiftShader", "Software Rasterizer"})
        if (renderer.find(name) != std::string::npos)
            return true;
    return false;
}

struct Candidate {
    EGLenum platform;
    void* native;
    std::string name;
};

} // namespace

EglContext::Opened EglContext::open() {
    Opened opened;
    auto library = std::make_shared<Library>();
    if (!library->load(opened.reason))
        return opened;

    std::vector<Candidate> candidates, software;
    const char* client = library->queryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    EGLDeviceEXT devices[32];
    EGLint count = 0;
    if (library->queryDevices && library->queryDeviceString && library->queryDevices(32, devices, &count))
        for (EGLint i = 0; i < count; ++i) {
            const bool isSoftware =
                contains(library->queryDeviceString(devices[i], EGL_EXTENSIONS), "EGL_MESA_device_software");
            (isSoftware ? software : candidates)
                .push_back({EGL_PLATFORM_DEVICE_EXT, devices[i],
                            (isSoftware ? "software device " : "device ") + std::to_string(i)});
        }
    if (contains(client, "EGL_MESA_platform_surfaceless"))
        candidates.push_back({EGL_PLATFORM_SURFACELESS_MESA, nullptr, "surfaceless"});
    candidates.insert(candidates.end(), software.begin(), software.end());

    opened.reason = "EGL knows no device and no surfaceless platform";
    for (const Candidate& candidate : candidates) {
        std::unique_ptr<EglContext> context(new EglContext);
        context->m_library = library;
        context->m_device = candidate.name;
        void* display = library->getPlatformDisplay(candidate.platform, candidate.native, nullptr);
        std::string reason;
        if (!context->create(*library, display, reason)) {
            opened.reason = candidate.name + ": " + reason;
            continue;
        }
        if (context->m_renderer.find("softpipe") != std::string::npos) {
            opened.reason = candidate.name + ": only softpipe, which takes half a second a picture";
            continue;
        }
        opened.context = std::move(context);
        opened.reason.clear();
        return opened;
    }
    return opened;
}

bool EglContext::create(const Library& library, void* display, std::string& reason) {
    if (display == EGL_NO_DISPLAY || !library.initialize(display, nullptr, nullptr)) {
        reason = "EGL can't be initialised";
        return false;
    }
    if (!library.bindApi(EGL_OPENGL_API)) {
        reason = "it offers no desktop OpenGL";
        return false;
    }
    m_display = display;
    const EGLint wanted[] = {EGL_SURFACE_TYPE,
                             EGL_PBUFFER_BIT,
                             EGL_RENDERABLE_TYPE,
                             EGL_OPENGL_BIT,
                             EGL_RED_SIZE,
                             8,
                             EGL_GREEN_SIZE,
                             8,
                             EGL_BLUE_SIZE,
                             8,
                             EGL_DEPTH_SIZE,
                             24,
                             EGL_NONE};
    EGLConfig config = nullptr;
    EGLint configs = 0;
    if (!library.chooseConfig(display, wanted, &config, 1, &configs) || configs < 1) {
        reason = "no configuration has 8 bits a colour and a depth buffer";
        return false;
    }
    const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 2, EGL_NONE};
    m_context = library.createContext(display, config, EGL_NO_CONTEXT, attributes);
    if (m_context == EGL_NO_CONTEXT) {
        reason = "no OpenGL 3.2";
        return false;
    }
    if (!contains(library.queryString(display, EGL_EXTENSIONS), "EGL_KHR_surfaceless_context")) {
        const EGLint size[] = {EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE};
        m_surface = library.createPbufferSurface(display, config, size);
    }
    if (!makeCurrent()) {
        reason = "its context can't be made current";
        return false;
    }
    using GetString = const unsigned char* (*)(unsigned);
    const auto getString = reinterpret_cast<GetString>(library.getProcAddress("glGetString"));
    const auto said = [&](unsigned name) {
        const unsigned char* text = getString ? getString(name) : nullptr;
        return std::string(text ? reinterpret_cast<const char*>(text) : "");
    };
    constexpr unsigned glRenderer = 0x1F01, glVersion = 0x1F02;
    m_renderer = said(glRenderer);
    m_version = said(glVersion);
    release();
    if (m_renderer.empty()) {
        reason = "OpenGL does not answer";
        return false;
    }
    return true;
}

EglContext::~EglContext() {
    if (!m_context)
        return;
    if (isCurrent())
        release();
    if (m_surface)
        m_library->destroySurface(m_display, m_surface);
    m_library->destroyContext(m_display, m_context);
}

bool EglContext::makeCurrent() {
    // The API is kept per thread.
    return m_library->bindApi(EGL_OPENGL_API) &&
           m_library->makeCurrent(m_display, m_surface, m_surface, m_context) == EGL_TRUE;
}

bool EglContext::isCurrent() const {
    return m_library->getCurrentContext() == m_context;
}

void EglContext::release() {
    m_library->makeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

bool EglContext::isSoftware() const {
    return drawsOnProcessor(m_renderer);
}

} // namespace embellie
