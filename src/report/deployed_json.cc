#include <ostream>
#include <string_view>

#include "json/writer.h"
#include "report/deployed.h"

namespace lockstep::report {

namespace {

using json::Writer;

void write_text_or_null(Writer& writer, std::string_view key, std::string_view text) {
    writer.key(key);
    if (text.empty())
        writer.null();
    else
        writer.string(text);
}

void write_texts(Writer& writer, std::string_view key, const std::vector<std::string>& texts) {
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.string(text);
    writer.end_array();
}

std::string_view name_of(evidence::ContainerKind kind) {
    constexpr std::string_view names[] = {"init", "regular", "ephemeral"};
    return names[static_cast<unsigned>(kind)];
}

std::string_view name_of(verify::RunningImage::State state) {
    constexpr std::string_view names[] = {"right", "other-release", "unknown-digest", "unchecked"};
    return names[static_cast<unsigned>(state)];
}

/// "in-lockstep" of "in lockstep".
std::string name_of(verify::DeployedVerdict verdict) {
    std::string name = verify::to_string(verdict);
    for (char& c : name)
        if (c == ' ') c = '-';
    return name;
}

void write_running(Writer& writer, const verify::RunningImage& image) {
    writer.begin_object();
    writer.key("state").string(name_of(image.state));
    write_text_or_null(writer, "imageID", image.image_id);
    write_text_or_null(writer, "digest", image.id.digest);
    write_texts(writer, "releases", image.releases);
    write_text_or_null(writer, "platform", image.platform);
    write_text_or_null(writer, "knownBy", image.known_by);
    write_texts(writer, "pods", image.pods);
    write_texts(writer, "revisions", image.revisions);
    write_text_or_null(writer, "reason", image.reason);
    writer.end_object();
}

void write_container(Writer& writer, const verify::JudgedContainer& container) {
    writer.begin_object();
    writer.key("kind").string(name_of(container.kind));
    writer.key("name").string(container.name);
    writer.key("project").string(container.project);
    writer.key("declared").string(container.declared);
    write_text_or_null(writer, "expected", container.expected);
    writer.key("expectedBy").string(container.expected_by);
    writer.key("verdict").string(name_of(container.verdict));
    write_text_or_null(writer, "reason", container.reason);
    write_text_or_null(writer, "hint", container.hint);
    writer.key("running").begin_array();
    for (const verify::RunningImage& image : container.running) write_running(writer, image);
    writer.end_array();
    writer.end_object();
}

void write_workload(Writer& writer, const verify::JudgedWorkload& workload) {
    writer.begin_object();
    writer.key("namespace").string(workload.name_space);
    writer.key("kind").string(workload.kind);
    writer.key("name").string(workload.name);
    writer.key("pods").integer(static_cast<std::int64_t>(workload.pods));
    writer.key("verdict").string(name_of(workload.verdict));
    writer.key("containers").begin_array();
    for (const verify::JudgedContainer& container : workload.containers)
        write_container(writer, container);
    writer.end_array();
    writer.end_object();
}

void write_summary(Writer& writer, const verify::DeployedAudit& audit) {
    using enum verify::DeployedVerdict;
    writer.key("summary").begin_object();
    writer.key("workloads").integer(static_cast<std::int64_t>(audit.workloads.size()));
    for (const auto verdict : {in_lockstep, idle, unchecked, unknown_digest, mixed, drifted}) {
        std::int64_t count = 0;
        for (const verify::JudgedWorkload& workload : audit.workloads)
            count += workload.verdict == verdict;
        writer.key(name_of(verdict)).integer(count);
    }
    writer.key("foreign").integer(static_cast<std::int64_t>(audit.foreign));
    writer.key("exitStatus").integer(verify::exit_status(audit));
    writer.end_object();
}

}  // namespace

void write_deployed_json(const verify::DeployedAudit& audit, const DeployedOptions& options,
                         std::ostream& out) {
    {
        Writer writer(out, json::Style::pretty);
        writer.begin_object().key("schemaVersion").string("1.0");
        writer.key("tool").begin_object().key("name").string("lockstep");
        writer.key("version").string(options.tool_version).end_object();
        writer.key("cluster").begin_object();
        writer.key("server").string(audit.deployed->server);
        write_text_or_null(writer, "context", audit.deployed->context);
        writer.end_object();
        writer.key("workloads").begin_array();
        for (const verify::JudgedWorkload& workload : audit.workloads)
            write_workload(writer, workload);
        writer.end_array();
        writer.key("unread").begin_array();
        for (const evidence::UnreadObjects& unread : audit.deployed->unread) {
            writer.begin_object().key("what").string(unread.what);
            writer.key("reason").string(unread.reason).end_object();
        }
        writer.end_array();
        write_texts(writer, "assumptions", audit.assumptions);
        write_summary(writer, audit);
        writer.end_object();
    }
    out << '\n';
}

}  // namespace lockstep::report
