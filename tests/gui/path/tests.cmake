if(EMBELLIE_LEARN)
  embellie_test(${folder}/tst_path.cpp ROOMS gui/pages LABELS gui slow TIMEOUT 400)
  add_dependencies(tst_path embellie-learn embellie-cli embellie-glprobe)
endif()
