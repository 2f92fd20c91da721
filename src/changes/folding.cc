#include "changes/folding.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>

namespace lockstep::changes {

namespace {

constexpr std::array<std::string_view, 6> version_labels = {
    "app.kubernetes.io/version",           "helm.sh/chart", "chart", "version", "olm.version",
    "app.kubernetes.io/managed-by-version"};

/// The map that a label or annotation stands in: "labels", "annotations"; empty where it is
/// neither, or it selects something.
std::string_view map_of(const Path& path) {
    if (path.size() < 2) return {};
    const std::string_view map = path[path.size() - 2].text;
    const std::string_view owner =
        path.size() < 3 ? std::string_view() : path[path.size() - 3].text;
    return owner == "metadata" && (map == "labels" || map == "annotations") ? map
                                                                            : std::string_view();
}

bool is_version_label(const FieldChange& field) {
    const bool is_step = field.kind == FieldChange::Kind::changed && map_of(field.path) == "labels";
    return is_step &&
           std::ranges::find(version_labels, field.path.back().text) != version_labels.end();
}

bool is_checksum(const FieldChange& field) {
    return field.kind == FieldChange::Kind::changed && map_of(field.path) == "annotations" &&
           (field.path.back().text.starts_with("checksum/") ||
            field.path.back().text.ends_with("/checksum"));
}

}  // namespace

std::string_view to_string(Fold fold) {
    switch (fold) {
        case Fold::none:
            return "none";
        case Fold::version_label:
            return "version label";
        case Fold::image:
            return "image seen above";
        case Fold::generated_name:
            return "hashed name";
        case Fold::checksum:
            return "checksum";
    }
    return {};
}

Fold fold_of(const FieldChange& field, const Renamed& renamed) {
    if (is_version_label(field)) return Fold::version_label;
    if (is_checksum(field)) return Fold::checksum;
    const bool is_text = field.kind == FieldChange::Kind::changed && field.before->is_scalar() &&
                         field.after->is_scalar();
    const bool is_name = is_text && renamed.contains({std::string(field.before->text),
                                                      std::string(field.after->text)});
    return is_name ? Fold::generated_name : Fold::none;
}

bool is_image(const Field& field) {
    return field.kind == FieldChange::Kind::changed && field.path.ends_with(".image") &&
           field.path.contains("ontainers.[");
}

void fold_repeated_images(std::vector<Change>& changes) {
    std::set<std::pair<std::string, std::string>> seen;
    for (Change& change : changes)
        for (Field& field : change.fields)
            if (is_image(field) && !seen.emplace(field.before, field.after).second &&
                !field.is_explained)
                field.fold = Fold::image;
}

}  // namespace lockstep::changes
