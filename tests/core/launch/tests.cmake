embellie_test(${folder}/tst_launch.cpp ROOMS core/launch LABELS unit)
embellie_test(${folder}/tst_relay.cpp ROOMS core/launch LABELS unit)
embellie_test(${folder}/tst_mirror.cpp ROOMS core/launch LABELS unit)
