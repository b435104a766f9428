embellie_test(${folder}/tst_score.cpp ROOMS core/score LABELS unit)
embellie_test(${folder}/tst_probability_counts.cpp ROOMS core/score LABELS unit)
