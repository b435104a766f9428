if(EMBELLIE_GUI)
  add_executable(bench_draw ${folder}/bench_draw.cpp)
  target_link_libraries(bench_draw PRIVATE embellie_gui_draw)
endif()
