#include <ostream>

#include "report/changes_formats.h"

namespace lockstep::report {

void write_changes_html(const changes::Upgrade& upgrade, const Options& options,
                        std::ostream& out) {
    write_changes_text(upgrade, options, out);
}

}  // namespace lockstep::report
