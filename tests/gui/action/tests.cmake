embellie_test(${folder}/tst_actions.cpp ROOMS gui/action LABELS gui)
