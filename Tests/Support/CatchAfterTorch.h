#pragma once

// LibTorch's headers define a CHECK of their own, which counts no assertion and ends the whole
// program when it fails. Included after them, this gives the tests Catch2's again.

#include <catch2/catch.hpp>

#undef CHECK
#define CHECK(...)                                                                                 \
    INTERNAL_CATCH_TEST("CHECK", Catch::ResultDisposition::ContinueOnFailure, __VA_ARGS__)
