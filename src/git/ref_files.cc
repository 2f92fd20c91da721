#include "git/ref_files.h"

#include <algorithm>
#include <array>

#include "os/directory.h"
#include "os/file.h"
#include "os/mapped_file.h"

namespace lockstep::git {

namespace {

constexpr std::size_t ref_bytes_max = 1024;
constexpr int depth_max = 64;
constexpr std::string_view lock_end = ".lock";

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

std::optional<ObjectId> parse_id(std::string_view hex, std::size_t id_bytes) {
    if (hex.size() != 2 * id_bytes || hex.find_first_not_of('0') == std::string_view::npos)
        return std::nullopt;
    return ObjectId::parse(hex);
}

std::string_view without_line_end(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

bool is_ref_part(std::string_view part) {
    return !part.empty() && !part.starts_with('.') && !part.ends_with('.') &&
           !part.ends_with(lock_end) && !part.contains("..") && !part.contains("@{") &&
           part != "@" && std::ranges::none_of(part, [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
                      std::string_view("~^:?*[\\").contains(c);
           });
}

/// The refs that have a file each, below one folder.
class LooseRefs {
  public:
    LooseRefs(const os::Directory& directory, std::size_t id_bytes)
        : directory_(directory), id_bytes_(id_bytes) {}

    bool read(const std::string& folder, int depth) {
        const auto entries = directory_.list(folder);
        if (!entries || depth == depth_max) return false;
        return std::ranges::all_of(*entries, [&](const FileTree::Entry& entry) {
            // git passes these over.
            if (entry.name.starts_with('.') || entry.name.ends_with(lock_end)) return true;
            const std::string name = folder + '/' + entry.name;
            if (entry.kind == FileTree::Kind::directory) return read(name, depth + 1);
            return entry.kind == FileTree::Kind::file && take(name);
        });
    }
    std::vector<Ref> refs;

  private:
    bool take(const std::string& name) {
        const auto bytes = directory_.read(name);
        if (!bytes || !is_ref_name(name)) return false;
        const auto id = parse_id(without_line_end(**bytes), id_bytes_);
        if (id) refs.push_back({name, *id});
        return id.has_value();
    }

    const os::Directory& directory_;
    std::size_t id_bytes_;
};

std::optional<std::vector<Ref>> read_loose(const os::Directory& directory, std::string_view prefix,
                                           std::size_t id_bytes) {
    const std::string folder(prefix.substr(0, prefix.size() - 1));
    const auto entry = directory.stat(folder);
    if (!entry) return std::nullopt;
    LooseRefs loose(directory, id_bytes);
    if (entry->kind == FileTree::Kind::absent) return std::move(loose.refs);
    if (!loose.read(folder, 0)) return std::nullopt;
    return std::move(loose.refs);
}

std::optional<std::vector<Ref>> read_packed(const std::string& directory, std::string_view prefix,
                                            std::size_t id_bytes) {
    const auto file = os::MappedFile::open(directory + "/packed-refs");
    if (!file && file.error().kind == Error::Kind::not_found) return std::vector<Ref>();
    if (!file) return std::nullopt;
    return parse_packed_refs(file->bytes(), prefix, id_bytes);
}

/// What one ref names; null where there is none of this name.
std::optional<ObjectId> read_ref(const std::string& directory, const std::string& name,
                                 std::size_t id_bytes) {
    const auto opened = os::Directory::open(directory, {.file_bytes_max = ref_bytes_max});
    if (!opened) return std::nullopt;
    const auto entry = (*opened)->stat(name);
    if (!entry) return std::nullopt;
    if (entry->kind == FileTree::Kind::file) {
        const auto bytes = (*opened)->read(name);
        return bytes ? parse_id(without_line_end(**bytes), id_bytes) : std::nullopt;
    }
    // A folder of this name may be left of refs that are gone.
    if (entry->kind == FileTree::Kind::symlink) return std::nullopt;
    const auto packed = read_packed(directory, name, id_bytes);
    if (!packed) return std::nullopt;
    const auto found = std::ranges::find(*packed, name, &Ref::name);
    return found == packed->end() ? ObjectId() : found->object;
}

/// Where git looks for HEAD when the branch it names has no commit.
constexpr std::array<const char*, 5> other_heads = {"refs/HEAD", "refs/tags/HEAD",
                                                    "refs/heads/HEAD", "refs/remotes/HEAD",
                                                    "refs/remotes/HEAD/HEAD"};

}  // namespace

bool is_ref_name(std::string_view name) {
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('/'));
        if (!is_ref_part(part) || name.size() == part.size() + 1) return false;
        name.remove_prefix(std::min(part.size() + 1, name.size()));
    }
    return true;
}

