#include "edit/planner.h"

#include <algorithm>
#include <array>
#include <optional>

#include "edit/changelog.h"
#include "edit/reference_part.h"
#include "kustomize/render.h"
#include "manifest/path_kinds.h"
#include "version/style.h"

namespace lockstep::edit {

namespace {

using manifest::Declaration;
using manifest::Subject;
using manifest::Surface;

std::unexpected<Error> not_editable(const Declaration& declaration, const std::string& why) {
    return fail(Error::Kind::unsupported,
                "the version of `" + name_of(declaration) + "` cannot be written here: " + why,
                "write it out at this place, or leave the place out with `paths` in lockstep.yaml",
                declaration.at);
}

Replacement shown(const Wish& wish, std::string before, std::string after) {
    return {wish.declaration->at, std::move(before), std::move(after), name_of(*wish.declaration)};
}

/// `images` of a kustomization; null where the file has no list of that name.
const yaml::Node* images_of(const FileDraft& draft) {
    if (!manifest::is_kustomization_name(file_name(draft.path()))) return nullptr;
    if (draft.document() == nullptr || draft.document()->roots().empty()) return nullptr;
    const yaml::Node* const images = draft.document()->roots().front()->find("images");
    return images != nullptr && images->is_sequence() ? images : nullptr;
}

/// The field of a mapping that pins an image, as manifest reads it.
const yaml::Node* pin_field(const yaml::Node* mapping, std::string_view& key) {
    static constexpr std::array<std::string_view, 4> keys{"digest", "imageDigest", "sha", "sha256"};
    for (const std::string_view each : keys) {
        const yaml::Node* const value = mapping == nullptr ? nullptr : mapping->find(each);
        if (value == nullptr || !value->is_scalar()) continue;
        key = each;
        return value;
    }
    return nullptr;
}

std::string in_quotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

}  // namespace

Result<FileDraft*> Planner::draft(const std::string& path) {
    const auto found = drafts_.find(path);
    if (found != drafts_.end()) return &found->second;
    FileDraft opened = TRY(FileDraft::open(tree_, path));
    return &drafts_.emplace(path, std::move(opened)).first->second;
}

Result<void> Planner::add(const Wish& wish) {
    const Declaration& declaration = *wish.declaration;
    const bool is_image = declaration.subject == Subject::image;
    const bool is_pinned_right = declaration.digest == wish.digest.value_or("");
    if (wish.is_said && (!is_image || is_pinned_right)) {
        said_.insert(to_string(declaration.at));
        return {};
    }
    if (options_.may_add_entries && wish.is_floating && TRY(add_new_entry(wish))) return {};
    auto opened = draft(declaration.at.path);
    if (!opened)
        return not_editable(declaration, opened.error().kind == Error::Kind::not_found
                                             ? "the file is not in the tree"
                                             : opened.error().message);
    FileDraft& file = **opened;
    const auto scalar =
        find_scalar(file.text(), declaration.at, declaration.length,
                    declaration.surface == Surface::text ? Syntax::text : Syntax::yaml);
    if (!scalar) return not_editable(declaration, "no scalar of the tree decides it");
    if (declaration.surface == Surface::kustomize && is_image &&
        TRY(add_to_entry(wish, file, *scalar)))
        return {};
    return add_to_scalar(wish, file, *scalar);
}

/// The version, and the pin that stands with it or in a field beside it.
Result<void> Planner::add_to_scalar(const Wish& wish, FileDraft& draft, const Scalar& scalar) {
    const Declaration& declaration = *wish.declaration;
    // Chart.yaml says its tag.
    if (declaration.by_default) return set_pin_field(wish, draft, scalar);
    const std::string_view content = scalar.content(draft.text());
    const auto part = find_part(content, declaration);
    const bool is_image = declaration.subject == Subject::image;
    // "v1.1.0@sha256:…" as a tag, for templates that know nothing of pins.
    const bool pins_in_tag = wish.digest && declaration.declared.find('@') != std::string::npos;
    if (is_image && !pins_in_tag && (!part || !part->is_reference)) {
        TRY(set_pin_field(wish, draft, scalar));
        if (declaration.declared.empty() && !declaration.digest.empty()) return {};
    }
    if (!part && wish.is_floating && declaration.surface == Surface::kustomize)
        return fail(Error::Kind::unsupported,
                    "`" + declaration.image + "` has no version here, and no place for one",
                    "let `release.addEntries` add it to the `images` of its kustomization",
                    declaration.at);
    if (!part) return not_editable(declaration, "it is made of pieces, or stands there twice");
    std::string after = wish.text;
    if (pins_in_tag) after += '@' + *wish.digest;
    if (part->is_reference) {
        const bool is_pin_alone = part->length != 0 && declaration.declared.empty();
        const std::string pin = wish.digest ? '@' + *wish.digest : std::string();
        if (is_pin_alone && wish.digest)
            after = pin;  // there was no tag to keep
        else
            after = (declaration.declared.empty() ? ":" : "") + wish.text + pin;
    }
    return set_part(wish, draft, scalar, part->offset, part->length, after);
}

Result<void> Planner::set_part(const Wish& wish, FileDraft& draft, const Scalar& scalar,
                               std::size_t offset, std::size_t length, const std::string& after) {
    const std::string_view content = scalar.content(draft.text());
    const std::string before(content.substr(offset, length));
    if (before == after) {
        said_.insert(to_string(wish.declaration->at));
        return {};
    }
    auto edit = replace_part(draft.text(), scalar, offset, length, after);
    if (!edit) return not_editable(*wish.declaration, "`" + after + "` cannot stand there");
    Change change{std::move(*edit), shown(wish, before, after)};
    if (const yaml::Node* const node = draft.find(scalar.offset).scalar;
        node != nullptr && node->text == content) {
        change.scalar_offset = scalar.offset;
        change.says = std::string(content);
        change.says.replace(offset, length, after);
    }
    return draft.add(std::move(change));
}

/// `digest:` beside the tag, as values of charts have it.
Result<void> Planner::set_pin_field(const Wish& wish, FileDraft& draft, const Scalar& scalar) {
    const Declaration& declaration = *wish.declaration;
    std::string_view key;
    const yaml::Node* const field = pin_field(draft.find(scalar.offset).mapping, key);
    if (field == nullptr) {
        if (wish.digest)
            add_notice(to_string(declaration.at) + ": `" + declaration.image +
                       "` has no field `digest`, so that it is not pinned there");
        if (!declaration.digest.empty())
            return not_editable(declaration, "the pin `" + declaration.digest +
                                                 "` stands somewhere else and would win");
        return {};
    }
    std::string pin = wish.digest.value_or("");
    const bool is_bare = key.starts_with("sha") && field->text.find(':') == std::string_view::npos;
    if (is_bare) pin = pin.substr(std::min(pin.find(':') + 1, pin.size()));
    const std::string_view now = field->is_null() ? std::string_view() : field->text;
    if (now == pin) return {};
    const bool is_plain =
        !pin.empty() && field->mark.length != 0 && field->style == yaml::Style::plain && !is_bare;
    std::string after = is_plain ? pin : in_quotes(pin);
    const std::size_t offset = field->mark.offset;
    if (offset > 0 && draft.text()[offset - 1] == ':') after.insert(0, " ");
    Change change{{offset, field->mark.length, std::move(after)},
                  shown(wish, std::string(now), pin)};
    change.shown.at = field->mark.location();
    return draft.add(std::move(change));
}

/// Whether an entry of `images` decides, which is then kept for `finish_entries`.
Result<bool> Planner::add_to_entry(const Wish& wish, FileDraft& draft, const Scalar& scalar) {
    const yaml::Node* const images = images_of(draft);
    if (images == nullptr) return false;
    for (std::size_t index = 0; index < images->items.size(); ++index) {
        const yaml::Node& entry = *images->items[index];
        const auto decides = [&](std::string_view key) {
            const yaml::Node* const value = entry.find(key);
            return value != nullptr && value->mark.offset == scalar.offset;
        };
        if (decides("tagSuffix"))
            return not_editable(*wish.declaration, "`tagSuffix` makes it of pieces");
        if (!decides("newTag") && !decides("digest")) continue;
        TRY(merge(wish.declaration->at.path, index, wish));
        return true;
    }
    return false;
}

Result<void> Planner::merge(const std::string& path, std::size_t index, const Wish& wish) {
    EntryWish wanted;
    // An entry that only pins says no tag, and needs none as long as it does.
    if (!wish.is_said && !(wish.digest && wish.declaration->declared.empty()))
        wanted.tag = wish.text;
    wanted.digest = wish.digest;
    const auto [at, is_new] =
        entries_.try_emplace({path, index}, EntryDraft{wanted, wish.declaration});
    if (is_new) return {};
    EntryWish& there = at->second.wish;
    if (!there.tag) there.tag = wanted.tag;
    const bool disagrees =
        (wanted.tag && *wanted.tag != *there.tag) || wanted.digest != there.digest;
    if (!disagrees) return {};
    return fail(Error::Kind::conflict,
                "one entry of `images` should say `" + there.tag.value_or("") + "` for `" +
                    name_of(*at->second.declaration) + "` and `" + wanted.tag.value_or("") +
                    "` for `" + name_of(*wish.declaration) + "`",
                "give each image an entry of its own", wish.declaration->at);
}

Result<bool> Planner::add_new_entry(const Wish& wish) {
    const Declaration& declaration = *wish.declaration;
    if (declaration.surface != Surface::kustomize || declaration.subject != Subject::image)
        return false;
    const std::string name = TRY(kustomize::kustomization_file(tree_, declaration.root));
    if (name.empty()) return false;
    const std::string path = declaration.root.empty() ? name : declaration.root + '/' + name;
    FileDraft& file = *TRY(draft(path));
    if (const yaml::Node* const images = images_of(file)) {
        for (std::size_t index = 0; index < images->items.size(); ++index) {
            const yaml::Node& entry = *images->items[index];
            const std::string_view new_name = entry.text_of("newName");
            if ((new_name.empty() ? entry.text_of("name") : new_name) != declaration.image)
                continue;
            TRY(merge(path, index, wish));
            return true;
        }
    }
    new_entries_.try_emplace({path, declaration.image},
                             EntryDraft{{wish.text, wish.digest}, wish.declaration});
    return true;
}

Result<void> Planner::add_overruled(const std::string& directory, const Texts& texts) {
    const std::string name = TRY(kustomize::kustomization_file(tree_, directory));
    if (name.empty()) return {};
    const std::string path = directory.empty() ? name : directory + '/' + name;
    FileDraft& file = *TRY(draft(path));
    const yaml::Node* const images = images_of(file);
    if (images == nullptr) return {};
    for (std::size_t index = 0; index < images->items.size(); ++index) {
        const yaml::Node& entry = *images->items[index];
        const std::string_view new_name = entry.text_of("newName");
        const auto text = texts.find(new_name.empty() ? entry.text_of("name") : new_name);
        const yaml::Node* const tag = entry.find("newTag");
        if (text == texts.end() || tag == nullptr || entries_.contains({path, index})) continue;
        // What floats, and what is filled in later, is meant to.
        const auto written = version::read_written(tag->text);
        if (!written || written->version.numbers() == std::vector<std::uint64_t>{0, 0, 0}) continue;
        EntryWish wish{.tag = text->second, .digest = {}};
        if (const auto digest = options_.digests.find(text->first);
            digest != options_.digests.end())
            wish.digest = digest->second;
        manifest::Declaration& declaration = overruled_.emplace_back();
        declaration.surface = Surface::kustomize;
        declaration.root = directory;
        declaration.at = tag->mark.location();
        declaration.image = text->first;
        declaration.declared = tag->text;
        entries_.emplace(std::pair(path, index), EntryDraft{std::move(wish), &declaration});
    }
    return {};
}

Result<void> Planner::finish_entries() {
    for (const auto& [key, wanted] : entries_) {
        FileDraft& file = *TRY(draft(key.first));
        const yaml::Node& entry = *images_of(file)->items[key.second];
        auto changes = TRY(edit_entry(file.text(), entry, wanted.wish));
        if (changes.empty()) said_.insert(to_string(wanted.declaration->at));
        for (EntryChange& each : changes) {
            Change change{std::move(each.edit),
                          {each.mark.location(), std::move(each.before), std::move(each.after),
                           name_of(*wanted.declaration)}};
            TRY(file.add(std::move(change)));
        }
    }
    return {};
}

Result<void> Planner::finish_new_entries() {
    std::map<std::string, std::vector<NewEntry>> by_file;
    for (const auto& [key, wanted] : new_entries_)
        by_file[key.first].push_back({key.second, wanted.wish});
    for (const auto& [path, entries] : by_file) {
        FileDraft& file = *TRY(draft(path));
        if (file.document() == nullptr || file.document()->roots().empty())
            return fail(Error::Kind::unsupported, "the kustomization says nothing", {},
                        Location{path});
        EntryChange added =
            TRY(add_entries(file.text(), *file.document()->roots().front(), entries));
        Change change{std::move(added.edit),
                      {added.mark.location(), "", std::move(added.after), "images"}};
        TRY(file.add(std::move(change)));
    }
    return {};
}

Result<void> Planner::add_changelog(const std::string& path) {
    const FileTree::Entry entry = TRY(tree_.stat(path));
    if (entry.kind == FileTree::Kind::absent)
        return fail(Error::Kind::unsupported, "the change log is not in the tree",
                    "write it with a section `## [Unreleased]`, or leave out `release.changelog`",
                    Location{path});
    FileDraft& file = *TRY(draft(path), "reading the change log");
    ChangelogEdit released = TRY(release_changes(path, file.text(), options_));
    if (released.edits.empty()) said_.insert(to_string(Location{path, released.section_line, 1}));
    for (std::size_t at = 0; at < released.edits.size(); ++at)
        TRY(file.add({std::move(released.edits[at]), std::move(released.replacements[at])}));
    return {};
}

Result<Edits> Planner::finish() {
    TRY(finish_entries());
    TRY(finish_new_entries());
    Edits edits;
    std::set<std::string> changed;
    std::map<std::string, FileEdit> files;
    for (const auto& [path, draft] : drafts_) {
        if (!draft.is_changed()) continue;
        FileEdit file = TRY(draft.finish());
        for (const Replacement& each : file.replacements) changed.insert(to_string(each.at));
        if (files.contains(file.path))
            return fail(Error::Kind::unsupported,
                        "`" + file.path + "` is named through a link as well, and both change it",
                        "name it by one path", Location{path});
        files.emplace(file.path, std::move(file));
    }
    for (auto& [path, file] : files) edits.files.push_back(std::move(file));
    // A place that changes for one declaration is no unchanged one of another.
    std::ranges::set_difference(said_, changed, std::back_inserter(edits.unchanged));
    edits.notices.assign(notices_.begin(), notices_.end());
    return edits;
}

}  // namespace lockstep::edit
