#include "report/changes.h"

#include "report/changes_formats.h"

namespace lockstep::report {

void write(const changes::Upgrade& upgrade, Format format, const Options& options,
           std::ostream& out) {
    switch (format) {
        case Format::json:
            return write_changes_json(upgrade, options, out);
        case Format::markdown:
            return write_changes_markdown(upgrade, options, out);
        case Format::html:
            return write_changes_html(upgrade, options, out);
        default:
            return write_changes_text(upgrade, options, out);
    }
}

}  // namespace lockstep::report