std::optional<std::vector<Ref>> parse_packed_refs(std::string_view text, std::string_view prefix,
                                                  std::size_t id_bytes) {
    std::vector<Ref> refs;
    if (!text.empty() && !text.ends_with('\n')) return std::nullopt;
    if (text.starts_with("# pack-refs with:")) take_line(text);
    // What leads to other names is passed over, as git passes over it.
    bool is_wanted = false, may_be_peeled = false;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        if (line.starts_with('^')) {
            // What the tag of the line before leads to: the objects say it, too.
            if (!may_be_peeled || (is_wanted && !parse_id(line.substr(1), id_bytes)))
                return std::nullopt;
            may_be_peeled = false;
            continue;
        }
        const std::string_view name = line.substr(std::min(2 * id_bytes + 1, line.size()));
        if (!name.starts_with("refs/") || line[2 * id_bytes] != ' ') return std::nullopt;
        may_be_peeled = true;
        is_wanted = name.starts_with(prefix);
        if (!is_wanted) continue;
        const auto id = parse_id(line.substr(0, 2 * id_bytes), id_bytes);
        if (!id || !is_ref_name(name)) return std::nullopt;
        refs.push_back({std::string(name), *id});
    }
    return refs;
}

std::optional<std::vector<Ref>> read_refs(const std::string& directory, std::string_view prefix,
                                          std::size_t id_bytes) {
    if (!prefix.starts_with("refs/") || !prefix.ends_with('/')) return std::nullopt;
    const auto opened = os::Directory::open(directory, {.file_bytes_max = ref_bytes_max});
    if (!opened) return std::nullopt;
    // In this order: a ref that is packed meanwhile is in one of the two.
    auto refs = read_loose(**opened, prefix, id_bytes);
    const auto packed = refs ? read_packed(directory, prefix, id_bytes) : std::nullopt;
    if (!packed) return std::nullopt;
    std::ranges::sort(*refs, {}, &Ref::name);
    const auto loose_count = static_cast<std::ptrdiff_t>(refs->size());
    for (const Ref& ref : *packed) {
        const auto loose_end = refs->begin() + loose_count;
        const auto loose =
            std::ranges::lower_bound(refs->begin(), loose_end, ref.name, {}, &Ref::name);
        if (loose == loose_end || loose->name != ref.name) refs->push_back(ref);
    }
    std::ranges::sort(*refs, {}, &Ref::name);
    if (std::ranges::adjacent_find(*refs, {}, &Ref::name) != refs->end()) return std::nullopt;
    return refs;
}

std::optional<ObjectId> read_head(const std::string& git_directory,
                                  const std::string& common_directory, std::size_t id_bytes) {
    constexpr std::string_view mark = "ref: ";
    const auto text = os::read_file(git_directory + "/HEAD", ref_bytes_max);
    if (!text) return std::nullopt;
    const std::string_view line = without_line_end(*text);
    if (!line.starts_with(mark)) return parse_id(line, id_bytes);
    const std::string branch(line.substr(mark.size()));
    if (!branch.starts_with("refs/heads/") || !is_ref_name(branch)) return std::nullopt;
    const auto id = read_ref(common_directory, branch, id_bytes);
    if (!id || !id->is_null()) return id;
    for (const char* const other : other_heads) {
        const auto found = read_ref(common_directory, other, id_bytes);
        if (!found || !found->is_null()) return std::nullopt;
    }
    return ObjectId();
}

std::optional<ObjectId> read_tag(std::string_view revision, const std::string& git_directory,
                                 const std::string& common_directory, std::size_t id_bytes) {
    const std::string name(revision);
    if (!is_ref_name("refs/tags/" + name) || ObjectId::parse(name)) return std::nullopt;
    // In the order of gitrevisions(7): a file of the repository, a ref, a tag.
    for (const std::string& directory : {git_directory, common_directory}) {
        const auto opened = os::Directory::open(directory);
        if (!opened) return std::nullopt;
        const auto entry = (*opened)->stat(name);
        if (!entry || entry->kind != FileTree::Kind::absent) return std::nullopt;
    }
    const auto other = read_ref(common_directory, "refs/" + name, id_bytes);
    if (!other || !other->is_null()) return std::nullopt;
    const auto tag = read_ref(common_directory, "refs/tags/" + name, id_bytes);
    return tag && !tag->is_null() ? tag : std::nullopt;
}

}  // namespace lockstep::git
