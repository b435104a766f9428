embellie_test(${folder}/tst_score.cpp ROOMS core/score LABELS unit)
