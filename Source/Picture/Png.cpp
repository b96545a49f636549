#include "Picture/Png.h"

#include "Score/AtomicFile.h"

namespace organum::picture
{

void savePng(const juce::Image& image, const std::filesystem::path& file)
{
    juce::MemoryOutputStream bytes;
    if (!juce::PNGImageFormat().writeImageToStream(image, bytes))
        throw score::FileWriteError("Could not encode the picture " + file.string() +
                                    "; it may be too large, so show less of the music at once.");
    score::writeFileAtomically(file, bytes.getData(), bytes.getDataSize(), "the picture");
}

} // namespace organum::picture
