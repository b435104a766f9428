embellie_test(${folder}/tst_command.cpp ROOMS core/command LABELS unit data)
embellie_test(${folder}/tst_info_values.cpp ROOMS core/command LABELS unit)
embellie_test(${folder}/tst_predict_method.cpp ROOMS core/command LABELS unit)
