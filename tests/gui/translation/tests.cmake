embellie_test(${folder}/tst_translation.cpp ROOMS gui/pages LABELS gui)
add_dependencies(tst_translation embellie)
find_package(Qt6 REQUIRED COMPONENTS Core LinguistTools)
target_compile_definitions(tst_translation PRIVATE
  LUPDATE="$<TARGET_FILE:Qt6::lupdate>" FRENCH="${CMAKE_BINARY_DIR}/translations/embellie_fr.qm")
