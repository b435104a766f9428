#pragma once

#include "gui/draw/painter.h"

namespace embellie {

/// Draws 2-D scenes without GL: per pixel it finds the cell (nearest gate, no interpolation) and keeps that
/// index map. While camera and geometry stay, a new field is only a gather; a camera moved by whole pixels
/// shifts the map.
class CpuPainter : public Painter {
public:
    CpuPainter();
    ~CpuPainter() override;
    bool canDraw(const Scene& scene) const override;
    Picture draw(const Scene& scene, Quality quality) override;
    Text name() const override;

private:
    struct Kept;
    std::unique_ptr<Kept> m_kept;
};

} // namespace embellie
