embellie_test(${folder}/tst_workspace.cpp ROOMS gui/workspace LABELS unit)
embellie_test(${folder}/tst_workspace_keeper.cpp ROOMS gui/workspace LABELS unit)
