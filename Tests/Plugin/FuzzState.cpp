// Entry point of libFuzzer: whatever the bytes are, the reader of saved states returns one that can
// be used and saved again, or throws StateError; anything else is a defect. MutatedStateTest calls
// it too. The first byte says what the others are.

#include "Plugin/Bytes.h"
#include "Plugin/State.h"
#include "Plugin/TakeCodec.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace organum::plugin;

namespace
{

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/** Hosts' damage is caught by the checksum; this is what somebody has made on purpose. */
std::string withChecksum(const std::string& bytes)
{
    std::uint32_t sum = 2166136261u;
    for (const char each : bytes)
        sum = (sum ^ static_cast<unsigned char>(each)) * 16777619u;
    ByteWriter value;
    value.u32(sum);
    ByteWriter writer;
    writer.section("CSUM", value.bytes);
    return bytes + writer.bytes;
}

void readState(const std::string& bytes)
{
    const State state = decode(bytes.data(), bytes.size());
    for (const TakePointer& take : state.takes.takes) {
        require(problemWith(*take).empty());
        require(timelineOf(*take, {}) != nullptr);
    }
    const std::string first = encode(state);
    const State again = decode(first.data(), first.size());
    require(encode(again) == first);
}

void readOneTake(const std::string& bytes, bool isDeflated, std::uint32_t version)
{
    const auto take = isDeflated ? decodeTake(bytes, version) : readTake(bytes, version);
    require(problemWith(*take).empty());
    require(*decodeTake(encodeTake(*take), State::version) == *take);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    try {
        switch (data[0] % 6) {
        case 0:
            readState(bytes);
            break;
        case 1:
            readState(withChecksum(bytes));
            break;
        case 2:
            readOneTake(bytes, false, 1);
            break;
        case 3:
            readOneTake(bytes, false, State::version);
            break;
        case 5:
            readOneTake(bytes, false, 3);
            break;
        default:
            readOneTake(bytes, true, State::version);
            break;
        }
    } catch (const StateError& error) {
        require(std::string(error.what()).find("The saved state was not used") == 0);
    }
    return 0;
}
