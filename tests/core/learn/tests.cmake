if(EMBELLIE_LEARN)
  embellie_test(${folder}/tst_learn.cpp ROOMS core/learn LABELS unit)
  # A slow or full disk and a wrong clock, loaded before the C library.
  add_library(embellie_rough_disk MODULE ${folder}/rough_disk.cpp)
  set_target_properties(embellie_rough_disk PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(embellie_rough_disk PRIVATE embellie_flags ${CMAKE_DL_LIBS})
  add_library(embellie_broken_runs STATIC ${folder}/broken_runs.cpp)
  target_link_libraries(embellie_broken_runs PUBLIC embellie_core_task embellie_core_run embellie_test_support Qt6::Test)
  target_compile_definitions(embellie_broken_runs PUBLIC EMBELLIE_ROUGH_DISK="$<TARGET_FILE:embellie_rough_disk>")
  add_dependencies(embellie_broken_runs embellie_rough_disk)
  embellie_test(${folder}/tst_training.cpp ROOMS core/launch core/io LIBRARIES embellie_broken_runs LABELS unit slow TIMEOUT 600)
  embellie_test(${folder}/tst_fine_tuning.cpp ROOMS core/run core/task LABELS unit)
  embellie_test(${folder}/tst_export.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_foreign.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_ensemble.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_moments.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_gate_lengths.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_sectors.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_ranks.cpp ROOMS core/learn LABELS unit slow TIMEOUT 600)

  # What only CUDA's headers can tell, where they are: that both halves which need them compile.
  find_program(EMBELLIE_NVCC nvcc HINTS $ENV{CUDA_HOME}/bin /usr/local/cuda/bin)
  find_path(EMBELLIE_CUDA_HEADERS cuda_runtime_api.h HINTS $ENV{CUDA_HOME}/include /usr/local/cuda/include)
  if(EMBELLIE_NVCC AND EMBELLIE_CUDA_HEADERS)
    # LibTorch without CUDA, as Debian has it, lacks one header of one line.
    set(macros ${CMAKE_BINARY_DIR}/tests/cuda_headers)
    file(CONFIGURE OUTPUT ${macros}/c10/cuda/impl/cuda_cmake_macros.h CONTENT "#define C10_CUDA_BUILD_SHARED_LIBS\n")
    find_path(EMBELLIE_NCCL_HEADERS nccl.h HINTS ${EMBELLIE_CUDA_HEADERS} ${EMBELLIE_TORCH}/../nvidia/nccl/include)
    set(nccl $<$<BOOL:${EMBELLIE_NCCL_HEADERS}>:-DEMBELLIE_NCCL$<SEMICOLON>-DUSE_C10D_NCCL$<SEMICOLON>-idirafter${EMBELLIE_NCCL_HEADERS}>)
    set(torch $<TARGET_PROPERTY:embellie_torch,INTERFACE_INCLUDE_DIRECTORIES>)
    add_test(NAME cuda_halves_compile COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -Wall -Wextra -Werror
      -Wno-restrict -DEMBELLIE_CUDA -DUSE_DISTRIBUTED -DUSE_C10D_GLOO ${nccl} -DEMBELLIE_VERSION="0" -I${CMAKE_SOURCE_DIR}
      "-idirafter$<JOIN:${torch},;-idirafter>" -idirafter${macros} -idirafter${EMBELLIE_CUDA_HEADERS} ${folder}/cuda_halves.cpp
      COMMAND_EXPAND_LISTS)
    set_tests_properties(cuda_halves_compile PROPERTIES LABELS unit TIMEOUT 300)
  endif()
endif()
