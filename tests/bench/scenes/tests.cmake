add_executable(bench_scenes ${folder}/bench_scenes.cpp)
target_link_libraries(bench_scenes PRIVATE embellie_core_launch embellie_core_method)
set_target_properties(bench_scenes PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
