embellie_test(${folder}/tst_run_directory.cpp ROOMS core/run LABELS unit)
