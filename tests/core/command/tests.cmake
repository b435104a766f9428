embellie_test(${folder}/tst_command.cpp ROOMS core/command LABELS unit real)
embellie_test(${folder}/tst_info_values.cpp ROOMS core/command LABELS unit)
