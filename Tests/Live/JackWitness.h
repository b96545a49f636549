#pragma once

// A second program's view: a JACK client that connects itself to a port of ours, writes down what
// arrives with its sample, and sends what it is told on the very sample.

#include "Live/Message.h"
#include "Live/Queue.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

typedef struct _jack_client jack_client_t;
typedef struct _jack_port jack_port_t;

namespace organum::test
{

struct Witnessed
{
    double seconds = 0.0; ///< by JACK's count of samples
    live::Message message;
};

class JackWitness
{
public:
    JackWitness();
    ~JackWitness();
    JackWitness(const JackWitness&) = delete;
    JackWitness& operator=(const JackWitness&) = delete;

    /** Waits until a port whose full name holds `part` is there, and connects it to the witness's
        input, or its output to that port. False after ten seconds. */
    bool hear(const std::string& part);
    bool speakTo(const std::string& part);

    /** Sent in order; `due` is in seconds of this witness's clock, see now(). */
    void say(const live::Message& message) { toSay.push(message); }
    double now() const;
    double sampleRate() const { return rate; }

    /** What arrived since the last call. */
    std::vector<Witnessed> heard();

private:
    bool connectTo(const std::string& part, bool isSource);
    int process(unsigned int frames);
    static int processCallback(unsigned int frames, void* self);

    jack_client_t* client = nullptr;
    jack_port_t* in = nullptr;
    jack_port_t* out = nullptr;
    double rate = 48000.0;
    std::atomic<unsigned long long> clock{0}; ///< samples of whole periods
    live::Queue arrived;
    live::Queue toSay;
};

} // namespace organum::test
