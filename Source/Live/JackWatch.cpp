#include "Live/JackWatch.h"

#if ORGANUM_WITH_JACK
#include <jack/jack.h>
#endif

namespace organum::live
{

#if ORGANUM_WITH_JACK

std::unique_ptr<JackWatch> JackWatch::open()
{
    quieten();
    std::unique_ptr<JackWatch> watch(new JackWatch);
    auto* client = jack_client_open("Organum watch", JackNoStartServer, nullptr);
    if (client == nullptr)
        return nullptr;
    watch->client = client;
    jack_on_shutdown(
        client, [](void* self) { static_cast<JackWatch*>(self)->lives = false; }, watch.get());
    if (jack_activate(client) != 0)
        return nullptr;
    return watch;
}

void JackWatch::quieten()
{
    jack_set_error_function([](const char*) {});
    jack_set_info_function([](const char*) {});
}

JackWatch::~JackWatch()
{
    if (client != nullptr)
        jack_client_close(static_cast<jack_client_t*>(client));
}

#else

std::unique_ptr<JackWatch> JackWatch::open()
{
    return nullptr;
}

void JackWatch::quieten() {}

JackWatch::~JackWatch() = default;

#endif

} // namespace organum::live
