#include "edit/kustomize_entry.h"

#include <algorithm>
#include <utility>

namespace lockstep::edit {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::unexpected<Error> not_editable(const yaml::Node& node, const std::string& what) {
    return fail(Error::Kind::unsupported, what, "write the entry in block style, a line for a key",
                node.mark.location());
}

std::size_t end_of(const yaml::Mark& mark) {
    return std::size_t{mark.offset} + mark.length;
}

std::size_t line_begin(std::string_view file, std::size_t at) {
    const std::size_t before = at == 0 ? std::string_view::npos : file.rfind('\n', at - 1);
    if (before != std::string_view::npos) return before + 1;
    return file.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

/// Where the line that holds `at` ends: at its line break, or at the end of the file.
std::size_t line_end(std::string_view file, std::size_t at) {
    std::size_t end = std::min(file.find('\n', at), file.size());
    if (end > at && end < file.size() && file[end - 1] == '\r') --end;
    return end;
}

/// The line break that the file uses.
std::string_view line_break(std::string_view file) {
    const std::size_t end = file.find('\n');
    return end != std::string_view::npos && end > 0 && file[end - 1] == '\r' ? "\r\n" : "\n";
}

bool is_one_line(std::string_view file, const yaml::Node& node) {
    return node.is_scalar() && node.style != yaml::Style::literal &&
           node.style != yaml::Style::folded && end_of(node.mark) <= file.size() &&
           file.substr(node.mark.offset, node.mark.length).find('\n') == std::string_view::npos;
}

Scalar scalar_of(std::string_view file, const yaml::Node& node) {
    Scalar scalar{node.mark.offset, node.mark.length, Scalar::Form::plain};
    const char first = node.mark.length == 0 ? '\0' : file[node.mark.offset];
    if (first == '"') scalar.form = Scalar::Form::double_quoted;
    if (first == '\'') scalar.form = Scalar::Form::single_quoted;
    return scalar;
}

/// A text as a value of its own: quoted where YAML would take it for something else.
std::string value_of(std::string_view text) {
    const Scalar none{0, 0, Scalar::Form::plain};
    const auto edit = replace_part("", none, 0, 0, text);
    return edit ? edit->after : '"' + std::string(text) + '"';
}

class Entry {
  public:
    Entry(std::string_view file, const yaml::Node& entry) : file_(file), entry_(entry) {}

    Result<std::vector<EntryChange>> changes(const EntryWish& wish) {
        if (!entry_.is_mapping()) return not_editable(entry_, "an entry of `images` is no mapping");
        const bool has_tag = has("newTag");
        const bool has_digest = has("digest");
        std::vector<EntryChange> changes;
        if (has_tag && wish.tag) {
            TRY(replace(changes, "newTag", *wish.tag));
        } else if (!has_tag && !wish.digest && has_digest && wish.tag) {
            TRY(rename(changes, *wish.tag));
            return changes;
        } else if (!has_tag && !wish.digest && wish.tag) {
            TRY(add(changes, "newTag", *wish.tag));
        }
        if (has_digest && wish.digest)
            TRY(replace(changes, "digest", *wish.digest));
        else if (has_digest)
            TRY(remove(changes, "digest"));
        else if (wish.digest)
            TRY(add(changes, "digest", *wish.digest));
        std::ranges::stable_sort(changes, {},
                                 [](const EntryChange& each) { return each.edit.offset; });
        return changes;
    }

  private:
    bool has(std::string_view key) const {
        const yaml::Node* const value = entry_.find(key);
        return value != nullptr && !value->text.empty();
    }

    Result<void> replace(std::vector<EntryChange>& changes, std::string_view key,
                         const std::string& text) {
        const yaml::Node& value = *entry_.find(key);
        if (value.text == text) return {};
        const bool is_simple = is_one_line(file_, value);
        const Scalar scalar = scalar_of(file_, value);
        const auto edit = is_simple && scalar.content(file_) == value.text
                              ? replace_part(file_, scalar, 0, scalar.content(file_).size(), text)
                              : std::nullopt;
        if (!edit)
            return not_editable(value, "`" + std::string(key) + "` is written in a way in which `" +
                                           text + "` cannot stand");
        changes.push_back({*edit, value.mark, std::string(value.text), text});
        return {};
    }

    /// `digest: sha256:…` becomes `newTag: v1`.
    Result<void> rename(std::vector<EntryChange>& changes, const std::string& tag) {
        const yaml::Node& key = *entry_.find_key("digest");
        const yaml::Node& value = *entry_.find("digest");
        if (!is_one_line(file_, value))
            return not_editable(value, "`digest` is written over several lines");
        ByteEdit edit{key.mark.offset, end_of(value.mark) - key.mark.offset,
                      "newTag: " + value_of(tag)};
        changes.push_back({std::move(edit), key.mark, std::string(value.text), tag});
        return {};
    }

    Result<void> add(std::vector<EntryChange>& changes, std::string_view key,
                     const std::string& text) {
        // An empty value of that key says nothing, and a second one would be a mistake.
        if (const yaml::Node* const there = entry_.find(key))
            return not_editable(*there, "`" + std::string(key) + "` is empty");
        const yaml::Node* behind = nullptr;
        for (const std::string_view before : {"newTag", "newName", "name"})
            if (behind == nullptr && entry_.find(before) != nullptr) behind = entry_.find(before);
        if (behind == nullptr || !is_one_line(file_, *behind))
            return not_editable(entry_, "the entry has no key that `" + std::string(key) +
                                            "` can be written behind");
        const std::string line = std::string(key) + ": " + value_of(text);
        ByteEdit edit;
        if (entry_.style == yaml::Style::flow) {
            edit = {end_of(behind->mark), 0, ", " + std::string(key) + ": \"" + text + '"'};
        } else {
            const std::size_t end = line_end(file_, end_of(behind->mark));
            const std::size_t indent = entry_.pairs[0].key->mark.column - 1;
            edit = {end, 0, std::string(line_break(file_)) + std::string(indent, ' ') + line};
        }
        changes.push_back({std::move(edit), behind->mark, "", line});
        return {};
    }

    Result<void> remove(std::vector<EntryChange>& changes, std::string_view key) {
        const yaml::Node& value = *entry_.find(key);
        const yaml::Node& name = *entry_.find_key(key);
        if (entry_.style == yaml::Style::flow || !is_one_line(file_, value))
            return not_editable(value, "the pin `" + std::string(value.text) +
                                           "` would win over the tag and cannot be taken out");
        ByteEdit edit;
        if (&name == entry_.pairs[0].key) {
            // Its line begins with the entry's dash, which the next key takes over.
            if (entry_.pairs.size() == 1)
                return not_editable(value, "the entry says nothing but a digest");
            const std::size_t next = entry_.pairs[1].key->mark.offset;
            edit = {name.mark.offset, next - name.mark.offset, ""};
            if (file_.substr(edit.offset, edit.length).find('#') != std::string_view::npos)
                return not_editable(value,
                                    "the pin `" + std::string(value.text) +
                                        "` would win over the tag, and a comment follows it");
        } else {
            const std::size_t begin = line_begin(file_, name.mark.offset);
            std::size_t end = std::min(file_.find('\n', end_of(value.mark)), file_.size());
            if (end < file_.size()) ++end;
            edit = {begin, end - begin, ""};
        }
        changes.push_back({std::move(edit), name.mark, std::string(value.text), ""});
        return {};
    }

    std::string_view file_;
    const yaml::Node& entry_;
};

/// The last byte that a block value is written with, as far as scalars tell.
std::size_t last_scalar_end(const yaml::Node& node) {
    std::size_t end = node.is_scalar() ? end_of(node.mark) : std::size_t{node.mark.offset};
    for (const yaml::Pair& pair : node.pairs)
        end = std::max({end, end_of(pair.key->mark), last_scalar_end(*pair.value)});
    for (const yaml::Node* const item : node.items) end = std::max(end, last_scalar_end(*item));
    return end;
}

/// Whether what stands at the end of the file still belongs to its first document.
bool ends_open(std::string_view file, const yaml::Node& root) {
    for (std::size_t at = root.mark.offset; at < file.size();) {
        const std::string_view line = file.substr(at, file.find('\n', at) - at);
        if (line.starts_with("---") || line.starts_with("...")) return false;
        at += line.size() + 1;
    }
    return true;
}

/// "- name: app" and what belongs to it, each line behind a line break.
std::string entry_lines(const NewEntry& entry, std::size_t dash, std::size_t keys,
                        std::string_view eol) {
    const std::string indent = std::string(eol) + std::string(keys, ' ');
    std::string text = std::string(eol) + std::string(dash, ' ') + '-';
    text += std::string(keys - dash - 1, ' ') + "name: " + value_of(entry.name);
    if (entry.wish.tag) text += indent + "newTag: " + value_of(*entry.wish.tag);
    if (entry.wish.digest) text += indent + "digest: " + value_of(*entry.wish.digest);
    return text;
}

std::string all_lines(const std::vector<NewEntry>& entries, std::size_t dash, std::size_t keys,
                      std::string_view eol) {
    std::string text;
    for (const NewEntry& entry : entries) text += entry_lines(entry, dash, keys, eol);
    return text;
}

std::string said_by(const std::vector<NewEntry>& entries) {
    std::string text;
    for (const NewEntry& entry : entries) {
        if (!text.empty()) text += ", ";
        text += entry.name;
        if (entry.wish.tag) text += ':' + *entry.wish.tag;
        if (entry.wish.digest) text += '@' + *entry.wish.digest;
    }
    return text;
}

EntryChange addition(std::size_t offset, std::string text, const yaml::Mark& mark,
                     const std::string& said) {
    EntryChange change;
    change.edit.offset = offset;
    change.edit.after = std::move(text);
    change.mark = mark;
    change.after = said;
    return change;
}

/// Behind the last entry of a list that is there.
Result<EntryChange> add_to_list(std::string_view file, const yaml::Node& images,
                                const std::vector<NewEntry>& entries) {
    const std::string said = said_by(entries);
    const std::string refusal = "`" + said + "` cannot be added to `images`";
    if (!images.is_sequence() || images.items.empty() || images.style == yaml::Style::flow)
        return not_editable(images, refusal);
    const yaml::Node& last = *images.items[images.items.size() - 1];
    const std::size_t begin = line_begin(file, last.mark.offset);
    const std::size_t dash = file.find('-', begin);
    const bool is_entry =
        dash < last.mark.offset &&
        file.substr(begin, dash - begin).find_first_not_of(' ') == std::string_view::npos;
    if (!is_entry) return not_editable(last, refusal);
    std::size_t end = last_scalar_end(last);
    if (last.style == yaml::Style::flow) end = std::min(file.find('}', end), file.size());
    end = line_end(file, end);
    std::string text = all_lines(entries, dash - begin, last.mark.offset - begin, line_break(file));
    return addition(end, std::move(text), last.mark, said);
}

}  // namespace

Result<std::vector<EntryChange>> edit_entry(std::string_view file, const yaml::Node& entry,
                                            const EntryWish& wish) {
    return Entry(file, entry).changes(wish);
}

Result<EntryChange> add_entries(std::string_view file, const yaml::Node& root,
                                const std::vector<NewEntry>& entries) {
    if (const yaml::Node* const images = root.find("images"))
        return add_to_list(file, *images, entries);
    const std::string said = said_by(entries);
    if (!root.is_mapping() || root.style == yaml::Style::flow || root.pairs.empty() ||
        !ends_open(file, root))
        return not_editable(root, "`images` cannot be added for `" + said + "`");
    const std::string eol(line_break(file));
    const yaml::Mark& first = root.pairs[0].key->mark;
    const std::size_t indent = first.column - 1;
    std::string text = file.ends_with('\n') ? "" : eol;
    text +=
        std::string(indent, ' ') + "images:" + all_lines(entries, indent, indent + 2, eol) + eol;
    return addition(file.size(), std::move(text), first, said);
}

}  // namespace lockstep::edit
