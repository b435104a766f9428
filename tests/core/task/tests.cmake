embellie_test(${folder}/tst_tasks.cpp ROOMS core/task LABELS unit)
embellie_test(${folder}/tst_denoise_samples.cpp ROOMS core/task LABELS unit)
embellie_test(${folder}/tst_context.cpp ROOMS core/task LABELS unit)
embellie_test(${folder}/tst_denoise_moments.cpp ROOMS core/task LABELS unit)
