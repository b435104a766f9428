add_executable(bench_read ${folder}/bench_read.cpp)
target_link_libraries(bench_read PRIVATE embellie_core_io)
set_target_properties(bench_read PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
target_compile_definitions(bench_read PRIVATE EMBELLIE_READ_H5PY="${folder}/read_h5py.py")
