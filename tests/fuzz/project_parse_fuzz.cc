// Any text: either a project that is written and read again as the same one, or a fault with its
// place.
#include <cstdint>
#include <memory>
#include <string>

#include "base/check.h"
#include "base/glob.h"
#include "project/project.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep::project;
    const auto text =
        std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
    const lockstep::Result<Project> project = parse("lockstep.yaml", text);
    if (!project.has_value()) {
        CHECK(!project.error().message.empty());
        return 0;
    }
    for (const PathRule& rule : project->paths)
        lockstep::matches_glob(rule.path, "deploy/v1/install.yaml");
    const auto written = std::make_shared<const std::string>(write(*project, {}));
    const lockstep::Result<Project> again = parse("lockstep.yaml", written);
    CHECK(again.has_value());
    CHECK(*again == *project);
    return 0;
}
