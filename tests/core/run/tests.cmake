embellie_test(${folder}/tst_run_directory.cpp ROOMS core/run LABELS unit)
embellie_test(${folder}/tst_shipped_model.cpp ROOMS core/run LABELS unit)
