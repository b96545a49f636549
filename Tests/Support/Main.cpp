// The main() of test programs that need neither LibTorch nor a plugin set up before they start.

#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
