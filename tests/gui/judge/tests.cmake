embellie_test(${folder}/tst_judgement.cpp ROOMS gui/pages core/io LABELS gui)
embellie_test(${folder}/tst_judge_page.cpp ROOMS gui/pages core/io LABELS gui)
