#include "Training/Image/Files/Strokes.h"

#include "Training/Data/DataError.h"
#include "Training/Image/Files/FileBytes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace organum::training
{
namespace
{

constexpr int side = 28;

struct Point
{
    double x = 0.0;
    double y = 0.0;
};
using Stroke = std::vector<Point>;

/** Throws nlohmann's exceptions or std::invalid_argument with a part of a sentence. */
std::vector<Stroke> strokesOf(const nlohmann::json& json)
{
    std::vector<Stroke> strokes;
    for (const auto& line : json.at("drawing")) {
        const auto& xs = line.at(0);
        const auto& ys = line.at(1);
        if (xs.empty() || xs.size() != ys.size())
            throw std::invalid_argument("a stroke has not as many x as y");
        Stroke stroke;
        for (std::size_t i = 0; i < xs.size(); ++i) {
            const Point point{xs.at(i).get<double>(), ys.at(i).get<double>()};
            if (!(std::abs(point.x) < 1e6) || !(std::abs(point.y) < 1e6))
                throw std::invalid_argument("a point lies far outside the paper");
            stroke.push_back(point);
        }
        strokes.push_back(std::move(stroke));
    }
    if (strokes.empty())
        throw std::invalid_argument("it has no strokes");
    return strokes;
}

double distance(const Point& p, const Point& a, const Point& b)
{
    const auto dx = b.x - a.x, dy = b.y - a.y;
    const auto length = dx * dx + dy * dy;
    const auto along =
        length > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

void draw(std::vector<Stroke> strokes, std::uint8_t* pixels)
{
    constexpr double paper = 256.0, pen = 16.0, margin = 16.0;
    Point low = strokes[0][0], high = low;
    for (const auto& stroke : strokes)
        for (const auto& point : stroke) {
            low = {std::min(low.x, point.x), std::min(low.y, point.y)};
            high = {std::max(high.x, point.x), std::max(high.y, point.y)};
        }
    // Raw drawings may be larger than the paper of simplified ones.
    const auto extent = std::max({paper, high.x - low.x, high.y - low.y});
    const auto scale = side / (extent + 2.0 * margin + pen);
    for (auto& stroke : strokes)
        for (auto& point : stroke)
            point = {(point.x - (low.x + high.x) / 2.0) * scale + side / 2.0,
                     (point.y - (low.y + high.y) / 2.0) * scale + side / 2.0};
    const auto half = pen * side / (paper + 2.0 * margin + pen) / 2.0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const Point centre{x + 0.5, y + 0.5};
            double nearest = 1e9;
            for (const auto& stroke : strokes)
                for (std::size_t i = 0; i < stroke.size(); ++i)
                    nearest =
                        std::min(nearest, distance(centre, stroke[i],
                                                   stroke[std::min(i + 1, stroke.size() - 1)]));
            pixels[y * side + x] = static_cast<std::uint8_t>(
                std::lround(255.0 * std::clamp(half + 0.5 - nearest, 0.0, 1.0)));
        }
}

} // namespace

torch::Tensor readStrokes(const std::filesystem::path& file, std::int64_t most)
{
    const auto text = readDataFile(file);
    std::vector<std::array<std::uint8_t, side * side>> drawings;
    std::size_t start = 0, number = 0;
    while (start < text.size() && (most == 0 || drawings.size() < static_cast<std::size_t>(most))) {
        const auto end = std::min(text.find('\n', start), text.size());
        ++number;
        const auto line = text.substr(start, end - start);
        start = end + 1;
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const auto refuse = [&](const std::string& why) {
            throw DataError("Could not read " + file.string() + ": line " + std::to_string(number) +
                            " is no drawing (" + why + ").");
        };
        try {
            checkImageMemory(static_cast<std::int64_t>(drawings.size()) + 1, 1, side, side,
                             file.string());
            drawings.emplace_back();
            draw(strokesOf(nlohmann::json::parse(line)), drawings.back().data());
        } catch (const nlohmann::json::parse_error&) {
            refuse("it is no JSON");
        } catch (const nlohmann::json::exception&) {
            refuse("its \"drawing\" is no list of strokes, each a list of x and a list of y");
        } catch (const std::exception& problem) {
            refuse(problem.what());
        }
    }
    checkImageMemory(static_cast<std::int64_t>(drawings.size()), 1, side, side, file.string());
    auto images =
        torch::empty({static_cast<std::int64_t>(drawings.size()), 1, side, side}, torch::kUInt8);
    auto* to = images.data_ptr<std::uint8_t>();
    for (const auto& drawing : drawings)
        to = std::copy(drawing.begin(), drawing.end(), to);
    return images;
}

} // namespace organum::training
