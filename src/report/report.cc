#include "report/report.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "report/formats.h"

namespace lockstep::report {

namespace {

struct Named {
    std::string_view name;
    Format format;
    void (*write)(const verify::Audit&, const Options&, std::ostream&);
};

constexpr Named formats[] = {
    {"text", Format::text, write_text},       {"json", Format::json, write_json},
    {"sarif", Format::sarif, write_sarif},    {"junit", Format::junit, write_junit},
    {"github", Format::github, write_github}, {"markdown", Format::markdown, write_markdown},
    {"html", Format::html, write_html},
};

std::string known_names() {
    std::string names;
    for (const Named& format : formats) names.append(names.empty() ? "" : ", ").append(format.name);
    return names;
}

}  // namespace

Result<Format> parse_format(std::string_view name) {
    for (const Named& format : formats)
        if (format.name == name) return format.format;
    return fail(Error::Kind::usage, "there is no format `" + std::string(name) + "`",
                "one of " + known_names());
}

void write(const verify::Audit& audit, Format format, const Options& options, std::ostream& out) {
    const auto named = std::ranges::find(formats, format, &Named::format);
    CHECK(named != std::end(formats));
    named->write(audit, options, out);
}

}  // namespace lockstep::report
