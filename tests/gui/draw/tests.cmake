embellie_test(${folder}/tst_cpu_painter.cpp ROOMS gui/draw LABELS gui)
embellie_test(${folder}/tst_drawing_thread.cpp ROOMS gui/draw LABELS gui)
embellie_test(${folder}/tst_vtk_painter.cpp ROOMS gui/draw LABELS gui)
add_dependencies(tst_drawing_thread embellie-glprobe)
