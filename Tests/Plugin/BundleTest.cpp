// What was really built: the bundles that hosts open.

#include "Plugin/Identity.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <pluginterfaces/base/ipluginbase.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using organum::test::readWholeFile;

namespace
{

const std::filesystem::path plugins = ORGANUM_PLUGINS_DIR;

/** The libraries a 64-bit ELF file asks for, from its dynamic section. */
std::vector<std::string> neededLibraries(const std::filesystem::path& file)
{
    const std::string bytes = readWholeFile(file);
    REQUIRE(bytes.size() > sizeof(Elf64_Ehdr));
    const auto at = [&bytes](auto& value, std::size_t offset) {
        REQUIRE(offset + sizeof(value) <= bytes.size());
        std::memcpy(&value, bytes.data() + offset, sizeof(value));
    };
    Elf64_Ehdr header;
    at(header, 0);
    REQUIRE(std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0);
    std::vector<std::string> needed;
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr section;
        at(section, header.e_shoff + i * header.e_shentsize);
        if (section.sh_type != SHT_DYNAMIC)
            continue;
        Elf64_Shdr names;
        at(names, header.e_shoff + section.sh_link * header.e_shentsize);
        for (std::size_t k = 0; k < section.sh_size / sizeof(Elf64_Dyn); ++k) {
            Elf64_Dyn entry;
            at(entry, section.sh_offset + k * sizeof(Elf64_Dyn));
            if (entry.d_tag == DT_NEEDED)
                needed.emplace_back(bytes.c_str() + names.sh_offset + entry.d_un.d_val);
        }
    }
    return needed;
}

std::filesystem::path vst3Binary(const std::string& name)
{
    return plugins / (name + ".vst3") / "Contents" / ORGANUM_VST3_ARCHITECTURE / (name + ".so");
}

std::filesystem::path lv2Binary(const std::string& name)
{
    return plugins / (name + ".lv2") / ("lib" + name + ".so");
}

std::string hex(const Steinberg::TUID& id)
{
    std::string text;
    for (const char byte : id) {
        std::array<char, 3> two{};
        std::snprintf(two.data(), two.size(), "%02X", static_cast<unsigned char>(byte));
        text += two.data();
    }
    return text;
}

struct VstClass
{
    std::string name, category, id;
};

std::vector<VstClass> classesOf(const std::filesystem::path& binary)
{
    void* library = dlopen(binary.c_str(), RTLD_NOW | RTLD_LOCAL);
    INFO(binary);
    REQUIRE(library != nullptr);
    const auto enter = reinterpret_cast<bool (*)(void*)>(dlsym(library, "ModuleEntry"));
    const auto leave = reinterpret_cast<bool (*)()>(dlsym(library, "ModuleExit"));
    const auto get =
        reinterpret_cast<Steinberg::IPluginFactory* (*) ()>(dlsym(library, "GetPluginFactory"));
    REQUIRE((enter != nullptr && leave != nullptr && get != nullptr));
    REQUIRE(enter(library));
    std::vector<VstClass> classes;
    {
        Steinberg::IPluginFactory* factory = get();
        REQUIRE(factory != nullptr);
        for (Steinberg::int32 i = 0; i < factory->countClasses(); ++i) {
            Steinberg::PClassInfo info;
            REQUIRE(factory->getClassInfo(i, &info) == Steinberg::kResultOk);
            classes.push_back({info.name, info.category, hex(info.cid)});
        }
        factory->release();
    }
    leave();
    return classes;
}

} // namespace

TEST_CASE("no plugin links LibTorch or anything as heavy")
{
    for (const std::string name : {"Organum", "OrganumMIDI"}) {
        for (const auto& binary : {vst3Binary(name), lv2Binary(name)}) {
            const auto needed = neededLibraries(binary);
            REQUIRE(needed.size() > 2);
            for (const std::string& library : needed) {
                INFO(binary << " needs " << library);
                CHECK(library.find("torch") == std::string::npos);
                CHECK(library.find("c10") == std::string::npos);
                CHECK(library.find("blas") == std::string::npos);
                CHECK(library.find("organum_engine") == std::string::npos);
            }
        }
    }
}

TEST_CASE("VST3 class ids are what saved projects expect")
{
    const auto instrument = classesOf(vst3Binary("Organum"));
    const auto effect = classesOf(vst3Binary("OrganumMIDI"));
    REQUIRE(instrument.size() == 2);
    REQUIRE(effect.size() == 2);
    CHECK(instrument[0].name == "Organum");
    CHECK(effect[0].name == "Organum MIDI");
    CHECK(instrument[0].category == "Audio Module Class");
    CHECK(instrument[0].id == "ABCDEF019182FAEB4F72676E4F726761");
    CHECK(instrument[1].id == "ABCDEF011234ABCD4F72676E4F726761");
    CHECK(effect[0].id == "ABCDEF019182FAEB4F72676E4F72674D");
    CHECK(effect[1].id == "ABCDEF011234ABCD4F72676E4F72674D");
}

TEST_CASE("LV2 bundles carry the fixed URIs and list every parameter")
{
    using namespace organum::plugin;
    const auto manifest = [](const std::string& name) {
        return readWholeFile(plugins / (name + ".lv2") / "manifest.ttl");
    };
    CHECK(manifest("Organum").find("<" + std::string(identity::instrumentUri) + ">") !=
          std::string::npos);
    CHECK(manifest("OrganumMIDI").find("<" + std::string(identity::midiEffectUri) + ">") !=
          std::string::npos);
    for (const std::string name : {"Organum", "OrganumMIDI"}) {
        const std::string description = readWholeFile(plugins / (name + ".lv2") / "dsp.ttl");
        for (const char* id : {"model",
                               "bars",
                               "seed",
                               "pitch_temperature",
                               "duration_temperature",
                               "top_p",
                               "key",
                               "scale",
                               "channel",
                               "follow",
                               "thru",
                               "preview",
                               "generate",
                               "continue",
                               "melody_tenor_morph",
                               "groove_bass_seed_b",
                               "rule_strength",
                               "alto_lock",
                               "bass_mute",
                               "soprano_channel",
                               "macro_8",
                               "lowest_pitch",
                               "highest_pitch"}) {
            INFO(name << " " << id);
            CHECK(description.find(id) != std::string::npos);
        }
    }
}

// They were shares of 1, so that a host's menu set another choice than it showed.
TEST_CASE("the names of an LV2 choice stand at the values that mean them")
{
    for (const std::string name : {"Organum", "OrganumMIDI"}) {
        std::istringstream text(readWholeFile(plugins / (name + ".lv2") / "dsp.ttl"));
        double maximum = -1.0;
        int choices = 0, place = -1;
        const auto numberAfter = [](const std::string& line, const std::string& word) {
            return std::stod(line.substr(line.find(word) + word.size()));
        };
        for (std::string line; std::getline(text, line);) {
            if (line.find("lv2:maximum ") != std::string::npos)
                maximum = numberAfter(line, "lv2:maximum ");
            if (line.find("lv2:scalePoint [") != std::string::npos)
                place = 0;
            if (place >= 0 && line.find("rdf:value ") != std::string::npos)
                CHECK(numberAfter(line, "rdf:value ") == place++);
            if (place >= 0 && line.find("] .") != std::string::npos) {
                CHECK(maximum == place - 1);
                ++choices;
                place = -1;
            }
        }
        CHECK(choices > 5);
    }
}
