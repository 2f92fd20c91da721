#include "ci/script_step.h"

namespace lockstep::ci {

yaml::Limits file_limits() {
    return {
        .bytes = 1u << 20, .nodes = 50'000, .alias_nodes = 20'000, .depth = 50, .any_key = true};
}

Step script_step(const yaml::Node& node) {
    Step step;
    step.at = node.mark.location();
    step.script = std::string(node.text);
    // Of folded and quoted texts nobody knows which line came from where.
    if (node.style == yaml::Style::literal) step.script_line = node.mark.line + 1;
    return step;
}

}  // namespace lockstep::ci
