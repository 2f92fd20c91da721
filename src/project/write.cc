#include <algorithm>

#include "project/project.h"
#include "project/read_release.h"

namespace lockstep::project {

namespace {

constexpr std::string_view schema = "file:///usr/local/share/lockstep/schemas/lockstep.schema.json";

bool is_plain_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '/' || c == '_' || c == '-';
}

/// Whether a text can stand without quotes in every dialect of YAML: letters first, and no word
/// that one of them takes for a boolean or null.
bool is_plain(std::string_view text) {
    static constexpr std::string_view taken[] = {"true", "false", "yes", "no", "on",
                                                 "off",  "null",  "y",   "n"};
    const bool letter_first =
        !text.empty() && is_plain_character(text[0]) && (text[0] > '9' && text[0] != '_');
    if (!letter_first || !std::all_of(text.begin(), text.end(), is_plain_character)) return false;
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::find(std::begin(taken), std::end(taken), lower) == std::end(taken);
}

/// The characters beyond ASCII that YAML takes for line breaks or refuses: how they are escaped.
struct Escape {
    std::string_view bytes, written;
};
constexpr Escape escapes[] = {{"\xe2\x80\xa8", "\\L"},
                              {"\xe2\x80\xa9", "\\P"},
                              {"\xef\xbb\xbf", "\\uFEFF"},
                              {"\xef\xbf\xbe", "\\uFFFE"},
                              {"\xef\xbf\xbf", "\\uFFFF"}};

std::string escaped_byte(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    return {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
}

/// The escape for what stands at the front of `text`, and how many bytes that takes; 0: it needs
/// none.
std::size_t escape(std::string_view text, std::string& written) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte < 0x20 || byte == 0x7f) {
        written = escaped_byte(text[0]);
        return 1;
    }
    if (byte == 0xc2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0) {
        written = escaped_byte(text[1]);  // U+0080 to U+009F
        return 2;
    }
    for (const Escape& each : escapes) {
        if (!text.starts_with(each.bytes)) continue;
        written = each.written;
        return each.bytes.size();
    }
    return 0;
}

