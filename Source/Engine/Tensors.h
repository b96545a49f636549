#pragma once

// The tensors of a bundle as plain arrays of floats, asked for by name and shape, so that a step
// class needs no LibTorch and a bundle of the wrong shape is refused before it is used.

#include "Bundle/Bundle.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace organum::engine
{

/** Values of a float tensor; half precision is widened. Throws std::invalid_argument for
    integers. */
std::vector<float> floatsOf(const bundle::Tensor& tensor);

/** "[256, 100]". */
std::string shapeName(const std::vector<std::int64_t>& shape);

/** Takes tensors out of a bundle one by one. */
class TensorReader
{
public:
    /** The map must outlive the reader. */
    explicit TensorReader(const std::map<std::string, bundle::Tensor>& tensorsIn)
        : tensors(tensorsIn)
    {
    }
    /** Throws bundle::BundleError when it is missing, of another shape or not of floats. */
    std::vector<float> take(const std::string& name, const std::vector<std::int64_t>& shape);
    /** Throws bundle::BundleError when a tensor was not asked for: then this is another network. */
    void expectNothingLeft() const;

private:
    const std::map<std::string, bundle::Tensor>& tensors;
    std::set<std::string> taken;
};

} // namespace organum::engine
