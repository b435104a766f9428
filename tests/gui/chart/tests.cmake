embellie_test(${folder}/tst_chart.cpp ROOMS gui/chart LABELS gui)
