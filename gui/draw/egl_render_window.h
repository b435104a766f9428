#pragma once

#include "gui/draw/egl.h"

#include <QImage>

#include <vtkGenericOpenGLRenderWindow.h>

namespace embellie {

/// A VTK render window over an EGL context of its own: draws into VTK's framebuffer, shows nothing.
/// Belongs to one thread; before its end call RemoveAllRenderers' props and Finalize() there.
class EglRenderWindow : public vtkGenericOpenGLRenderWindow {
public:
    static EglRenderWindow* New();
    vtkTypeMacro(EglRenderWindow, vtkGenericOpenGLRenderWindow)

        /// Takes the context and sets OpenGL up. @return false where a function of OpenGL 3.2 is missing
        bool start(std::unique_ptr<EglContext> context);
    const EglContext& context() const { return *m_context; }
    /// What was rendered last, Format_RGB32.
    QImage image();

    void MakeCurrent() override;
    bool IsCurrent() override;
    void OpenGLInitContext() override;
    int SupportsOpenGL() override { return 1; }
    vtkTypeBool IsDirect() override { return 1; }

protected:
    EglRenderWindow() = default;
    ~EglRenderWindow() override;

private:
    std::unique_ptr<EglContext> m_context;
};

} // namespace embellie
