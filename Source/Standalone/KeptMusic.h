#pragma once

// The music that the standalone keeps when it ends, for its next start, in a file of the home.

#include "Plugin/Processor.h"

#include <string>

namespace organum::standalone
{

/** One file a home. Message thread. */
class KeptMusic
{
public:
    /** Of several programs in one home the first one keeps music; what the others hold must be
        saved as a project. */
    KeptMusic();

    bool isOurs() const { return ours; }
    static juce::File file();

    /** Opens what was kept. A file that cannot be read, damaged or of a later release, is put aside
        first, since the next one takes its place; the status says where it is. */
    void restore(plugin::Processor& processor) const;
    /** Empty when it was kept, or is not ours to keep; else why it could not be. What was kept
        before is then still there. */
    std::string keep(plugin::Processor& processor) const;

private:
    juce::InterProcessLock lock;
    const bool ours;
};

} // namespace organum::standalone
