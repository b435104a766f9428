embellie_test(${folder}/tst_look.cpp ROOMS gui/pages core/simulate LABELS gui TIMEOUT 300)
embellie_test(${folder}/tst_program.cpp ROOMS gui/pages core/simulate LABELS gui TIMEOUT 300)
add_dependencies(tst_look embellie-glprobe)
add_dependencies(tst_program embellie)
