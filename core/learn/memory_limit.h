#pragma once

namespace embellie {

/// Tensors on the CPU made from here on may take so much together; asking for more throws as the machine's
/// own end of memory does. (A limit of the system would rather end the process: oneDNN does not expect it.)
/// 0: no limit. Once a process.
void limitMemory(double gigabytes);

} // namespace embellie
