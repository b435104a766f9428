embellie_test(${folder}/tst_graticule.cpp ROOMS gui/views LABELS gui)
embellie_test(${folder}/tst_overlay.cpp ROOMS gui/views LABELS gui)
embellie_test(${folder}/tst_readout.cpp ROOMS gui/views LABELS gui)
embellie_test(${folder}/tst_pane_updates.cpp ROOMS gui/views LABELS gui)
