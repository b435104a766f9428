embellie_test(${folder}/tst_chart.cpp ROOMS gui/chart LABELS gui)
embellie_test(${folder}/tst_parallel_chart.cpp ROOMS gui/chart LABELS gui)
