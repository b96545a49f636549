#include "Host/HostedPlugin.h"
#include "Host/Lv2Parts.h"

#include <lilv/lilv.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace organum::host
{
namespace fs = std::filesystem;

namespace
{

struct WorldDeleter
{
    void operator()(LilvWorld* world) const { lilv_world_free(world); }
};
struct NodeDeleter
{
    void operator()(LilvNode* node) const { lilv_node_free(node); }
};
struct InstanceDeleter
{
    void operator()(LilvInstance* instance) const { lilv_instance_free(instance); }
};
struct StateDeleter
{
    void operator()(LilvState* state) const { lilv_state_free(state); }
};
using World = std::unique_ptr<LilvWorld, WorldDeleter>;
using Node = std::unique_ptr<LilvNode, NodeDeleter>;
using Instance = std::unique_ptr<LilvInstance, InstanceDeleter>;
using State = std::unique_ptr<LilvState, StateDeleter>;

constexpr auto stateUri = "urn:organum:test-host:state";

struct Parameter
{
    std::string name;
    LV2_URID uri = 0;
};

class Lv2Plugin : public HostedPlugin
{
public:
    explicit Lv2Plugin(const fs::path& bundle)
        : path(bundle.string())
        , world(lilv_world_new())
        , uris(map)
    {
        const auto folder = fs::absolute(bundle).lexically_normal().string() + "/";
        const Node bundleNode(lilv_new_file_uri(world.get(), nullptr, folder.c_str()));
        lilv_world_load_specifications(world.get());
        lilv_world_load_bundle(world.get(), bundleNode.get());
        const auto* plugins = lilv_world_get_all_plugins(world.get());
        if (lilv_plugins_size(plugins) == 0)
            throw HostError(path + " holds no LV2 plugin; build the plugins first.");
        plugin = lilv_plugins_get(plugins, lilv_plugins_begin(plugins));
        readParameters();
        instantiate();
        lv2_atom_forge_init(&forge, &map.mapFeature);
    }

    std::string name() const override
    {
        const Node node(lilv_plugin_get_name(plugin));
        return lilv_node_as_string(node.get());
    }

    std::vector<std::string> parameters() const override
    {
        std::vector<std::string> names;
        for (const auto& parameter : parameterList)
            names.push_back(parameter.name);
        return names;
    }

    void setParameter(const std::string& parameter, double value) override
    {
        for (const auto& known : parameterList)
            if (known.name == parameter) {
                pending.push_back({known.uri, static_cast<float>(value)});
                return;
            }
        throw HostError(path + " has no parameter '" + parameter + "'.");
    }

    WrapperLocks wrapperLocks() const override
    {
        return {1 + static_cast<std::uint32_t>(pending.size())};
    }

    void activate(double sampleRate, int largestBlock) override
    {
        if (sampleRate != rate || largestBlock > blockLength)
            throw HostError(path + " was instantiated for " + std::to_string(rate) + " Hz and " +
                            std::to_string(blockLength) + " samples, which LV2 cannot change.");
        lilv_instance_activate(instance.get());
        active = true;
    }

    void deactivate() override
    {
        if (active)
            lilv_instance_deactivate(instance.get());
        active = false;
    }

    void process(const Transport& transport, int samples, NoteEvents& events) override
    {
        events.clear();
        writeInput(transport, samples);
        output.offer(uris);
        lilv_instance_run(instance.get(), static_cast<std::uint32_t>(samples));
        readOutput(events);
    }

    std::vector<std::uint8_t> saveState() override
    {
        const State state(lilv_state_new_from_instance(
            plugin, instance.get(), &map.mapFeature, nullptr, nullptr, nullptr, nullptr, nullptr,
            nullptr, LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE, nullptr));
        const std::unique_ptr<char, void (*)(void*)> text(
            lilv_state_to_string(world.get(), &map.mapFeature, &map.unmapFeature, state.get(),
                                 stateUri, nullptr),
            lilv_free);
        return {text.get(), text.get() + std::strlen(text.get()) + 1};
    }

    void loadState(const std::vector<std::uint8_t>& bytes) override
    {
        const State state(lilv_state_new_from_string(world.get(), &map.mapFeature,
                                                     reinterpret_cast<const char*>(bytes.data())));
        if (state == nullptr)
            throw HostError(path + ": this is no LV2 state.");
        lilv_state_restore(state.get(), instance.get(), nullptr, nullptr, 0, nullptr);
    }

private:
    struct Change
    {
        LV2_URID parameter = 0;
        float value = 0.0F;
    };

    Node uri(const char* text) const { return Node(lilv_new_uri(world.get(), text)); }

    void readParameters()
    {
        const auto writable = uri(LV2_PATCH__writable);
        auto* nodes = lilv_plugin_get_value(plugin, writable.get());
        LILV_FOREACH(nodes, i, nodes)
        {
            const auto* node = lilv_nodes_get(nodes, i);
            const Node label(
                lilv_world_get(world.get(), node, uri(LILV_NS_RDFS "label").get(), nullptr));
            parameterList.push_back({label != nullptr ? lilv_node_as_string(label.get()) : "",
                                     map.number(lilv_node_as_uri(node))});
        }
        lilv_nodes_free(nodes);
    }

    void instantiate()
    {
        const std::int32_t shortest = 1;
        const LV2_Options_Option options[] = {{LV2_OPTIONS_INSTANCE, 0, uris.maxBlockLength,
                                               sizeof(blockLength), uris.atomInt, &blockLength},
                                              {LV2_OPTIONS_INSTANCE, 0, uris.minBlockLength,
                                               sizeof(shortest), uris.atomInt, &shortest},
                                              {LV2_OPTIONS_INSTANCE, 0, 0, 0, 0, nullptr}};
        const LV2_Feature mapping{LV2_URID__map, &map.mapFeature};
        const LV2_Feature unmapping{LV2_URID__unmap, &map.unmapFeature};
        const LV2_Feature optional{LV2_OPTIONS__options, const_cast<LV2_Options_Option*>(options)};
        const LV2_Feature bounded{LV2_BUF_SIZE__boundedBlockLength, nullptr};
        const LV2_Feature* features[] = {&mapping, &unmapping, &optional, &bounded, nullptr};
        instance.reset(lilv_plugin_instantiate(plugin, rate, features));
        if (instance == nullptr)
            throw HostError(path + " could not be instantiated.");
        connectPorts();
    }

    void connectPorts()
    {
        const auto audioPort = uri(LV2_CORE__AudioPort);
        const auto inputPort = uri(LV2_CORE__InputPort);
        const auto eventPort = uri(LV2_ATOM__AtomPort);
        const auto count = lilv_plugin_get_num_ports(plugin);
        controls.assign(count, 0.0F);
        audio.assign(count, std::vector<float>(static_cast<std::size_t>(blockLength), 0.0F));
        lilv_plugin_get_port_ranges_float(plugin, nullptr, nullptr, controls.data());
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto* port = lilv_plugin_get_port_by_index(plugin, i);
            if (std::isnan(controls[i]))
                controls[i] = 0.0F;
            void* memory = &controls[i];
            if (lilv_port_is_a(plugin, port, audioPort.get()))
                memory = audio[i].data();
            else if (lilv_port_is_a(plugin, port, eventPort.get()))
                memory = lilv_port_is_a(plugin, port, inputPort.get()) ? input.bytes.data()
                                                                       : output.bytes.data();
            lilv_instance_connect_port(instance.get(), i, memory);
        }
    }

    /** Like most hosts, tells the transport only when it changed in another way than by passing
        time, so that the plugin must reckon on its own. */
    void writeInput(const Transport& transport, int samples)
    {
        lv2_atom_forge_set_buffer(&forge, input.bytes.data(), EventBuffer::capacity);
        LV2_Atom_Forge_Frame sequence;
        lv2_atom_forge_sequence_head(&forge, &sequence, 0);
        for (const auto& change : pending) {
            LV2_Atom_Forge_Frame object;
            lv2_atom_forge_frame_time(&forge, 0);
            lv2_atom_forge_object(&forge, &object, 0, uris.patchSet);
            lv2_atom_forge_key(&forge, uris.patchProperty);
            lv2_atom_forge_urid(&forge, change.parameter);
            lv2_atom_forge_key(&forge, uris.patchValue);
            lv2_atom_forge_float(&forge, change.value);
            lv2_atom_forge_pop(&forge, &object);
        }
        pending.clear();
        const bool expected = told && transport.playing == last.playing &&
                              transport.bpm == last.bpm &&
                              transport.samples == last.samples + (last.playing ? lastSamples : 0);
        if (!expected)
            writePosition(transport);
        last = transport;
        lastSamples = samples;
        told = true;
        lv2_atom_forge_pop(&forge, &sequence);
    }

    void writePosition(const Transport& transport)
    {
        const double beatsPerQuarter = transport.denominator / 4.0;
        const double beats = transport.ppq * beatsPerQuarter;
        const double bar = std::floor(beats / transport.numerator);
        LV2_Atom_Forge_Frame object;
        lv2_atom_forge_frame_time(&forge, 0);
        lv2_atom_forge_object(&forge, &object, 0, uris.position);
        lv2_atom_forge_key(&forge, uris.frame);
        lv2_atom_forge_long(&forge, transport.samples);
        lv2_atom_forge_key(&forge, uris.speed);
        lv2_atom_forge_float(&forge, transport.playing ? 1.0F : 0.0F);
        lv2_atom_forge_key(&forge, uris.beat);
        lv2_atom_forge_double(&forge, beats);
        lv2_atom_forge_key(&forge, uris.bar);
        lv2_atom_forge_long(&forge, static_cast<std::int64_t>(bar));
        lv2_atom_forge_key(&forge, uris.barBeat);
        lv2_atom_forge_float(&forge, static_cast<float>(beats - bar * transport.numerator));
        lv2_atom_forge_key(&forge, uris.beatUnit);
        lv2_atom_forge_int(&forge, transport.denominator);
        lv2_atom_forge_key(&forge, uris.beatsPerBar);
        lv2_atom_forge_float(&forge, static_cast<float>(transport.numerator));
        lv2_atom_forge_key(&forge, uris.beatsPerMinute);
        lv2_atom_forge_float(&forge, static_cast<float>(transport.bpm * beatsPerQuarter));
        lv2_atom_forge_pop(&forge, &object);
    }

    void readOutput(NoteEvents& events)
    {
        if (output.sequence()->atom.type != uris.sequence)
            return;
        LV2_ATOM_SEQUENCE_FOREACH(output.sequence(), event)
        {
            if (event->body.type != uris.midiEvent || event->body.size < 3)
                continue;
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(event + 1);
            const int kind = bytes[0] & 0xF0;
            if (kind != LV2_MIDI_MSG_NOTE_ON && kind != LV2_MIDI_MSG_NOTE_OFF)
                continue;
            events.add({kind == LV2_MIDI_MSG_NOTE_ON && bytes[2] > 0, bytes[0] & 0x0F, bytes[1],
                        static_cast<float>(bytes[2]) / 127.0F,
                        static_cast<int>(event->time.frames)});
        }
    }

    std::string path;
    World world;
    UriMap map;
    Uris uris;
    const LilvPlugin* plugin = nullptr;
    std::vector<Parameter> parameterList;
    std::vector<Change> pending;
    LV2_Atom_Forge forge{};
    EventBuffer input;
    EventBuffer output;
    std::vector<float> controls;
    std::vector<std::vector<float>> audio;
    const double rate = 48000.0;
    const std::int32_t blockLength = 4096;
    bool active = false;
    Transport last;
    int lastSamples = 0;
    bool told = false;
    Instance instance; // last: it goes before the ports it is connected to
};

} // namespace

std::unique_ptr<HostedPlugin> openLv2(const fs::path& bundle)
{
    return std::make_unique<Lv2Plugin>(bundle);
}

} // namespace organum::host
