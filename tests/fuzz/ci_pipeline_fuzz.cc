// Any text as a workflow of GitHub, an action, a pipeline of GitLab: steps with places, or a fault.
#include <cstdint>
#include <memory>
#include <string>

#include "base/check.h"
#include "ci/github_workflow.h"
#include "ci/gitlab_pipeline.h"
#include "ci/image_push.h"

namespace {

void look(const lockstep::ci::Step& step) {
    using lockstep::ci::Situation;
    for (const auto event :
         {Situation::Event::tag, Situation::Event::release, Situation::Event::branch})
        for (const auto& push : pushes_of(step, {.event = event, .ref = "v1.2.0"}))
            CHECK(!push.what.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lockstep;
    const auto text =
        std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
    const ci::Refs refs{.tag = "v1.2.0", .branch = "main"};
    for (const auto parse : {ci::parse_github_workflow, ci::parse_gitlab_pipeline}) {
        const auto pipeline = parse("ci.yml", text, refs);
        CHECK(pipeline.has_value() || !pipeline.error().message.empty());
        if (!pipeline) continue;
        for (const ci::Step& step : pipeline->steps) look(step);
    }
    if (const auto steps = ci::parse_github_action("action.yml", text, refs))
        for (const ci::Step& step : *steps) look(step);
    return 0;
}
