#include "Live/JackWitness.h"

#include <jack/jack.h>
#include <jack/midiport.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace organum::test
{

JackWitness::JackWitness()
    : client(jack_client_open("witness", JackNoStartServer, nullptr))
{
    if (client == nullptr)
        throw std::runtime_error("the witness cannot reach the JACK server");
    rate = jack_get_sample_rate(client);
    in = jack_port_register(client, "in", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
    out = jack_port_register(client, "out", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0);
    jack_set_process_callback(client, &JackWitness::processCallback, this);
    jack_activate(client);
}

JackWitness::~JackWitness()
{
    jack_client_close(client);
}

int JackWitness::processCallback(unsigned int frames, void* self)
{
    return static_cast<JackWitness*>(self)->process(frames);
}

int JackWitness::process(unsigned int frames)
{
    const auto begin = clock.load();
    void* input = jack_port_get_buffer(in, frames);
    for (unsigned int i = 0, count = jack_midi_get_event_count(input); i < count; ++i) {
        jack_midi_event_t event;
        if (jack_midi_event_get(&event, input, i) != 0 || event.size < 1 || event.size > 3)
            continue;
        live::Message message;
        message.due = static_cast<double>(begin + event.time) / rate;
        message.size = static_cast<int>(event.size);
        std::copy(event.buffer, event.buffer + event.size, message.bytes.begin());
        arrived.push(message);
    }
    void* output = jack_port_get_buffer(out, frames);
    jack_midi_clear_buffer(output);
    live::Message message;
    while (toSay.peek(message)) {
        const double sample = message.due * rate - static_cast<double>(begin);
        if (sample >= frames)
            break;
        toSay.drop();
        jack_midi_event_write(output, static_cast<jack_nframes_t>(std::max(0.0, sample)),
                              message.bytes.data(), static_cast<std::size_t>(message.size));
    }
    clock = begin + frames;
    return 0;
}

double JackWitness::now() const
{
    return static_cast<double>(clock.load()) / rate;
}

bool JackWitness::connectTo(const std::string& part, bool isSource)
{
    for (int i = 0; i < 1000; ++i) {
        const char** ports = jack_get_ports(client, part.c_str(), JACK_DEFAULT_MIDI_TYPE,
                                            isSource ? JackPortIsOutput : JackPortIsInput);
        if (ports != nullptr) {
            const std::string name = ports[0];
            jack_free(ports);
            return isSource ? jack_connect(client, name.c_str(), jack_port_name(in)) == 0
                            : jack_connect(client, jack_port_name(out), name.c_str()) == 0;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

bool JackWitness::hear(const std::string& part)
{
    return connectTo(part, true);
}

bool JackWitness::speakTo(const std::string& part)
{
    return connectTo(part, false);
}

std::vector<Witnessed> JackWitness::heard()
{
    std::vector<Witnessed> all;
    live::Message message;
    while (arrived.pop(message))
        all.push_back({message.due, message});
    return all;
}

} // namespace organum::test
