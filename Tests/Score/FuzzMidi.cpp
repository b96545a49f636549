// A libFuzzer target: organum_fuzz_midi [CORPUS FOLDER]. It is built when the compiler is Clang.

#include "Score/MidiMutation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    organum::test::readAnything(bytes, size);
    return 0;
}
