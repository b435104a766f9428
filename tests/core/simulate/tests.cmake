embellie_test(${folder}/tst_random.cpp ROOMS core/simulate LABELS unit)
embellie_test(${folder}/tst_scene_model.cpp ROOMS core/simulate core/score LABELS unit)
