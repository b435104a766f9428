embellie_test(${folder}/tst_translation.cpp ROOMS gui/pages core/simulate LABELS gui)
add_dependencies(tst_translation embellie)
target_compile_definitions(tst_translation PRIVATE
  LUPDATE="${EMBELLIE_LUPDATE}" FRENCH="${CMAKE_BINARY_DIR}/translations/embellie_fr.qm")
