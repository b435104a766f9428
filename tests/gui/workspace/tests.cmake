embellie_test(${folder}/tst_workspace.cpp ROOMS gui/workspace LABELS unit)
