#include "manifest/chart_values.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/field_path.h"
#include "manifest/image_mapping.h"
#include "manifest/image_text.h"
#include "manifest/images.h"
#include "manifest/place.h"
#include "manifest/template_expression.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

class ValuesReader {
  public:
    ValuesReader(const ChartFile& chart, const yaml::Node& root, const DefaultTag& default_tag)
        : chart_(chart), root_(root), default_tag_(default_tag) {}

    void read() {
        struct Frame {
            const yaml::Node* node;
            std::string_view key;
            std::string path;
        };
        std::vector<Frame> pending{{&root_, {}, {}}};
        while (!pending.empty() && found.declarations.size() < declaration_limit) {
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

    ImageFacts found;

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
        const std::optional<Expanded> tag = expand(image.tag_text, chart_, &root_);
        if (!tag) return add_undecided(image.name, decider);
        declare(decider, field, image.name, tag->text, image.digest);
        found.declarations.back().by_default = tag->from_chart;
    }

    /// "repo:tag" in one text. A name without a tag gets one from a template, or none.
    void visit_text(const yaml::Node& scalar, const std::string& field) {
        const std::optional<Expanded> text = expand(scalar.text, chart_, &root_);
        if (!text || !oci::Reference::parse(text->text).has_value()) return;
        const oci::Parts parts = oci::split(text->text);
        if (is_image(text->text, Certainty::likely)) {
            declare(scalar, field, std::string(parts.name), std::string(parts.tag),
                    std::string(parts.digest));
            found.declarations.back().by_default = text->from_chart;
        } else if (parts.name.find('/') != std::string_view::npos)
            add_undecided(std::string(parts.name), scalar);
    }

    void declare_default(const std::string& name, const yaml::Node& decider,
                         const std::string& field) {
        if (default_tag_.from == DefaultTag::From::unknown) return add_undecided(name, decider);
        std::string tag = default_tag_.from == DefaultTag::From::app_version ? chart_.app_version
                                                                             : chart_.version;
        if (tag.empty()) return add_undecided(name, decider);
        if (default_tag_.adds_v) tag.insert(0, "v");
        declare(decider, field, name, std::move(tag), {});
        found.declarations.back().by_default = true;
    }

    void declare(const yaml::Node& scalar, std::string field, std::string name, std::string tag,
                 std::string digest) {
        Declaration declaration{.surface = Surface::helm, .subject = Subject::image};
        declaration.root = chart_.directory;
        declaration.field = std::move(field);
        declaration.image = std::move(name);
        declaration.declared = std::move(tag);
        declaration.digest = std::move(digest);
        found.declarations.push_back(at_place(place_of(scalar.mark), std::move(declaration)));
    }

    void add_undecided(std::string name, const yaml::Node& scalar) {
        found.undecided.push_back({std::move(name), scalar.mark.location()});
    }

    const ChartFile& chart_;
    const yaml::Node& root_;
    const DefaultTag& default_tag_;
};

}  // namespace

ImageFacts read_values(const ChartFile& chart, const yaml::Node& values,
                       const DefaultTag& default_tag) {
    ValuesReader reader(chart, values, default_tag);
    reader.read();
    sort_by_place(reader.found.declarations, 0);
    return std::move(reader.found);
}

}  // namespace lockstep::manifest
