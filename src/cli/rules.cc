#include "verify/rules.h"

#include "base/nearest.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/wrap.h"
#include "json/writer.h"

namespace lockstep::cli {
namespace {

void write_json(const verify::Rule& rule, json::Writer& writer) {
    writer.begin_object();
    writer.key("id").string(rule.id);
    writer.key("severity").string(verify::to_string(rule.severity));
    writer.key("title").string(rule.title);
    writer.key("cost").string(rule.cost);
    writer.key("fix").string(rule.fix);
    writer.end_object();
}

void write_list(Output& out) {
    for (const verify::Rule& rule : verify::rules()) {
        std::string line(rule.id);
        pad_to(line, 0, 20);
        line += verify::to_string(rule.severity);
        pad_to(line, 0, 29);
        append_wrapped(line, rule.title, 29);
        out.write(line);
    }
}

void write_page(const verify::Rule& rule, Output& out) {
    std::string page(rule.id);
    page += " (";
    page += verify::to_string(rule.severity);
    page += ")\n";
    append_wrapped(page, rule.title, 0);
    page += "\nWhat it costs\n  ";
    append_wrapped(page, rule.cost, 2);
    page += "\nHow to fix it\n  ";
    append_wrapped(page, rule.fix, 2);
    out.write(page);
}

Result<const verify::Rule*> find(std::string_view id) {
    if (const verify::Rule* const rule = verify::find_rule(id)) return rule;
    std::vector<std::string_view> ids;
    for (const verify::Rule& rule : verify::rules()) ids.push_back(rule.id);
    const std::string_view near = nearest(id, ids);
    return fail(
        Error::Kind::usage, "there is no rule `" + std::string(id) + "`",
        near.empty() ? "`lockstep rules` lists them" : "did you mean `" + std::string(near) + "`?");
}

}  // namespace

Result<int> run_rules(const Options& options, Output& out) {
    const bool is_json = options.format == report::Format::json;
    if (!options.argument.has_value() && !is_json) {
        write_list(out);
        return exit_ok;
    }
    json::Writer writer(out.stream(), json::Style::pretty);
    if (options.argument.has_value()) {
        const verify::Rule* const rule = TRY(find(*options.argument));
        if (is_json)
            write_json(*rule, writer);
        else
            write_page(*rule, out);
    } else {
        writer.begin_array();
        for (const verify::Rule& rule : verify::rules()) write_json(rule, writer);
        writer.end_array();
    }
    if (is_json) out.write("\n");
    return exit_ok;
}

}  // namespace lockstep::cli
