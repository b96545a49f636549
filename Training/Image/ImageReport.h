#pragma once

// What the reports of all image models share: the head, the curves of the log, a page of images.

#include "Training/Image/ImagePictures.h"
#include "Training/Image/ImageRun.h"
#include "Training/Report/Book.h"

#include <string>
#include <vector>

namespace organum::training
{

/** float [N, C, H, W] in 0..1 from any device. */
Planes planesOf(const torch::Tensor& images);

/** Name, model, data and its share, epoch. */
void writeHead(Book& book, const ImageRun& run, const std::string& title);

/** The numbers of a network, counted as Keras counts them, and those of each of its layers. */
void writeNetwork(Book& book, const std::string& name, const torch::nn::Module& network);

/** The figures of every epoch; of many epochs those of the first, the one whose weights these are,
    and the last. Nothing without a log. */
void writeEpochs(Book& book, const ImageRun& run);

/** real.png: twenty of the images learnt from, with their classes where they have some. */
void addLearnt(Book& book, const ImageSet& learnt, int columns, float cell);

/** A page of images and its line in the text; nothing in a build without graphics. */
void addImages(Book& book, const std::string& name, const torch::Tensor& images,
               const PictureText& text, int columns, float cell = 72.0f,
               const std::vector<std::string>& captions = {});

/** Columns of the run's log as lines over epochs, those that are there; nothing without a log. */
void addLog(Book& book, const ImageRun& run, const std::string& name,
            const std::vector<std::string>& columns, const PictureText& text);

} // namespace organum::training
