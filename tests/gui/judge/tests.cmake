embellie_test(${folder}/tst_judgement.cpp ROOMS gui/pages core/io LABELS gui)
