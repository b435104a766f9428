if(EMBELLIE_LEARN)
  embellie_test(${folder}/tst_learn.cpp ROOMS core/learn LABELS unit)
  embellie_test(${folder}/tst_training.cpp ROOMS core/launch core/io LABELS unit slow TIMEOUT 600)
endif()
