#pragma once

// PNG files of pictures, written so that an interrupted write harms no older picture.

#include <juce_graphics/juce_graphics.h>

#include <filesystem>

namespace organum::picture
{

/** Throws score::FileWriteError, which names the file and the reason. */
void savePng(const juce::Image& image, const std::filesystem::path& file);

} // namespace organum::picture
