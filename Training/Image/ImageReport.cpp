#include "Training/Image/ImageReport.h"

#include "Models/Layers/KerasConvolution.h"
#include "Training/Data/JsonText.h"
#include "Training/Image/ImageLoader.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/Pictures.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace organum::training
{
namespace
{

/** "BatchNorm2d" of torch::nn::BatchNorm2dImpl. */
std::string kindOf(const torch::nn::Module& layer)
{
    auto kind = layer.name();
    if (const auto colon = kind.rfind(':'); colon != std::string::npos)
        kind.erase(0, colon + 1);
    if (const auto ending = kind.rfind("Impl"); ending != std::string::npos)
        kind.erase(ending);
    return kind;
}

} // namespace

Planes planesOf(const torch::Tensor& images)
{
    const auto values = images.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    Planes planes;
    planes.count = static_cast<int>(values.size(0));
    planes.channels = static_cast<int>(values.size(1));
    planes.height = static_cast<int>(values.size(2));
    planes.width = static_cast<int>(values.size(3));
    planes.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return planes;
}

void writeHead(Book& book, const ImageRun& run, const std::string& title)
{
    book.line("# " + title + "\n");
    book.line("`" + run.bundle.metadata.kind + "`, recipe `" +
              fieldOr(run.provenance, "recipe", std::string()) + "`; data: " + run.share() +
              "; weights of epoch " + std::to_string(run.epoch()) + ".");
    if (!canDraw())
        book.line("\nThis build has no graphics, so there are no pictures.");
}

void writeNetwork(Book& book, const std::string& name, const torch::nn::Module& network)
{
    const auto all = models::kerasCount(network);
    book.line("\nThe " + name + " has " + std::to_string(all.total()) + " parameters, " +
              std::to_string(all.trainable) + " of them trainable:\n");
    book.line("| layer | kind | parameters |\n|---|---|---:|");
    for (const auto& layer : network.named_modules("", false)) {
        const auto count = models::kerasCount(*layer.value()).total();
        if (layer.value()->children().empty() && count > 0)
            book.line("| " + layer.key() + " | " + kindOf(*layer.value()) + " | " +
                      std::to_string(count) + " |");
    }
}

void writeEpochs(Book& book, const ImageRun& run)
{
    constexpr std::size_t shownWhole = 12;
    const auto log = run.folder.empty() ? LogTable() : readLog(run.folder / "log.csv");
    const auto* epochs = log.column("epoch");
    if (epochs == nullptr || epochs->empty())
        return;
    std::set<std::size_t> rows = {0, epochs->size() - 1};
    for (std::size_t row = 0; row < epochs->size(); ++row)
        if (epochs->size() <= shownWhole ||
            (*epochs)[row] == static_cast<double>(run.epoch())) // whose weights these are
            rows.insert(row);
    const auto isShort = rows.size() == epochs->size();
    book.line("\n## Epochs\n");
    if (!isShort)
        book.line("The first of " + std::to_string(epochs->size()) + ", the one whose weights " +
                  "these are (" + std::to_string(run.epoch()) +
                  "), and the last; all are in the run's log.csv.\n");
    std::string head = "|", rule = "|";
    for (const auto& column : log.names) {
        auto title = column;
        std::replace(title.begin(), title.end(), '_', ' ');
        head += " " + title + " |";
        rule += "---:|";
    }
    book.line(head + "\n" + rule);
    for (const auto row : rows) {
        std::string line = "|";
        for (const auto& column : log.columns) {
            char text[48];
            std::snprintf(text, sizeof text, " %.6g |", column[row]);
            line += text;
        }
        book.line(line);
    }
}

void addLearnt(Book& book, const ImageSet& learnt, int columns, float cell)
{
    const auto count = std::min<std::int64_t>(20, learnt.count());
    std::vector<std::int64_t> rows;
    std::vector<std::string> captions;
    for (std::int64_t i = 0; i < count; ++i) {
        rows.push_back(i * learnt.count() / count);
        if (learnt.hasLabels())
            captions.push_back(learnt.className(learnt.labels[rows.back()].item<std::int64_t>()));
    }
    addImages(book, "real.png", scaledPixels(learnt.select(rows).pixels, ImageScale::unit),
              {"Images learnt from",
               std::to_string(count) + " of " + std::to_string(learnt.count()) +
                   ", evenly spread over the set",
               "", ""},
              columns, cell, captions);
}

void addImages(Book& book, const std::string& name, const torch::Tensor& images,
               const PictureText& text, int columns, float cell,
               const std::vector<std::string>& captions)
{
    if (!canDraw())
        return;
    drawImages(book.file(name), planesOf(images), text, columns, cell, captions);
    book.picture(name, text.title);
}

void addLog(Book& book, const ImageRun& run, const std::string& name,
            const std::vector<std::string>& columns, const PictureText& text)
{
    if (run.folder.empty() || !canDraw())
        return;
    const auto log = readLog(run.folder / "log.csv");
    const auto* epochs = log.column("epoch");
    std::vector<NamedPoints> lines;
    for (const auto& column : columns)
        if (const auto* values = log.column(column); values != nullptr && epochs != nullptr) {
            auto title = column;
            std::replace(title.begin(), title.end(), '_', ' ');
            NamedPoints line{title, {}};
            for (std::size_t i = 0; i < values->size(); ++i)
                line.points.emplace_back((*epochs)[i], (*values)[i]);
            lines.push_back(std::move(line));
        }
    if (lines.empty() || lines[0].points.size() < 2)
        return;
    drawLines(book.file(name), lines, text);
    book.picture(name, text.title);
}

} // namespace organum::training
