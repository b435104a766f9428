embellie_test(${folder}/tst_command.cpp ROOMS core/command LABELS unit real)
