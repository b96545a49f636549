#pragma once

// Names for places in machine code, hidden functions of opened plugins included: dladdr() knows
// exported ones only, so the file's own symbol table is read.

#include <string>

namespace organum::support
{

struct Symbol
{
    std::string function; ///< demangled; "?" when the file has no name for the place
    std::string binary;   ///< file name without folders
};

/** Never on an armed thread; reads and keeps the symbols of each file once. */
Symbol symbolAt(const void* address);

} // namespace organum::support
