// Speed of the two samplers on one thread, beside their floor: the three matrix-vector products of
// a step alone, through BLAS and packed, measured in the same run, since a busy machine moves all
// of them together. The weights are drawn from a seed; speed does not depend on them.

#include "../Engine/TinyModel.h"
#include "Engine/Blas.h"
#include "Engine/Generation.h"
#include "Engine/ModelLoader.h"
#include "Engine/PackedMatrix.h"
#include "EngineBenchmarkVoices.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>

using namespace organum;
using namespace organum::engine;

namespace
{

/** Processor time, which for one thread is the clock's on a machine that does nothing else. */
double millisecondsOf(const std::function<void()>& work)
{
    const auto before = std::clock();
    work();
    return 1e3 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

/** The book's size, with a vocabulary of some 500 chords, as many as the cello suites have. */
std::shared_ptr<const StepModel> bookSized()
{
    test::TinyModel model;
    model.embedSize = 100;
    model.units = 256;
    model.scale = 0.5f;
    model.lowest = 36;
    model.notes = 45;
    model.chordEvery = 1;
    model.chords = {{3}, {3, 7}, {4}, {4, 7}, {5}, {5, 9}, {7}, {7, 12}, {8}, {9}};
    return makeModel(model.make()).steps;
}

/** One pass over `elements` tokens: what a take costs besides choosing. */
void play(const StepModel& model, Sampler sampler, int elements)
{
    const auto state = model.newState(sampler);
    state->start({});
    Heard heard;
    for (int i = 0; i < elements; ++i) {
        heard.token = {2 + i % (model.vocabulary.pitchCount() - 2),
                       2 + i % (model.vocabulary.durationCount() - 2)};
        state->firstLogits();
        state->secondLogits(2);
        state->advance(heard);
    }
}

/** The three products of 1024 x 256 that a step of two layers of 256 units cannot do without. */
class Floor
{
public:
    void step()
    {
        for (auto& matrix : matrices)
            addProduct(matrix.data(), input.data(), output.data(), 1024, 256);
    }

    void packedStep()
    {
        for (const auto& matrix : packed)
            matrix.addProduct(input.data(), output.data());
    }

private:
    std::vector<std::vector<float>> matrices{3, std::vector<float>(1024 * 256, 1e-4f)};
    std::vector<PackedMatrix> packed{3, PackedMatrix(matrices[0], 1024, 256)};
    std::vector<float> input = std::vector<float>(256, 0.5f);
    std::vector<float> output = std::vector<float>(1024, 0.0f);
};

} // namespace

int main(int argc, char** argv)
{
    const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
    if (argc > 1 && !quick) {
        std::printf("usage: organum_bench_engine [--quick]\n");
        return 2;
    }
    at::set_num_threads(1);
    at::globalContext().setFlushDenormal(true);
    useBlasThreads(1);
    const int notes = quick ? 64 : 512;
    const int rounds = quick ? 1 : 3;

    const auto model = bookSized();
    Floor floor;
    double windowBest = 1e9;
    double streamBest = 1e9;
    double floorBest = 1e9;
    double packedBest = 1e9;
    play(*model, Sampler::window, 8); // warm-up: module made, pools filled
    for (int round = 0; round < rounds; ++round) {
        windowBest =
            std::min(windowBest, millisecondsOf([&] { play(*model, Sampler::window, notes); }));
        for (int i = 0; i < 20; ++i) {
            streamBest =
                std::min(streamBest, millisecondsOf([&] { play(*model, Sampler::stream, notes); }));
            floorBest = std::min(floorBest, millisecondsOf([&] {
                                     for (int n = 0; n < notes; ++n)
                                         floor.step();
                                 }));
            packedBest = std::min(packedBest, millisecondsOf([&] {
                                      for (int n = 0; n < notes; ++n)
                                          floor.packedStep();
                                  }));
        }
    }

    Request request;
    request.bars = 16;
    double barsBest = 1e9;
    std::size_t barNotes = 0;
    for (int round = 0; round < 5 * rounds; ++round) {
        request.seed = static_cast<std::uint64_t>(round);
        barsBest = std::min(barsBest, millisecondsOf([&] {
                                barNotes = generate(model, request)[0].elements.size();
                            }));
    }

    std::printf("BLAS %s, %.1f GFLOP/s (sgemm 512)\n", blasLibrary().c_str(), measureGigaflops());
    std::printf("attention-LSTM 2 x 256, one thread, %d notes, best of %d\n", notes, rounds);
    std::printf("  %-34s %9.4f ms a note\n", "window of 32", windowBest / notes);
    std::printf("  %-34s %9.4f ms a note\n", "stream", streamBest / notes);
    std::printf("  %-34s %9.4f ms a note\n", "floor: three 1024 x 256 products", floorBest / notes);
    std::printf("  %-34s %9.4f ms a note\n", "the same, packed", packedBest / notes);
    std::printf("  window / stream                    %9.1f\n", windowBest / streamBest);
    std::printf("  stream / floor                     %9.2f\n", streamBest / floorBest);
    std::printf("  stream / packed floor              %9.2f\n", streamBest / packedBest);
    std::printf("16 bars of 4/4, stream, with choosing: %.2f ms (%zu elements)\n", barsBest,
                barNotes);
    benchmarkVoices(quick);
    return 0;
}
