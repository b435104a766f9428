embellie_test(${folder}/tst_palette_check.cpp ROOMS gui/scene LABELS unit)
embellie_test(${folder}/tst_scene.cpp ROOMS gui/scene LABELS unit)
