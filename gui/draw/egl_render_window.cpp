#include <vtk_glew.h>

#include "gui/draw/egl_render_window.h"

#include <vtkObjectFactory.h>
#include <vtkOpenGLState.h>

namespace embellie {

vtkStandardNewMacro(EglRenderWindow);

EglRenderWindow::~EglRenderWindow() = default;

bool EglRenderWindow::start(std::unique_ptr<EglContext> context) {
    m_context = std::move(context);
    SetMultiSamples(0);
    SetFrameBlitModeToNoBlit();
    SetSwapBuffers(0);
    SetMapped(1);
    // Textures may be uploaded before the first Render(): everything is set up now.
    MakeCurrent();
    OpenGLInit();
    return GlewInitValid;
}

void EglRenderWindow::MakeCurrent() {
    if (m_context)
        m_context->makeCurrent();
}

bool EglRenderWindow::IsCurrent() {
    return m_context && m_context->isCurrent();
}

void EglRenderWindow::OpenGLInitContext() {
    ContextCreationTime.Modified();
    if (Initialized)
        return;
    // A GLEW made for GLX misses its display, but by then has found every function of OpenGL itself.
    const GLenum result = glewInit();
    GlewInitValid = (result == GLEW_OK || result == GLEW_ERROR_NO_GLX_DISPLAY) && GLEW_VERSION_3_2;
    Initialized = true;
}

QImage EglRenderWindow::image() {
    const int* size = GetSize();
    QImage image(size[0], size[1], QImage::Format_RGB32);
    ReadPixels(vtkRecti(0, 0, size[0], size[1]), 0, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, image.bits(), 0);
    // OpenGL counts rows from below.
    return std::move(image).mirrored(false, true);
}

} // namespace embellie
