add_executable(bench_rivals ${folder}/bench_rivals.cpp)
target_link_libraries(bench_rivals PRIVATE embellie_core_method)
set_target_properties(bench_rivals PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
