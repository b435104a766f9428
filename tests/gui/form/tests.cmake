embellie_test(${folder}/tst_settings_form.cpp ROOMS gui/form LABELS gui)
