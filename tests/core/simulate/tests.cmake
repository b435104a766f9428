embellie_test(${folder}/tst_random.cpp ROOMS core/simulate LABELS unit)
embellie_test(${folder}/tst_scene_model.cpp ROOMS core/simulate core/score LABELS unit)
embellie_test(${folder}/tst_scene_moments.cpp ROOMS core/simulate LABELS unit)
embellie_test(${folder}/tst_gauges.cpp ROOMS core/simulate LABELS unit)
