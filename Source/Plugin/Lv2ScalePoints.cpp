// A step of the build: corrects the values of choices in an LV2 plugin's dsp.ttl.
//
// JUCE 7 writes the places of a choice's names as shares of 1 where the parameter's own range, 0 to
// the last place, is meant, so that a host's menu would set another choice than it shows. The names
// stand in their order, so each is given its place.
//
// usage: organum_lv2_scale_points DSP_TTL

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

int main(int count, char** arguments)
{
    if (count != 2)
        return 2;
    std::ifstream in(arguments[1]);
    std::ostringstream text;
    int place = -1; // within a list of names
    for (std::string line; std::getline(in, line);) {
        const auto value = line.find("rdf:value ");
        if (line.find("lv2:scalePoint [") != std::string::npos)
            place = 0;
        else if (value != std::string::npos && place >= 0)
            line = line.substr(0, value) + "rdf:value " + std::to_string(place++) + " ;";
        else if (line.find("] .") != std::string::npos)
            place = -1;
        text << line << '\n';
    }
    if (!in.eof() || text.str().empty()) {
        std::cerr << "Could not read " << arguments[1] << '\n';
        return 1;
    }
    in.close();
    std::ofstream out(arguments[1]);
    out << text.str();
    return out.flush() ? 0 : 1;
}