std::string scalar(std::string_view text) {
    if (is_plain(text)) return std::string(text);
    std::string out = "\"";
    std::string written;
    while (!text.empty()) {
        const std::size_t size = escape(text, written);
        if (size != 0) {
            out += written;
        } else {
            if (text[0] == '"' || text[0] == '\\') out += '\\';
            out += text[0];
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out + '"';
}

/// One line of a comment: without what would end it.
std::string comment_line(std::string_view text) {
    std::string out;
    std::string written;
    while (!text.empty()) {
        const std::size_t size = escape(text, written);
        out += size == 0 ? text[0] : ' ';
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

class Writer {
  public:
    explicit Writer(const std::vector<Reason>& reasons) : reasons_(reasons) {
        out_.append("# yaml-language-server: $schema=").append(schema);
        out_ += "\n# What is released together, and where its version is written down.\n";
    }

    std::string text() && { return std::move(out_); }

    /// A top-level key, behind an empty line and its reasons.
    void section(std::string_view key) {
        out_ += '\n';
        comment(key, "");
        out_.append(key) += ':';
    }

    void value(std::string_view text) { out_ += ' ' + scalar(text) + '\n'; }

    /// Ends the line of a key whose value stands below.
    void open() { out_ += '\n'; }

    /// The dash of an entry, behind its reasons.
    void entry(const std::string& about, std::string_view indent = "  ") {
        comment(about, indent);
        out_.append(indent) += "- ";
        is_first_ = true;
    }

    void item(const std::string& about, std::string_view text, std::string_view indent = "  ") {
        entry(about, indent);
        out_ += scalar(text) + '\n';
    }

    /// A key of the open entry.
    void field(std::string_view key, std::string_view text) { start(key) += scalar(text) + '\n'; }

    void field(std::string_view key, const std::optional<version::TagPattern>& pattern) {
        if (pattern) field(key, pattern->str());
    }

    void field(std::string_view key, const std::vector<std::string>& texts) {
        if (texts.empty()) return;
        start(key).pop_back();
        out_ += '\n';
        for (const std::string& text : texts) out_ += "      - " + scalar(text) + '\n';
    }

    /// Keys in one line below a key of the open entry: "build: {layout: dist}".
    void inline_field(std::string_view key, const std::string& mapping) {
        start(key) += '{' + mapping + "}\n";
    }

    /// A key two columns in, for mappings of a section.
    Writer& key(const std::string& about, std::string_view name) {
        comment(about, "  ");
        out_.append("  ").append(name) += ':';
        return *this;
    }

    void truth() { out_ += " true\n"; }

  private:
    std::string& start(std::string_view key) {
        if (!is_first_) out_ += "    ";
        is_first_ = false;
        return out_.append(key).append(": ");
    }

    void comment(std::string_view about, std::string_view indent) {
        for (const Reason& reason : reasons_)
            if (reason.about == about) comment_lines(reason.text, indent);
    }

    void comment_lines(std::string_view text, std::string_view indent) {
        while (true) {
            const std::size_t end = text.find('\n');
            out_.append(indent).append("# ") += comment_line(text.substr(0, end)) + '\n';
            if (end == std::string_view::npos) return;
            text.remove_prefix(end + 1);
        }
    }

    const std::vector<Reason>& reasons_;
    std::string out_;
    bool is_first_ = true;
};

/// "[make, image]"
std::string inline_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + scalar(text);
    return '[' + out + ']';
}

std::string inline_build(const Build& build) {
    std::string out;
    if (build.driver == Build::Driver::command) out = "command: " + inline_list(build.command);
    if (build.driver == Build::Driver::layout) out = "layout: " + scalar(build.layout);
    if (build.driver == Build::Driver::external) out = "external: true";
    if (build.time_limit != Build().time_limit)
        out += ", timeLimit: " + scalar(written(build.time_limit));
    return out;
}

std::string indexed(std::string_view section, std::size_t index) {
    return std::string(section) + "[" + std::to_string(index) + "]";
}

void write_images(Writer& writer, const std::vector<Image>& images) {
    if (images.empty()) return;
    writer.section("images");
    writer.open();
    for (std::size_t at = 0; at < images.size(); ++at) {
        writer.entry(indexed("images", at));
        writer.field("name", images[at].name);
        writer.field("aliases", images[at].aliases);
        writer.field("retired", images[at].retired);
        writer.field("tag", images[at].tag);
        if (images[at].labels == Image::Labels::required)
            writer.field("labels", std::string_view("required"));
        if (!images[at].component.empty()) writer.field("component", images[at].component);
        if (images[at].build.driver != Build::Driver::none)
            writer.inline_field("build", inline_build(images[at].build));
        if (!images[at].staging.empty()) writer.field("staging", images[at].staging);
        writer.field("platforms", images[at].platforms);
        writer.field("probe", images[at].probe);
    }
}

void write_registries(Writer& writer, const std::vector<Registry>& registries) {
    if (registries.empty()) return;
    writer.section("registries");
    writer.open();
    for (std::size_t at = 0; at < registries.size(); ++at) {
        const Registry& registry = registries[at];
        writer.entry(indexed("registries", at));
        writer.field("name", registry.name);
        if (!registry.layout.empty()) writer.field("layout", registry.layout);
        writer.field("mirrors", registry.mirrors);
        if (!registry.retired.empty()) writer.field("retired", registry.retired);
    }
}

void write_tags(Writer& writer, const Project& project) {
    if (!project.tags.empty()) {
        writer.section("tags");
        writer.open();
        for (std::size_t at = 0; at < project.tags.size(); ++at)
            writer.item(indexed("tags", at), project.tags[at].str());
    }
    if (project.ignored_tags.empty()) return;
    writer.section("ignoredTags");
    writer.open();
    for (std::size_t at = 0; at < project.ignored_tags.size(); ++at)
        writer.item(indexed("ignoredTags", at), project.ignored_tags[at]);
}

void write_charts(Writer& writer, const std::vector<Chart>& charts) {
    if (charts.empty()) return;
    writer.section("charts");
    writer.open();
    for (std::size_t at = 0; at < charts.size(); ++at) {
        writer.entry(indexed("charts", at));
        writer.field("path", std::string_view(charts[at].path.empty() ? "." : charts[at].path));
        writer.field("tags", charts[at].tags);
        writer.field("version", charts[at].version);
        writer.field("appVersion", charts[at].app_version);
        if (!charts[at].component.empty()) writer.field("component", charts[at].component);
        if (!charts[at].publish.empty()) writer.field("publish", charts[at].publish);
    }
}

void write_paths(Writer& writer, const std::vector<PathRule>& paths) {
    if (paths.empty()) return;
    writer.section("paths");
    writer.open();
    for (std::size_t at = 0; at < paths.size(); ++at) {
        writer.entry(indexed("paths", at));
        writer.field("path", paths[at].path);
        writer.field("expect", to_string(paths[at].expect));
        if (!paths[at].reason.empty()) writer.field("reason", paths[at].reason);
    }
}

void write_texts(Writer& writer, const std::vector<Text>& texts) {
    if (texts.empty()) return;
    writer.section("texts");
    writer.open();
    for (std::size_t at = 0; at < texts.size(); ++at) {
        writer.entry(indexed("texts", at));
        writer.field("path", texts[at].path);
        writer.field("patterns", texts[at].patterns);
    }
}

void write_list(Writer& writer, std::string_view section, std::string_view name,
                const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    const std::string about = std::string(section) + '.' + std::string(name);
    writer.key(about, name);
    writer.open();
    for (std::size_t at = 0; at < texts.size(); ++at)
        writer.item(indexed(about, at), texts[at], "    ");
}

void write_fields(Writer& writer, const Fields& fields) {
    if (fields == Fields{}) return;
    writer.section("fields");
    writer.open();
    write_list(writer, "fields", "environment", fields.environment);
    write_list(writer, "fields", "arguments", fields.arguments);
    write_list(writer, "fields", "paths", fields.paths);
}

/// Writes what is not as it is by default.
class ReleaseWriter {
  public:
    explicit ReleaseWriter(Writer& writer) : writer_(writer) {}

    void write(const Release& release) {
        const Release usual;
        if (release == usual) return;
        writer_.section("release");
        writer_.open();
        value("remote", release.remote, usual.remote);
        write_list(writer_, "release", "branches", release.branches);
        value("mode", to_string(release.mode), to_string(usual.mode));
        value("behind", to_string(release.behind), to_string(usual.behind));
        value("sign", to_string(release.sign), to_string(usual.sign));
        value("candidate", release.candidate, usual.candidate);
        value("message", release.message, usual.message);
        value("changelog", release.changelog, usual.changelog);
        write_list(writer_, "release", "aliases", release.aliases);
        if (release.may_add_entries) writer_.key("release.addEntries", "addEntries").truth();
    }

  private:
    void value(std::string_view key, std::string_view text, std::string_view usual) {
        if (text == usual) return;
        writer_.key("release." + std::string(key), key).value(text);
    }

    Writer& writer_;
};

}  // namespace

std::string write(const Project& project, const std::vector<Reason>& reasons) {
    Writer writer(reasons);
    if (!project.name.empty()) {
        writer.section("name");
        writer.value(project.name);
    }
    write_images(writer, project.images);
    write_registries(writer, project.registries);
    write_tags(writer, project);
    write_charts(writer, project.charts);
    write_paths(writer, project.paths);
    write_texts(writer, project.texts);
    write_fields(writer, project.fields);
    ReleaseWriter(writer).write(project.release);
    if (!project.rules.empty()) {
        writer.section("rules");
        writer.open();
        for (const auto& [id, severity] : project.rules) {
            writer.key("rules." + id, id);
            writer.value(severity);
        }
    }
    return std::move(writer).text();
}

std::string_view schema_url() {
    return schema;
}

}  // namespace lockstep::project
