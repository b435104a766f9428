add_executable(bench_start ${folder}/bench_start.cpp)
target_link_libraries(bench_start PRIVATE embellie_core_base)
set_target_properties(bench_start PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
