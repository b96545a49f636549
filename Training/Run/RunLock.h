#pragma once

// One trainer a run folder: two that wrote there would spoil each other's checkpoints and log. The
// lock is the kernel's (flock) on the folder's file ".lock", so that it goes with its process
// however that ends. The file goes before the lock does; what a killed process leaves of it locks
// nothing, and the next run takes it over.

#include <filesystem>

namespace organum::training
{

class RunLock
{
public:
    /** Holds nothing. */
    RunLock() = default;
    /** Locks an existing folder. Throws std::runtime_error, which names the folder and the process
        at work in it, when another holds it, or when the file cannot be made. */
    explicit RunLock(const std::filesystem::path& run);
    ~RunLock() { release(); }
    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;

    void release();

private:
    std::filesystem::path file;
    int handle = -1;
};

/** Throws as the lock would when another holds it. Writes nothing. */
void refuseLocked(const std::filesystem::path& run);

} // namespace organum::training
