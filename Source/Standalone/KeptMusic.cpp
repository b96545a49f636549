#include "Standalone/KeptMusic.h"

#include "Score/AtomicFile.h"

namespace organum::standalone
{

KeptMusic::KeptMusic()
    : lock("organum-standalone-" + juce::String::toHexString(file().getFullPathName().hashCode64()))
    , ours(lock.enter(0))
{
}

juce::File KeptMusic::file()
{
    return juce::File::getSpecialLocation(juce::File::userApplicationDataDirectory)
        .getChildFile("organum")
        .getChildFile("standalone.state");
}

void KeptMusic::restore(plugin::Processor& processor) const
{
    juce::MemoryBlock state;
    if (!file().existsAsFile() || !file().loadFileAsData(state))
        return;
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    const auto status = processor.status();
    if (status.phase != plugin::Phase::failed || !ours)
        return;
    const auto place = file().withFileExtension("bad").getNonexistentSibling();
    if (file().copyFileTo(place))
        processor.generation().report(plugin::Phase::failed,
                                      status.message + " The music of the last time is in " +
                                          place.getFullPathName().toStdString() + ".");
}

std::string KeptMusic::keep(plugin::Processor& processor) const
{
    if (!ours)
        return {};
    juce::MemoryBlock state;
    processor.getStateInformation(state);
    file().getParentDirectory().createDirectory(); // if it cannot be made, writing says why
    try {
        score::writeFileAtomically(file().getFullPathName().toStdString(), state.getData(),
                                   state.getSize(), "the settings and the music");
        return {};
    } catch (const score::FileWriteError& error) {
        return error.what();
    }
}

} // namespace organum::standalone
