#pragma once

// Small attention-LSTM bundles with weights drawn from a fixed seed: enough to test everything
// that does not depend on what was learnt. Needs no LibTorch.

#include "../Bundle/BundleFixture.h"
#include "Bundle/Bundle.h"
#include "Engine/Random.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace organum::test
{

struct TinyModel
{
    int embedSize = 8;
    int units = 16;
    bool attention = true;
    int window = 32;
    std::uint64_t seed = 1;
    float scale = 1.0f;
    bool rests = true;
    /** Durations as fractions of a quarter, ascending. */
    std::vector<std::string> durations{"1/4", "1/3", "1/2", "1", "2"};
    int lowest = 48; ///< of `notes` single notes
    int notes = 24;
    /** Intervals above the lowest note, in order; each on every `chordEvery`th note. */
    std::vector<std::vector<int>> chords{{4, 7}};
    int chordEvery = 4;
    bundle::DataType type = bundle::DataType::float32;

    std::vector<std::string> pitchNames() const
    {
        static const char* const names[] = {"C",  "C#", "D",  "E-", "E",  "F",
                                            "F#", "G",  "G#", "A",  "B-", "B"};
        const auto name = [](int pitch) {
            return names[pitch % 12] + std::to_string(pitch / 12 - 1);
        };
        std::vector<std::string> all{"START", "unknown"};
        if (rests)
            all.push_back("rest");
        for (int pitch = lowest; pitch < lowest + notes; ++pitch) {
            all.push_back(name(pitch));
            if (pitch % chordEvery != 0)
                continue;
            for (const auto& chord : chords) {
                all.push_back(name(pitch));
                for (const int interval : chord)
                    all.back() += "." + name(pitch + interval);
            }
        }
        return all;
    }

    bundle::Bundle make() const
    {
        const auto pitches = pitchNames();
        std::vector<std::string> lengths{"0", "unknown"};
        lengths.insert(lengths.end(), durations.begin(), durations.end());

        bundle::Bundle made;
        made.metadata.kind = "attention-lstm";
        made.metadata.name = "Tiny";
        made.metadata.config = nlohmann::json{
            {"embedSize", embedSize},
            {"units", units},
            {"attention", attention},
            {"window", window}}.dump();
        made.metadata.vocabulary =
            nlohmann::json{{"pitches", pitches}, {"durations", lengths}}.dump();
        made.metadata.provenance = R"({"data":{"name":"drawn from a seed"}})";

        const std::int64_t h = units;
        const std::int64_t e = embedSize;
        const auto p = static_cast<std::int64_t>(pitches.size());
        const auto d = static_cast<std::int64_t>(lengths.size());
        std::uint64_t position = 0;
        const auto add = [&](const std::string& name, std::vector<std::int64_t> shape, float size) {
            std::int64_t count = 1;
            for (const auto dimension : shape)
                count *= dimension;
            std::vector<float> values(static_cast<std::size_t>(count));
            for (auto& value : values)
                value = size * scale *
                        static_cast<float>(
                            2.0 * engine::uniform(engine::Purpose::pitch, seed, position++) - 1.0);
            if (type == bundle::DataType::float32) {
                made.tensors[name] = tensorOf<float>(type, std::move(shape), values);
                return;
            }
            // Half precision of multiples of 1/64 below 2 is exact and simple to write.
            std::vector<std::uint16_t> halves;
            for (const auto value : values) {
                const int steps = static_cast<int>(std::abs(value) * 64.0f) % 64;
                halves.push_back(static_cast<std::uint16_t>((value < 0 ? 0x8000 : 0) +
                                                            (steps == 0 ? 0 : halfOf(steps))));
            }
            made.tensors[name] = tensorOf<std::uint16_t>(type, std::move(shape), halves);
        };
        const float inner = 1.5f / std::sqrt(static_cast<float>(units));
        add("pitchEmbedding.weight", {p, e}, 1.0f);
        add("durationEmbedding.weight", {d, e}, 1.0f);
        for (const std::string layer : {"lstm1", "lstm2"}) {
            add(layer + ".weight_ih_l0", {4 * h, layer == "lstm1" ? 2 * e : h}, inner);
            add(layer + ".weight_hh_l0", {4 * h, h}, inner);
            add(layer + ".bias_ih_l0", {4 * h}, 0.3f);
            add(layer + ".bias_hh_l0", {4 * h}, 0.3f);
        }
        if (attention) {
            add("alignment.weight", {1, h}, 1.5f);
            add("alignment.bias", {1}, 0.5f);
        }
        add("pitchHead.weight", {p, h}, 3.0f);
        add("pitchHead.bias", {p}, 0.5f);
        add("durationHead.weight", {d, h}, 3.0f);
        add("durationHead.bias", {d}, 0.5f);
        return made;
    }

private:
    /** steps / 64 in half precision, 0 < steps < 64. */
    static int halfOf(int steps)
    {
        int exponent = 9; // of 1/64
        int mantissa = steps;
        while (mantissa >= 2 << (exponent - 9))
            ++exponent;
        mantissa = (steps - (1 << (exponent - 9))) << (19 - exponent);
        return exponent << 10 | mantissa;
    }
};

} // namespace organum::test
