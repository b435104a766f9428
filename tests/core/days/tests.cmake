embellie_test(${folder}/tst_days.cpp ROOMS core/days LABELS unit data)
