#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "os/subprocess.h"
#include "release_lab/lab.h"
#include "support/temp_dir.h"

namespace lockstep::release_lab {

/// Watches a lab's remote and registry, over and over, from another process (observe.py, plain git
/// and Python's own HTTP), and finds each moment at which the release protocol's I1 or I2 does not
/// hold. It sees what it is fast enough to see: a look takes some tens of milliseconds, so what is
/// wrong for a shorter time may escape it; what `look` encloses does not.
class WorldObserver {
  public:
    /// Has had a whole look when it returns.
    explicit WorldObserver(const Lab& lab);
    /// `expect_silent`, unless that or `finish` was called.
    ~WorldObserver();
    WorldObserver(const WorldObserver&) = delete;
    WorldObserver& operator=(const WorldObserver&) = delete;

    /// Returns after a whole look that began after the call.
    void look();

    struct Report {
        std::vector<std::string> violations;  // a JSON object each
        std::size_t looks = 0;
        std::size_t tags = 0;      // that releases were checked against I1
        std::size_t images = 0;    // that image tags were read
        std::size_t unread = 0;    // things that could not be read, see the output
        std::size_t flickers = 0;  // what was amiss for less than 0.2 seconds and mended itself
        bool is_complete = false;  // the last look read everything

        /// Whether some violation is of this kind: {"I1", "image-missing", "v1.1.0"}.
        bool has(std::string_view invariant, std::string_view what, std::string_view tag) const;
    };
    /// A last look, and what all of them found. Once only.
    Report finish();
    /// `finish`, and a failure of the test for each violation; also when nothing was observed, or
    /// the last look could not read everything.
    void expect_silent();

  private:
    std::string line();

    testing::TempDir dir_;
    os::Subprocess process_;
    std::string read_ahead_;
    bool is_finished_ = false;
};

}  // namespace lockstep::release_lab
