embellie_test(${folder}/tst_look.cpp ROOMS gui/pages core/simulate LABELS gui TIMEOUT 300
  ENVIRONMENT "EMBELLIE_RESOURCES=${CMAKE_SOURCE_DIR}/resources")
embellie_test(${folder}/tst_program.cpp ROOMS gui/pages core/simulate LABELS gui TIMEOUT 300
  ENVIRONMENT "EMBELLIE_RESOURCES=${CMAKE_SOURCE_DIR}/resources")
add_dependencies(tst_look embellie-glprobe)
add_dependencies(tst_program embellie)
