#include "cli/commands.h"
#include "cli/doctor_report.h"
#include "cli/release_setting.h"

namespace lockstep::cli {

Result<int> run_doctor(const Options& options, Output& out) {
    release::Observer observer;
    const auto setting = TRY(ReleaseSetting::open(options, observer));
    const release::Examined examined =
        TRY(release::examine(setting->setting(), options.remote, options.branch));
    const bool is_json = options.format == report::Format::json;
    out.write(is_json ? doctor_json(examined) : doctor_text(examined, options));
    return doctor_status(examined);
}

}  // namespace lockstep::cli
