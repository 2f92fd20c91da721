#include "manifest/chart_templates.h"

#include <cstddef>
#include <utility>

#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/image_text.h"
#include "manifest/images.h"
#include "manifest/place.h"
#include "manifest/text_words.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

constexpr std::size_t file_count_limit = 5'000;
constexpr std::size_t line_limit = 16u << 10;
constexpr std::size_t image_limit = 1'000;

/// The files below templates/, in order.
Result<std::vector<std::string>> template_files(const FileTree& tree, const ChartFile& chart) {
    std::vector<std::string> files;
    std::vector<std::string> pending{chart_path(chart, "templates")};
    while (!pending.empty() && files.size() < file_count_limit) {
        const std::string directory = std::move(pending.back());
        pending.pop_back();
        for (const FileTree::Entry& entry : TRY(tree.list(directory))) {
            std::string path = directory + '/' + entry.name;
            if (entry.kind == FileTree::Kind::directory)
                pending.push_back(std::move(path));
            else if (entry.kind == FileTree::Kind::file)
                files.push_back(std::move(path));
        }
    }
    return files;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// How often each default was seen in lines that are not about labels.
struct Uses {
    bool app_version = false, chart_version = false, with_v = false, without_v = false;
};

bool adds_v(std::string_view line) {
    for (const std::string_view way : {"\"v%s", "v{{", "\"v\" ", "\"v\")", "`v%s"})
        if (has(line, way)) return true;
    return false;
}

void note_default(std::string_view line, Uses& uses) {
    const bool about_labels = has(line, "app.kubernetes.io/") || has(line, "helm.sh/chart") ||
                              has(line, "if .Chart.") || has(line, ".Chart.Name");
    if (about_labels) return;
    const bool app = has(line, ".Chart.AppVersion");
    const bool chart = has(line, ".Chart.Version") &&
                       (has(line, "default") || has(line, "mage") || has(line, "tag"));
    if (!app && !chart) return;
    uses.app_version = uses.app_version || app;
    uses.chart_version = uses.chart_version || chart;
    (adds_v(line) ? uses.with_v : uses.without_v) = true;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// The value of a line `image: value`, unquoted; empty where it is another line.
std::string_view image_value(std::string_view line) {
    std::string_view rest = trimmed(line);
    if (rest.starts_with("- ")) rest = trimmed(rest.substr(2));
    if (!rest.starts_with("image:")) return {};
    rest = trimmed(rest.substr(6));
    if (const std::size_t comment = rest.find(" #"); comment != std::string_view::npos)
        rest = trimmed(rest.substr(0, comment));
    const bool quoted = rest.size() > 1 && (rest.front() == '"' || rest.front() == '\'') &&
                        rest.back() == rest.front();
    return quoted ? rest.substr(1, rest.size() - 2) : rest;
}

/// The images that a line without templates spells.
std::vector<std::string_view> literal_images(std::string_view line) {
    const std::string_view value = image_value(line);
    if (!value.empty())
        return oci::Reference::parse(value).has_value() ? std::vector{value}
                                                        : std::vector<std::string_view>{};
    std::vector<std::string_view> images;
    for (const Word& word : words_of(line)) {
        std::string_view text = word.text;
        if (const std::size_t equals = text.rfind('='); equals != std::string_view::npos)
            text.remove_prefix(equals + 1);
        if (is_image(text, Certainty::unlikely)) images.push_back(text);
    }
    return images;
}

/// Reads the lines of one template. Comments, of YAML and of templates, say nothing.
class TemplateReader {
  public:
    TemplateReader(const ChartFile& chart, std::string_view path, Templates& found, Uses& uses)
        : chart_(chart), path_(path), found_(found), uses_(uses) {}

    void read(std::string_view text) {
        for (Lines lines(text); lines.next();) {
            if (found_.declarations.size() >= declaration_limit) return;
            const std::string_view line = lines.line();
            if (line.size() <= line_limit && !is_comment(line)) read_line(lines.number(), line);
        }
    }

  private:
    bool is_comment(std::string_view line) {
        const bool inside = in_comment_;
        const std::size_t begin = line.rfind("/*");
        const std::size_t end = line.rfind("*/");
        if (begin != std::string_view::npos && has(line, "{{"))
            in_comment_ = end == std::string_view::npos || end < begin;
        else if (end != std::string_view::npos)
            in_comment_ = false;
        return inside || in_comment_ || trimmed(line).starts_with('#');
    }

    void read_line(unsigned number, std::string_view line) {
        note_default(line, uses_);
        if (has(line, "{{")) return note_image(number, line);
        for (const std::string_view image : literal_images(line)) declare(number, line, image);
    }

    void note_image(unsigned number, std::string_view line) {
        const std::string_view value = image_value(line);
        if (value.empty() || !has(value, "{{") || found_.images.size() >= image_limit) return;
        const auto offset = static_cast<std::size_t>(value.data() - line.data());
        found_.images.push_back(
            {std::string(value), place_in_line(path_, number, line, offset, value.size())});
    }

    void declare(unsigned number, std::string_view line, std::string_view image) {
        const oci::Parts parts = oci::split(image);
        Declaration declaration{.surface = Surface::helm, .subject = Subject::image};
        declaration.root = chart_.directory;
        declaration.image = parts.name;
        declaration.declared = parts.tag;
        declaration.digest = parts.digest;
        const auto offset = static_cast<std::size_t>(image.data() - line.data());
        found_.declarations.push_back(at_place(
            place_in_line(path_, number, line, offset, image.size()), std::move(declaration)));
    }

    const ChartFile& chart_;
    std::string_view path_;
    Templates& found_;
    Uses& uses_;
    bool in_comment_ = false;
};

DefaultTag conclude(const Uses& uses) {
    DefaultTag tag;
    // Where both forms occur nothing tells which one the tag takes: then without.
    tag.adds_v = uses.with_v && !uses.without_v;
    if (!uses.app_version)
        tag.from = uses.chart_version ? DefaultTag::From::chart_version : DefaultTag::From::unknown;
    return tag;
}

}  // namespace

Templates read_templates(const FileTree& tree, const ChartFile& chart) {
    Templates found;
    const std::string root = chart_path(chart, "templates");
    const auto gap = [&](Error error, std::string_view path) {
        found.gaps.push_back({Surface::helm, chart.directory, placed(std::move(error), path), {}});
    };
    const Result<FileTree::Entry> folder = tree.stat(root);
    if (folder.has_value() && folder->kind != FileTree::Kind::directory) return found;
    const Result<std::vector<std::string>> files = template_files(tree, chart);
    if (!files.has_value()) {
        gap(files.error(), root);
        found.default_tag.from = DefaultTag::From::unknown;
        return found;
    }
    Uses uses;
    for (const std::string& path : *files) {
        const Result<Blob> text = read_file(tree, path);
        if (text.has_value())
            TemplateReader(chart, path, found, uses).read(**text);
        else
            gap(text.error(), path);
    }
    found.default_tag = conclude(uses);
    return found;
}

}  // namespace lockstep::manifest
