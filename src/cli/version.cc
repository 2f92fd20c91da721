#include "cli/version.h"

#include <string>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "json/writer.h"

namespace lockstep::cli {

std::string_view tool_version() {
    return LOCKSTEP_VERSION;
}

Result<int> run_version(const Options& options, Output& out) {
    if (options.format == report::Format::text) {
        out.write("lockstep " + std::string(tool_version()) + "\n");
        return exit_ok;
    }
    json::Writer writer(out.stream(), json::Style::pretty);
    writer.begin_object();
    writer.key("name").string("lockstep");
    writer.key("version").string(tool_version());
    writer.key("rendersAs").string("kustomize 5.8.2");
    writer.end_object();
    out.write("\n");
    return exit_ok;
}

}  // namespace lockstep::cli
