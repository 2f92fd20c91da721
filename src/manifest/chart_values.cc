#include "manifest/chart_values.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/field_path.h"
#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/image_mapping.h"
#include "manifest/image_text.h"
#include "manifest/images.h"
#include "manifest/mentions.h"
#include "manifest/place.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

/// `text` with "{{ .Chart.Version }}" and "{{ .Chart.AppVersion }}" filled in, as charts that pass
/// their values through `tpl` do; nothing where another template is in it.
std::optional<std::string> filled_in(std::string_view text, const ChartFile& chart) {
    std::string filled;
    for (std::size_t open; (open = text.find("{{")) != std::string_view::npos;) {
        const std::size_t close = text.find("}}", open);
        if (close == std::string_view::npos) return std::nullopt;
        std::string_view name = text.substr(open + 2, close - open - 2);
        const std::size_t first = name.find_first_not_of(" -");
        if (first == std::string_view::npos) return std::nullopt;
        name = name.substr(first, name.find_last_not_of(" -") - first + 1);
        if (name.starts_with('$')) name.remove_prefix(1);
        if (name != ".Chart.Version" && name != ".Chart.AppVersion") return std::nullopt;
        filled += text.substr(0, open);
        filled += name == ".Chart.Version" ? chart.version : chart.app_version;
        text.remove_prefix(close + 2);
    }
    return filled += text;
}

/// What is left to say about images whose tag the templates decide.
struct Undecided {
    std::vector<std::string> names;
    std::optional<Location> at;  // of the first

    void add(std::string name, const yaml::Node& scalar) {
        if (!at) at = scalar.mark.location();
        names.push_back(std::move(name));
    }
};

class ValuesReader {
  public:
    ValuesReader(const ChartFile& chart, const DefaultTag& default_tag, Facts& facts)
        : chart_(chart), default_tag_(default_tag), facts_(facts) {}

    void read(const yaml::Node& root) {
        struct Frame {
            const yaml::Node* node;
            std::string_view key;
            std::string path;
        };
        std::vector<Frame> pending{{&root, {}, {}}};
        while (!pending.empty() && facts_.declarations.size() < declaration_limit) {
            const Frame at = std::move(pending.back());
            pending.pop_back();
            if (at.node->is_mapping()) visit(*at.node, at.key, at.path);
            for (std::size_t count = at.node->pairs.size(); count > 0; --count) {
                const yaml::Pair& pair = at.node->pairs[count - 1];
                if (!pair.value->is_scalar())
                    pending.push_back(
                        {pair.value, pair.key->text, with_key(at.path, pair.key->text)});
            }
            for (std::size_t count = at.node->items.size(); count > 0; --count)
                if (!at.node->items[count - 1]->is_scalar())
                    pending.push_back(
                        {at.node->items[count - 1], at.key, with_index(at.path, count - 1)});
        }
    }

    Undecided undecided;

  private:
    void visit(const yaml::Node& mapping, std::string_view key, const std::string& path) {
        const std::optional<ImageMapping> image = read_image_mapping(mapping, key);
        if (image) visit_image(*image, path);
        for (const yaml::Pair& pair : mapping.pairs) {
            const bool part_of_image = image && image->named_by == pair.value;
            if (!part_of_image && pair.value->is_string() && is_image_key(pair.key->text))
                visit_text(*pair.value, with_key(path, pair.key->text));
        }
    }

    void visit_image(const ImageMapping& image, const std::string& path) {
        const yaml::Node& decider = image.tag != nullptr ? *image.tag : *image.named_by;
        const std::string field = image.tag != nullptr ? path : with_key(path, "repository");
        if (image.tag_text.empty() && image.digest.empty())
            return declare_default(image.name, decider, field);
        const std::optional<std::string> tag = filled_in(image.tag_text, chart_);
        if (!tag) return undecided.add(image.name, decider);
        declare(decider, field, image.name, *tag, image.digest);
    }

    /// "repo:tag" in one text. A name without a tag gets one from a template, or none.
    void visit_text(const yaml::Node& scalar, const std::string& field) {
        const std::optional<std::string> text = filled_in(scalar.text, chart_);
        if (!text || !oci::Reference::parse(*text).has_value()) return;
        const oci::Parts parts = oci::split(*text);
        const bool has_slash = parts.name.find('/') != std::string_view::npos;
        if (is_image(*text, Certainty::likely))
            declare(scalar, field, std::string(parts.name), std::string(parts.tag),
                    std::string(parts.digest));
        else if (has_slash)
            undecided.add(std::string(parts.name), scalar);
    }

    void declare_default(const std::string& name, const yaml::Node& decider,
                         const std::string& field) {
        if (default_tag_.from == DefaultTag::From::unknown) return undecided.add(name, decider);
        std::string tag = default_tag_.from == DefaultTag::From::app_version ? chart_.app_version
                                                                             : chart_.version;
        if (tag.empty()) return undecided.add(name, decider);
        if (default_tag_.adds_v) tag.insert(0, "v");
        declare(decider, field, name, std::move(tag), {});
        facts_.declarations.back().by_default = true;
    }

    void declare(const yaml::Node& scalar, std::string field, std::string name, std::string tag,
                 std::string digest) {
        Declaration declaration{.surface = Surface::helm, .subject = Subject::image};
        declaration.root = chart_.directory;
        declaration.field = std::move(field);
        declaration.image = std::move(name);
        declaration.declared = std::move(tag);
        declaration.digest = std::move(digest);
        facts_.declarations.push_back(at_place(place_of(scalar.mark), std::move(declaration)));
    }

    const ChartFile& chart_;
    const DefaultTag& default_tag_;
    Facts& facts_;
};

Gap undecided_gap(const ChartFile& chart, Undecided undecided) {
    Error error{Error::Kind::unsupported,
                "only the templates, which are not rendered, know the tag of `" +
                    undecided.names.front() + "`",
                "render them with --helm-render", undecided.at};
    return {Surface::helm, chart.directory, std::move(error), std::move(undecided.names)};
}

}  // namespace

void read_values(const FileTree& tree, const ChartFile& chart, const DefaultTag& default_tag,
                 Facts& facts) {
    const std::string path = chart_path(chart, "values.yaml");
    const Result<FileTree::Entry> entry = tree.stat(path);
    if (entry.has_value() && entry->kind == FileTree::Kind::absent) return;
    const auto document = parse_chart_yaml(tree, path);
    if (!document.has_value()) {
        const Result<Blob> text = read_file(tree, path);
        facts.gaps.push_back({Surface::helm, chart.directory, placed(document.error(), path),
                              text.has_value() ? mentions_of(**text) : std::vector<std::string>{}});
        return;
    }
    const std::size_t first = facts.declarations.size();
    ValuesReader reader(chart, default_tag, facts);
    for (const yaml::Node* const root : (*document)->roots()) reader.read(*root);
    sort_by_place(facts.declarations, first);
    if (!reader.undecided.names.empty())
        facts.gaps.push_back(undecided_gap(chart, std::move(reader.undecided)));
}

}  // namespace lockstep::manifest
