embellie_test(${folder}/tst_devices.cpp ROOMS core/command LABELS unit)
# A stand-in for NVIDIA's library, found by its path or through LD_LIBRARY_PATH.
add_library(fake_nvml SHARED ${folder}/fake_nvml.c)
set_target_properties(fake_nvml PROPERTIES OUTPUT_NAME nvidia-ml SUFFIX .so.1
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/fake_nvml)
add_dependencies(tst_devices fake_nvml embellie-cli)
target_compile_definitions(tst_devices PRIVATE FAKE_NVML_FOLDER="${CMAKE_BINARY_DIR}/tests/fake_nvml")
