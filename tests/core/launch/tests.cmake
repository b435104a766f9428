embellie_test(${folder}/tst_launch.cpp ROOMS core/launch LABELS unit)
