#include "Training/Memory.h"

#include <limits> // tells which C library it is

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace organum::training
{

void keepFreedMemory()
{
#if defined(__GLIBC__)
    constexpr int mebibyte = 1024 * 1024;
    mallopt(M_MMAP_THRESHOLD, 32 * mebibyte); // no larger one is taken
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_TOP_PAD, 64 * mebibyte);
#endif
}

} // namespace organum::training
