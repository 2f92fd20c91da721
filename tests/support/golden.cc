#include "support/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace lockstep::testing {

std::string test_directory() {
    return LOCKSTEP_TEST_DIR;
}

void expect_golden(std::string_view name, std::string_view text) {
    const std::filesystem::path path = std::filesystem::path(test_directory()) / "data" / name;
    if (std::getenv("LOCKSTEP_UPDATE") != nullptr) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    std::ifstream file(path, std::ios::binary);
    ASSERT_TRUE(file) << path << " does not exist; run with LOCKSTEP_UPDATE=1 to write it";
    std::ostringstream expected;
    expected << file.rdbuf();
    EXPECT_EQ(expected.str(), text)
        << "golden file " << path << "; after reading the difference, run with LOCKSTEP_UPDATE=1";
}

}  // namespace lockstep::testing
