// Entry point of libFuzzer: whatever the bytes are, the reader returns a bundle or throws
// BundleError; anything else is a defect. MutatedBundleTest calls it too.

#include "Bundle/Header.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using organum::bundle::valueFault;
    try {
        const auto bundle = organum::bundle::parseBundle(reinterpret_cast<const std::byte*>(data),
                                                         size, "fuzzed.organum");
        std::size_t total = 0;
        for (const auto& [name, tensor] : bundle.tensors) {
            if (!valueFault(tensor.type, tensor.bytes.data(), tensor.bytes.size()).empty())
                std::abort();
            total += tensor.bytes.size();
        }
        if (total > size)
            std::abort();
    } catch (const organum::bundle::BundleError& error) {
        if (std::string(error.what()).find("fuzzed.organum") == std::string::npos)
            std::abort();
    }
    return 0;
}
