#pragma once

#include "gui/draw/painter.h"

namespace embellie {

/// Draws 3-D scenes, and 2-D scenes of PPIs in their own site's plane, by VTK in an EGL context of its own:
/// no display, never GLX. All calls, the destructor included, come from one thread.
class VtkPainter : public Painter {
public:
    /// @throws Error where EGL or OpenGL is missing
    VtkPainter();
    ~VtkPainter() override;
    bool canDraw(const Scene& scene) const override;
    Picture draw(const Scene& scene, Quality quality) override;
    Text name() const override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace embellie
