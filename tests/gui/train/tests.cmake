embellie_test(${folder}/tst_run_list.cpp ROOMS gui/pages core/run LABELS gui)
embellie_test(${folder}/tst_train_setup.cpp ROOMS gui/pages LABELS gui)
