embellie_test(${folder}/tst_judgement.cpp ROOMS gui/pages core/io LABELS gui)
embellie_test(${folder}/tst_result_rays.cpp ROOMS gui/pages core/io LABELS gui)
embellie_test(${folder}/tst_judge_page.cpp ROOMS gui/pages core/io LABELS gui)
embellie_test(${folder}/tst_judge_use.cpp ROOMS gui/pages core/io LABELS gui)
