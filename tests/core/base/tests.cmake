embellie_test(${folder}/tst_text.cpp ROOMS core/base LABELS unit)
embellie_test(${folder}/tst_time.cpp ROOMS core/base LABELS unit)
embellie_test(${folder}/tst_file.cpp ROOMS core/base LABELS unit)
embellie_test(${folder}/tst_process.cpp ROOMS core/base LABELS unit)
