embellie_test(${folder}/tst_graticule.cpp ROOMS gui/views LABELS gui)
