embellie_test(${folder}/tst_radar.cpp ROOMS core/map LABELS unit)
embellie_test(${folder}/tst_projection.cpp ROOMS core/map LABELS unit)
embellie_test(${folder}/tst_climate.cpp ROOMS core/map LABELS unit)
embellie_test(${folder}/tst_same_cells.cpp ROOMS core/map LABELS unit)
