add_executable(bench_scene ${folder}/bench_scene.cpp)
target_link_libraries(bench_scene PRIVATE embellie_core_io embellie_core_simulate)
set_target_properties(bench_scene PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
