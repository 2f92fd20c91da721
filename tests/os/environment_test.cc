#include "os/environment.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

namespace lockstep::os {
namespace {

/// Sets a variable for one test.
class Variable {
  public:
    Variable(std::string name, const char* value) : name_(std::move(name)) {
        before_ = environment(name_);
        set(value);
    }
    ~Variable() { set(before_ ? before_->c_str() : nullptr); }

  private:
    void set(const char* value) {
        if (value == nullptr)
            ::unsetenv(name_.c_str());
        else
            ::setenv(name_.c_str(), value, 1);
    }
    std::string name_;
    std::optional<std::string> before_;
};

TEST(CacheDirectory, FollowsTheXdgStandard) {
    const Variable home("HOME", "/home/me");
    {
        const Variable xdg("XDG_CACHE_HOME", "/var/cache/me");
        EXPECT_EQ(cache_directory().value(), "/var/cache/me/lockstep");
    }
    for (const char* ignored : {static_cast<const char*>(nullptr), "", "relative"}) {
        const Variable xdg("XDG_CACHE_HOME", ignored);
        EXPECT_EQ(cache_directory().value(), "/home/me/.cache/lockstep");
    }
}

TEST(CacheDirectory, IsAnErrorWithoutAHome) {
    const Variable home("HOME", nullptr);
    const Variable xdg("XDG_CACHE_HOME", nullptr);
    const auto directory = cache_directory();
    ASSERT_FALSE(directory.has_value());
    EXPECT_EQ(directory.error().message,
              "no place for a cache: neither XDG_CACHE_HOME nor HOME names a folder");
}

TEST(FindProgram, TakesTheFirstThatCanRun) {
    const testing::TempDir dir;
    dir.write("a/tool", "not executable");
    dir.write("b/tool", "#!/bin/sh\n");
    ::chmod((dir / "b/tool").c_str(), 0755);
    const std::string path = "::relative:" + dir / "a" + ":" + dir / "b" + ":";
    const Variable variable("PATH", path.c_str());
    EXPECT_EQ(find_program("tool").value(), dir / "b/tool");
    EXPECT_FALSE(find_program("").has_value());
    EXPECT_FALSE(find_program("other").has_value());
}

}  // namespace
}  // namespace lockstep::os
