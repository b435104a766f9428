embellie_test(${folder}/tst_include_rule.cpp ROOMS core/base LABELS unit)
