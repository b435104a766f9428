embellie_test(${folder}/tst_field.cpp ROOMS core/field LABELS unit)
