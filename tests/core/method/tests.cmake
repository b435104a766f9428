embellie_test(${folder}/tst_methods.cpp ROOMS core/method LABELS unit)
