#include "Training/Datasets/Catalogue.h"

#include "Training/Datasets/CelloSuites.h"

#include <algorithm>
#include <stdexcept>

namespace organum::datasets
{
namespace
{

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;

const std::string quickdraw = "quickdraw-";

/** Four files of the IDX format, as MNIST and its likes have them. */
std::vector<CataloguedFile> idxFiles(const std::string& folder)
{
    std::vector<CataloguedFile> files;
    for (const auto* name : {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                             "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"})
        files.push_back({name, folder + name, 0, {}, false});
    return files;
}

Dataset mnist()
{
    Dataset set;
    set.name = "mnist";
    set.title = "MNIST: 70,000 handwritten digits, 28 x 28, grey";
    set.purpose = "digit-autoencoder, digit-vae (chapter 3)";
    set.licence = "free to use with credit to Y. LeCun, C. Cortes and C. Burges";
    set.page = "http://yann.lecun.com/exdb/mnist/";
    set.files = idxFiles("https://storage.googleapis.com/cvdf-datasets/mnist/");
    set.files[1].bytes = 28881;
    set.files[1].sha256 = "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c";
    set.files[2].bytes = 1648877;
    set.files[2].sha256 = "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6";
    set.files[3].bytes = 4542;
    set.files[3].sha256 = "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6";
    return set;
}

Dataset fashionMnist()
{
    Dataset set;
    set.name = "fashion-mnist";
    set.title = "Fashion-MNIST: 70,000 pieces of clothing, 28 x 28, grey";
    set.purpose = "digit-autoencoder, digit-vae (chapter 3), for a change from digits";
    set.licence = "MIT (Zalando SE)";
    set.page = "https://github.com/zalandoresearch/fashion-mnist";
    set.files = idxFiles("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
    return set;
}

Dataset cifar10()
{
    Dataset set;
    set.name = "cifar10";
    set.title = "CIFAR-10: 60,000 photographs in ten classes, 32 x 32, colour";
    set.purpose = "cifar-mlp, cifar-cnn (chapter 2), image-wgan, image-wgan-gp (chapter 4)";
    set.licence = "no licence stated; research with citation of A. Krizhevsky (2009)";
    set.researchOnly = true;
    set.page = "https://www.cs.toronto.edu/~kriz/cifar.html";
    set.files = {{"cifar-10-binary.tar.gz",
                  "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                  0,
                  {},
                  true}};
    set.trainOn = "cifar-10-batches-bin";
    set.mostBytes = 512 * mebibyte;
    return set;
}

Dataset orlFaces()
{
    Dataset set;
    set.name = "orl-faces";
    set.title = "ORL (AT&T) faces: 40 people, ten pictures of each, 92 x 112, grey";
    set.purpose = "face-vae (chapter 3), image-wgan-gp (chapter 4)";
    set.licence = "research with credit to Olivetti Research Laboratory";
    set.researchOnly = true;
    set.page = "http://www.cl.cam.ac.uk/research/dtg/attarchive/facedatabase.html";
    set.files = {{"att_faces.zip",
                  "http://www.cl.cam.ac.uk/Research/DTG/attarchive:pub/data/att_faces.zip",
                  0,
                  {},
                  true}};
    return set;
}

Dataset celebA()
{
    Dataset set;
    set.name = "celeba";
    set.title = "CelebA: 202,599 faces with 40 attributes, 178 x 218, colour";
    set.purpose = "face-vae with attribute arithmetic (chapter 3), image-wgan-gp (chapter 4)";
    set.licence = "non-commercial research only; no redistribution";
    set.researchOnly = true;
    set.page = "https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html";
    set.byHand = "Read and accept the agreement on that page, get img_align_celeba.zip and "
                 "list_attr_celeba.csv (or .txt) from it, and unpack the pictures.";
    set.files = {{"img_align_celeba", {}, 0, {}, false},
                 {"list_attr_celeba.csv", {}, 0, {}, false}};
    return set;
}

Dataset drawings(const std::string& category)
{
    std::string escaped;
    for (const char c : category)
        escaped += c == ' ' || c == '_' ? std::string("%20") : std::string(1, c);
    auto file = category;
    std::replace(file.begin(), file.end(), ' ', '_');
    Dataset set;
    set.name = quickdraw + file;
    set.title = "Quick, Draw!: drawings of \"" + category + "\", 28 x 28, grey";
    set.purpose = "sketch-gan (chapter 4)";
    set.licence = "CC BY 4.0 (Google)";
    set.page = "https://github.com/googlecreativelab/quickdraw-dataset";
    set.files = {
        {file + ".npy",
         "https://storage.googleapis.com/quickdraw_dataset/full/numpy_bitmap/" + escaped + ".npy",
         0,
         {},
         false}};
    set.trainOn = file + ".npy";
    set.mostBytes = 512 * mebibyte;
    return set;
}

Dataset cello()
{
    Dataset set;
    set.name = "bach-cello-suites";
    set.title = "J. S. Bach's six suites for solo cello: 36 MIDI files";
    set.purpose = "attention-lstm (section 7.1)";
    set.licence = "the music is in the public domain; sequenced by David J. Grossman "
                  "(jsbach.net), the files state no licence";
    set.page = "http://www.jsbach.net/midi/";
    set.files = celloSuites();
    return set;
}

Dataset chorales()
{
    Dataset set;
    set.name = "bach-chorales";
    set.title = "JSB Chorales: 382 chorales in four voices, a pitch each sixteenth";
    set.purpose = "musegan (section 7.2)";
    set.licence = "the music is in the public domain; the files state no licence";
    set.page = "https://github.com/czhuang/JSB-Chorales-dataset";
    set.files = {{"Jsb16thSeparated.json",
                  "https://raw.githubusercontent.com/czhuang/JSB-Chorales-dataset/"
                  "9a7f733ddb4ed91f48da64ac7f0f621c34aadd4d/Jsb16thSeparated.json",
                  1666444, "79294cc374f9252e95ef4b703161524c1c53dc1f712c236f00f1c1f5d54af5a7",
                  false}};
    set.trainOn = "Jsb16thSeparated.json";
    return set;
}

Dataset nottingham()
{
    Dataset set;
    set.name = "nottingham";
    set.title = "Nottingham: 1034 folk tunes with chords, MIDI and ABC";
    set.purpose = "attention-lstm --parts melody (section 7.1)";
    set.licence = "GPL-3.0 (as cleaned by Jukedeck)";
    set.page = "https://github.com/jukedeck/nottingham-dataset";
    set.files = {{"nottingham.tar.gz",
                  "https://github.com/jukedeck/nottingham-dataset/archive/"
                  "0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f.tar.gz",
                  0,
                  {},
                  true}};
    set.trainOn = "nottingham-dataset-0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f/MIDI";
    return set;
}

} // namespace

const std::vector<Dataset>& catalogue()
{
    static const std::vector<Dataset> all = {
        cifar10(),         mnist(),           fashionMnist(),  orlFaces(),
        celebA(),          drawings("camel"), drawings("cat"), drawings("rainbow"),
        drawings("train"), cello(),           nottingham(),    chorales()};
    return all;
}

bool isDrawings(const std::string& name)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '_' || c == '-';
    };
    return name.size() > quickdraw.size() && name.size() < 64 &&
           name.compare(0, quickdraw.size(), quickdraw) == 0 && name[quickdraw.size()] != ' ' &&
           name[quickdraw.size()] != '_' &&
           std::all_of(name.begin() + static_cast<std::ptrdiff_t>(quickdraw.size()), name.end(),
                       isPlain);
}

Dataset findDataset(const std::string& name)
{
    std::string known;
    for (const auto& set : catalogue()) {
        if (set.name == name)
            return set;
        known += (known.empty() ? "" : ", ") + set.name;
    }
    if (isDrawings(name)) {
        auto category = name.substr(quickdraw.size());
        std::replace(category.begin(), category.end(), '_', ' ');
        return drawings(category);
    }
    throw std::invalid_argument("There is no data set \"" + name + "\". Known ones: " + known +
                                ", and quickdraw- with any category of the game, e.g. "
                                "quickdraw-ice_cream.");
}

bool isVerifiable(const Dataset& dataset)
{
    return std::all_of(dataset.files.begin(), dataset.files.end(),
                       [](const auto& file) { return !file.sha256.empty(); });
}

} // namespace organum::datasets
