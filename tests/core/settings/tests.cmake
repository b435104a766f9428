embellie_test(${folder}/tst_settings.cpp ROOMS core/settings LABELS unit)
