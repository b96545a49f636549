#pragma once

// What a bundle of the book's attention-LSTM says of its shape. Apart from the network, so that the
// step without LibTorch need not see LibTorch's headers.

#include <cstdint>
#include <string>

namespace organum::engine
{

/** A bundle's `config` for the kind "attention-lstm". */
struct AttentionLstmOptions
{
    std::int64_t embedSize = 100;
    std::int64_t units = 256;
    bool attention = true;
    std::int64_t window = 32; ///< elements that the `window` sampler looks back, START included

    std::string toJson() const;
    /** Fields that are not there keep their defaults. Throws std::invalid_argument. */
    static AttentionLstmOptions fromJson(const std::string& text);
};

} // namespace organum::engine
