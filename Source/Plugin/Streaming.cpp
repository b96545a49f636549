// The part of the processor for music that belongs to one place in the host's time: endless music,
// answers to calls, and music that is waited for offline.

#include "Plugin/Processor.h"
#include "Plugin/TakeModel.h"

#include <algorithm>

namespace organum::plugin
{

namespace
{

/** After a stretch that could not be written, so long before it is tried again. */
constexpr std::chrono::seconds restAfterFailure{1};

} // namespace

// ---- endless -----------------------------------------------------------------------------------

std::optional<Wish> Processor::stretchWish()
{
    if (!values.playing.isMode(player::Mode::endless))
        return {};
    {
        const std::lock_guard<std::mutex> lock(music);
        // By the number, since a star makes another take of it that plays on.
        const TakePointer take = history.playing();
        if (take == nullptr ? endless.take() != nullptr : takeNumber != endless.number()) {
            endless.goOnFrom(take, takeNumber);
            stretchAsked = false;
            stretchRest = {};
        }
    }
    if (endless.take() == nullptr)
        return {};
    const std::int64_t bar = player.position() / endless.take()->barLength();
    if (auto window = endless.publishable(bar)) {
        player.publishStream(std::move(window));
        ++changes;
    }
    if (session.hasWaiting()) // for a knob that was turned; it must not be lost to a stretch
        return {};
    const auto now = std::chrono::steady_clock::now();
    if (stretchAsked && session.isIdle()) {
        stretchAsked = false; // and not written: it failed, or other music was asked for
        stretchRest = now + restAfterFailure;
    }
    const auto next = endless.missing(bar);
    if (!next || stretchAsked || now < stretchRest)
        return {};
    auto wish = wishForStretch(*next);
    stretchAsked = wish.has_value();
    if (!wish)
        stretchRest = now + restAfterFailure;
    return wish;
}

std::optional<Wish> Processor::wishForStretch(const EndlessMusic::Stretch& next)
{
    // The knobs of the take count, not where they stand now: a bar must not depend on when one
    // comes to it.
    const Take& take = *endless.take();
    Settings settings = take.settings.value_or(values.settings());
    settings.bars = EndlessMusic::stretch;
    const auto entries = modelList.entries();
    // A take from a MIDI file goes on with the model that is chosen.
    const auto chosen = model() ? std::optional<int>(values.model->get()) : std::nullopt;
    const auto wrote = take.model.empty() ? chosen : modelOf(take, *entries);
    if (!wrote) {
        session.report(Phase::failed, "The take cannot go on, since its model \"" + take.model +
                                          "\" is not installed. Its last bars repeat.");
        return {};
    }
    settings.model = *wrote;
    const WishContext context{
        *entries, {},           nullptr, next.before, take.metreNumerator, take.metreDenominator,
        {},       next.firstBar};
    WishOrProblem made = makeWish(settings, Origin::played, context);
    if (!made.wish) {
        session.report(Phase::failed, made.problem);
        return {};
    }
    made.wish->stretch = StretchPlace{endless.number(), next.firstBar};
    return std::move(made.wish);
}

void Processor::acceptStretch(const StretchPlace& place, const Take& take)
{
    stretchAsked = false;
    if (place.take == endless.number())
        endless.add(place.firstBar, take);
}

// ---- call and response -------------------------------------------------------------------------

std::optional<Wish> Processor::answerWish()
{
    const auto call = callListener.collect(player.calls());
    if (!call)
        return {};
    const int metre = hostMetre.load();
    Take heard;
    heard.model = "played";
    heard.bars = call->bars;
    heard.metreNumerator = metre / 64;
    heard.metreDenominator = metre % 64;
    heard.notes = call->notes;
    if (heard.barLength() != call->barLength)
        return {}; // the metre has changed since
    Settings settings = values.settings();
    settings.bars = call->bars;
    const auto entries = modelList.entries();
    WishContext context{
        *entries,   missingModel(), nullptr, std::make_shared<const Take>(std::move(heard)),
        metre / 64, metre % 64,     {},      call->answerStart / call->barLength};
    WishOrProblem made = makeWish(settings, Origin::played, context);
    if (!made.wish) {
        session.report(Phase::failed, made.problem);
        return {};
    }
    made.wish->epoch = epoch;
    made.wish->answer = AnswerPlace{call->number, call->answerStart, call->bars};
    return std::move(made.wish);
}

void Processor::acceptAnswer(const AnswerPlace& place, TakePointer take)
{
    {
        const std::lock_guard<std::mutex> lock(music);
        Take answer = *take;
        answer.bars = place.bars;
        player.publishStream(timelineOf(answer, {place.call, take->seed, place.start}));
        publish(take);
        // Answers in a row are one step of undo; the last one can be kept by going on from it.
        history.addInPlaceOf(lastAnswer, take);
    }
    lastAnswer = std::move(take);
    noteChange();
}

// ---- offline -----------------------------------------------------------------------------------

bool Processor::waitForMusic()
{
    return session.catchUp(longestWait);
}

} // namespace organum::plugin
