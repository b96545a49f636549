#pragma once

// For the few loops that take a step's time: compiled for several kinds of processor, of which the
// best that the machine has is chosen when the library is loaded. They differ in speed alone, as
// the compiler may neither fuse nor reorder the operations of standard C++.

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define ORGANUM_FOR_EVERY_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ORGANUM_FOR_EVERY_PROCESSOR
#endif
