// What of core/learn depends on CUDA's headers, in one unit: compiled by a test, never linked.

#include "core/learn/device.cpp" // NOLINT
#include "core/learn/ranks.cpp"  // NOLINT
