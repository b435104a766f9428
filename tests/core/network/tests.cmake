embellie_test(${folder}/tst_networks.cpp ROOMS core/network core/task LABELS unit)
