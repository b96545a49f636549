#pragma once

// How many CPU threads compute; apart from Device.h so that its users need no LibTorch headers.

namespace organum::training
{

/** For the whole process. Throws std::invalid_argument when not from 1 to 1024. */
void setThreads(int threads);

} // namespace organum::training
