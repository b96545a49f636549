// A build without libcurl: data sets are put in place by hand.

#include "Training/Datasets/Download.h"

namespace organum::datasets
{

bool canFetch()
{
    return false;
}

std::uint64_t download(const DownloadRequest& request, training::Progress&)
{
    throw DownloadError(DownloadError::Reason::unreachable,
                        "Could not fetch " + request.address +
                            ": Organum was built without libcurl.");
}

} // namespace organum::datasets
