#pragma once

// Apart from what needs LibTorch's headers, as Threads.h.

namespace organum::training
{

/** For the whole process: memory of tensors that were freed is kept for the next step. The C
    library by itself hands large blocks back to the system at once, which has to clear every page
    of them anew in each step; that takes up to half of the time of a step. Where the C library
    cannot be told, nothing happens. */
void keepFreedMemory();

} // namespace organum::training
