embellie_test(${folder}/tst_truth.cpp ROOMS core/io SOURCES ${folder}/truth_table.cpp LABELS unit real)
embellie_test(${folder}/tst_odim.cpp ROOMS core/io LABELS unit)
