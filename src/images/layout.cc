#include "images/layout.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include "crypto/hasher.h"
#include "images/layout_folder.h"
#include "images/layout_index.h"
#include "images/patience.h"
#include "images/referrers_tag.h"
#include "json/parse.h"
#include "oci/media_type.h"
#include "oci/members.h"
#include "os/errno.h"
#include "os/read.h"

namespace lockstep::images {

namespace {

constexpr std::size_t chunk_bytes = 1u << 20;

std::unexpected<Error> corrupt(const std::string& what) {
    return fail(Error::Kind::corrupt, what, "copy the image again from where it came from");
}

Result<void> check_version(const LayoutFolder& folder) {
    Result<std::string> text = folder.read("oci-layout", 64u << 10);
    if (!text.has_value() && text.error().kind == Error::Kind::not_found)
        return fail(Error::Kind::not_found,
                    '`' + folder.directory() + "` is no image layout: it has no file `oci-layout`",
                    "name the folder that holds `oci-layout` and `index.json`");
    const std::string name = folder.directory() + "/oci-layout";
    const json::Value value = TRY(json::parse(name, TRY(std::move(text))));
    const oci::Members members = TRY(oci::Members::of(value, name, ""));
    const std::string version = TRY(members.text("imageLayoutVersion"));
    if (!version.starts_with("1."))
        return members.invalid("imageLayoutVersion",
                               "is `" + version.substr(0, 80) + "`, only versions 1.x are read");
    return {};
}

/// Some bytes of a file, at least one.
Result<std::size_t> read_at(const os::Descriptor& file, std::uint64_t at, std::span<char> buffer,
                            const std::string& shown) {
    while (true) {
        const ssize_t count =
            ::pread(file.number(), buffer.data(), buffer.size(), static_cast<off_t>(at));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return os::fail_errno("reading " + shown, errno);
        if (count == 0) return corrupt(shown + " became shorter while it was read");
        return static_cast<std::size_t>(count);
    }
}

class FileSource final : public http::Source {
  public:
    FileSource(os::Descriptor file, std::uint64_t size, std::string shown)
        : file_(std::move(file)), size_(size), shown_(std::move(shown)) {}
    Result<std::size_t> read(char* buffer, std::size_t capacity) override {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(capacity, size_ - at_));
        const std::size_t count = TRY(read_at(file_, at_, std::span(buffer, wanted), shown_));
        at_ += count;
        return count;
    }
    bool rewind() override {
        at_ = 0;
        return true;
    }

  private:
    os::Descriptor file_;
    std::uint64_t size_, at_ = 0;
    std::string shown_;
};

}  // namespace

struct Layout::State {
    LayoutFolder folder;

    struct Found {
        oci::Digest digest;
        std::optional<oci::Descriptor> entry;  // of index.json
    };

    std::string shown(const oci::Digest& digest) const {
        return "blob `" + digest.str() + "` of `" + folder.directory() + '`';
    }
    Result<LayoutIndex> index() const;
    Result<std::string> bytes(const oci::Digest& digest, std::size_t bytes_max) const;
    Result<Found> find(const LayoutIndex& index, const ManifestName& name) const;
    Result<RawManifest> manifest(const LayoutIndex& index, const ManifestName& name) const;
    Result<bool> has(const oci::Descriptor& blob) const;
    Result<os::Descriptor> open(const oci::Descriptor& blob) const;
    Result<void> check_children(const oci::Document& document) const;
    Result<std::optional<oci::Descriptor>> referrer(const oci::Descriptor& entry,
                                                    const oci::Digest& subject) const;
};

Result<LayoutIndex> Layout::State::index() const {
    const std::string name = folder.directory() + "/index.json";
    Result<std::string> text = folder.read("index.json", oci::manifest_bytes_max);
    if (!text.has_value() && text.error().kind == Error::Kind::not_found)
        return fail(Error::Kind::invalid, "the image layout has no `index.json`", "",
                    Location{folder.directory(), 0, 0});
    return LayoutIndex::parse(name, TRY(std::move(text)));
}

/// A small blob, checked.
Result<std::string> Layout::State::bytes(const oci::Digest& digest, std::size_t bytes_max) const {
    const std::optional<LayoutFolder::Blob> blob = TRY(folder.open_blob(digest));
    if (!blob.has_value())
        return fail(Error::Kind::not_found, '`' + digest.str() + "` is not in the image layout `" +
                                                folder.directory() + '`');
    std::string bytes = TRY(os::read_regular(blob->file, shown(digest), bytes_max));
    crypto::Hasher hasher(digest.algorithm());
    hasher.update(bytes);
    if (hasher.finish() != digest.hex())
        return corrupt(shown(digest) + " has other content than its digest says");
    return bytes;
}

Result<Layout::State::Found> Layout::State::find(const LayoutIndex& index,
                                                 const ManifestName& name) const {
    if (name.is_digest()) {
        Found found{.digest = TRY(oci::Digest::parse(name.tag_or_digest)), .entry = {}};
        if (const oci::Descriptor* const entry = index.find(found.digest)) found.entry = *entry;
        return found;
    }
    std::optional<oci::Descriptor> entry;
    if (name.tag_or_digest.empty())
        entry = TRY(index.find_only());
    else
        entry = TRY(index.find_tag(name.tag_or_digest));
    if (!entry.has_value())
        return fail(Error::Kind::not_found, "tag `" + name.tag_or_digest +
                                                "` is not in the image layout `" +
                                                folder.directory() + '`');
    const oci::Digest digest = entry->digest;
    return Found{.digest = digest, .entry = std::move(entry)};
}

Result<RawManifest> Layout::State::manifest(const LayoutIndex& index,
                                            const ManifestName& name) const {
    const auto [digest, entry] = TRY(find(index, name));
    Result<std::string> read = bytes(digest, oci::manifest_bytes_max);
    if (!read.has_value() && read.error().kind == Error::Kind::not_found && entry.has_value())
        return corrupt("index.json of the image layout `" + folder.directory() + "` names " +
                       digest.str() + ", which is not in it");
    std::string text = TRY(std::move(read));
    if (entry.has_value() && entry->size != text.size())
        return corrupt(shown(digest) + " has " + std::to_string(text.size()) +
                       " bytes, index.json says " + std::to_string(entry->size));
    const oci::Document document =
        TRY(oci::parse_document(folder.directory() + '@' + digest.str(),
                                entry.has_value() ? entry->media_type : std::string(), text));
    return RawManifest{.descriptor = {.media_type = oci::media_type_of(document),
                                      .digest = digest,
                                      .size = text.size()},
                       .bytes = std::move(text)};
}

Result<bool> Layout::State::has(const oci::Descriptor& blob) const {
    const std::optional<LayoutFolder::Blob> found = TRY(folder.open_blob(blob.digest));
    // A file of another size is no such blob: it is written again.
    return found.has_value() && found->size == blob.size;
}

Result<void> Layout::State::check_children(const oci::Document& document) const {
    for (const oci::Descriptor& child : oci::children_of(document)) {
        if (oci::media_type::is_nondistributable(child.media_type) || TRY(has(child))) continue;
        return fail(Error::Kind::conflict, "the manifest names " + child.digest.str() +
                                               ", which is not in the image layout `" +
                                               folder.directory() + '`');
    }
    return {};
}

/// The descriptor of a listed manifest as listings of referrers have it, where it is one.
Result<std::optional<oci::Descriptor>> Layout::State::referrer(const oci::Descriptor& entry,
                                                               const oci::Digest& subject) const {
    const std::string text = TRY(bytes(entry.digest, oci::manifest_bytes_max));
    const oci::Document document = TRY(
        oci::parse_document(folder.directory() + '@' + entry.digest.str(), entry.media_type, text));
    const std::optional<oci::Descriptor>& about = oci::subject_of(document);
    if (!about.has_value() || about->digest != subject) return std::nullopt;
    return std::optional(oci::Descriptor{.media_type = oci::media_type_of(document),
                                         .digest = entry.digest,
                                         .size = text.size(),
                                         .artifact_type = oci::artifact_type_of(document),
                                         .annotations = oci::annotations_of(document)});
}

Layout::Layout(std::unique_ptr<State> state) : state_(std::move(state)) {}
Layout::~Layout() = default;

Result<std::unique_ptr<Layout>> Layout::open(const std::string& directory) {
    auto state = std::make_unique<State>(State{TRY(LayoutFolder::open(directory))});
    TRY(check_version(state->folder));
    return std::unique_ptr<Layout>(new Layout(std::move(state)));
}

Result<std::unique_ptr<Layout>> Layout::open_or_make(const std::string& directory) {
    TRY(LayoutFolder::make(directory));
    std::unique_ptr<Layout> layout = TRY(open(directory));
    layout->state_->folder.sweep();
    return layout;
}

std::string Layout::title() const {
    return "oci:" + state_->folder.directory();
}

std::vector<Result<RawManifest>> Layout::read_manifests(std::span<const ManifestName> names) {
    std::vector<Result<RawManifest>> manifests;
    manifests.reserve(names.size());
    const Result<LayoutIndex> index = state_->index();
    for (const ManifestName& name : names) {
        if (index.has_value())
            manifests.push_back(state_->manifest(*index, name));
        else
            manifests.emplace_back(std::unexpected<Error>(index.error()));
    }
    return manifests;
}

std::vector<Result<oci::Descriptor>> Layout::resolve(std::span<const ManifestName> names) {
    std::vector<Result<oci::Descriptor>> descriptors;
    descriptors.reserve(names.size());
    for (Result<RawManifest>& manifest : read_manifests(names)) {
        if (manifest.has_value())
            descriptors.emplace_back(std::move(manifest->descriptor));
        else
            descriptors.emplace_back(std::unexpected<Error>(std::move(manifest.error())));
    }
    return descriptors;
}

std::vector<Result<std::string>> Layout::read_blobs(std::string_view /*repository*/,
                                                    std::span<const oci::Descriptor> blobs) {
    std::vector<Result<std::string>> texts;
    texts.reserve(blobs.size());
    for (const oci::Descriptor& blob : blobs) {
        Result<std::string> text = state_->bytes(blob.digest, oci::config_bytes_max);
        if (text.has_value() && text->size() != blob.size)
            text = corrupt(state_->shown(blob.digest) + " has " + std::to_string(text->size()) +
                           " bytes, its descriptor says " + std::to_string(blob.size));
        texts.push_back(std::move(text));
    }
    return texts;
}

Result<os::Descriptor> Layout::State::open(const oci::Descriptor& blob) const {
    std::optional<LayoutFolder::Blob> found = TRY(folder.open_blob(blob.digest));
    if (!found.has_value())
        return fail(Error::Kind::not_found, shown(blob.digest) + " does not exist");
    if (found->size != blob.size)
        return corrupt(shown(blob.digest) + " has " + std::to_string(found->size) +
                       " bytes, its descriptor says " + std::to_string(blob.size));
    return std::move(found->file);
}

Result<void> Layout::read_blob(std::string_view /*repository*/, const oci::Descriptor& blob,
                               std::uint64_t from, http::Sink& sink) {
    const os::Descriptor file = TRY(state_->open(blob));
    const std::string shown = state_->shown(blob.digest);
    const auto buffer = std::make_unique_for_overwrite<char[]>(chunk_bytes);
    crypto::Hasher hasher(blob.digest.algorithm());
    for (std::uint64_t at = from; at < blob.size;) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(chunk_bytes, blob.size - at));
        const std::string_view bytes(
            buffer.get(), TRY(read_at(file, at, std::span(buffer.get(), wanted), shown)));
        at += bytes.size();
        if (from == 0) hasher.update(bytes);
        // Before the last bytes are given out: nothing is complete that was not checked.
        if (from == 0 && at == blob.size && hasher.finish() != blob.digest.hex())
            return corrupt(shown + " has other content than its digest says");
        TRY(give(sink, bytes));
    }
    return {};
}

Result<std::unique_ptr<http::Source>> Layout::open_blob(std::string_view /*repository*/,
                                                        const oci::Descriptor& blob) {
    os::Descriptor file = TRY(state_->open(blob));
    return std::make_unique<FileSource>(std::move(file), blob.size, state_->shown(blob.digest));
}

Result<bool> Layout::has_blob(std::string_view /*repository*/, const oci::Descriptor& blob) {
    return state_->has(blob);
}

Result<bool> Layout::mount_blob(std::string_view /*repository*/, const oci::Descriptor& blob,
                                std::string_view /*from_repository*/) {
    return state_->has(blob);  // a layout is one repository
}

Result<void> Layout::write_blob(std::string_view /*repository*/, const oci::Descriptor& blob,
                                http::Source& source) {
    if (TRY(state_->has(blob))) return {};
    NewFile file = TRY(state_->folder.new_blob(blob.digest));
    const auto buffer = std::make_unique_for_overwrite<char[]>(chunk_bytes);
    crypto::Hasher hasher(blob.digest.algorithm());
    while (hasher.count() < blob.size) {
        const auto wanted = static_cast<std::size_t>(
            std::min<std::uint64_t>(chunk_bytes, blob.size - hasher.count()));
        const std::string_view bytes(buffer.get(), TRY(take(source, buffer.get(), wanted)));
        hasher.update(bytes);
        TRY(file.write(bytes));
    }
    if (hasher.finish() != blob.digest.hex())
        return corrupt("what was to be " + state_->shown(blob.digest) + " has another digest");
    return file.replace(std::string(blob.digest.hex()));
}

Result<void> Layout::write_manifest(const ManifestName& name, const RawManifest& manifest,
                                    IfExists if_exists) {
    if (name.tag_or_digest.empty())
        return fail(Error::Kind::usage, "an image in a layout needs a tag or its digest",
                    "name it oci:DIR:TAG");
    const oci::Document document = TRY(oci::parse_document(
        manifest.descriptor.digest.str(), manifest.descriptor.media_type, manifest.bytes));
    crypto::Hasher hasher(manifest.descriptor.digest.algorithm());
    hasher.update(manifest.bytes);
    if (hasher.finish() != manifest.descriptor.digest.hex() ||
        (name.is_digest() && name.tag_or_digest != manifest.descriptor.digest.str()))
        return corrupt("the manifest for `" + name.tag_or_digest + "` has another digest");
    TRY(state_->check_children(document));
    oci::Descriptor entry{.media_type = oci::media_type_of(document),
                          .digest = manifest.descriptor.digest,
                          .size = manifest.bytes.size()};
    // What is about another manifest stays listed by itself, or it would not be found.
    if (oci::subject_of(document).has_value())
        entry.artifact_type = oci::artifact_type_of(document);
    const os::FileLock lock = TRY(state_->folder.lock());
    LayoutIndex index = TRY(state_->index());
    if (!name.is_digest()) {
        const std::optional<oci::Descriptor> there = TRY(index.find_tag(name.tag_or_digest));
        if (there.has_value() && there->digest != entry.digest && if_exists == IfExists::refuse)
            return fail(Error::Kind::conflict,
                        "tag `" + name.tag_or_digest + "` of the image layout `" +
                            state_->folder.directory() + "` is " + there->digest.str() + ", not " +
                            entry.digest.str());
    }
    if (!state_->bytes(entry.digest, oci::manifest_bytes_max).has_value()) {
        NewFile file = TRY(state_->folder.new_blob(entry.digest));
        TRY(file.write(manifest.bytes));
        TRY(file.replace(std::string(entry.digest.hex())));
    }
    if (name.is_digest())
        index.add(entry);
    else
        index.put_tag(name.tag_or_digest, entry);
    if (const auto* const list = std::get_if<oci::Index>(&document))
        index.remove_bare(list->manifests);
    return state_->folder.replace("index.json", TRY(index.text()));
}

Result<void> Layout::may_write(std::string_view /*repository*/) {
    const os::FileLock lock = TRY(state_->folder.lock());
    TRY(state_->folder.new_blob(oci::Digest::of("")));  // goes again, unseen
    return {};
}

Result<void> Layout::remove_manifest(const ManifestName& name) {
    const os::FileLock lock = TRY(state_->folder.lock());
    LayoutIndex index = TRY(state_->index());
    if (name.is_digest()) {
        index.remove(TRY(oci::Digest::parse(name.tag_or_digest)));
    } else {
        const std::optional<oci::Descriptor> tagged = TRY(index.find_tag(name.tag_or_digest));
        if (tagged) index.remove(tagged->digest);
    }
    return state_->folder.replace("index.json", TRY(index.text()));
}

Result<std::vector<std::string>> Layout::tags(std::string_view /*repository*/) {
    return TRY(state_->index()).tags();
}

Result<std::vector<oci::Descriptor>> Layout::referrers(std::string_view /*repository*/,
                                                       const oci::Digest& subject) {
    const LayoutIndex index = TRY(state_->index());
    std::vector<oci::Descriptor> found;
    const auto add = [&](const oci::Descriptor& entry) {
        if (std::ranges::find(found, entry.digest, &oci::Descriptor::digest) == found.end())
            found.push_back(entry);
    };
    for (const oci::Descriptor& entry : index.entries())
        if (std::optional<oci::Descriptor> one = TRY(state_->referrer(entry, subject))) add(*one);
    const std::optional<oci::Descriptor> fallback = TRY(index.find_tag(referrers_tag(subject)));
    if (!fallback.has_value()) return found;
    const std::string text = TRY(state_->bytes(fallback->digest, oci::manifest_bytes_max));
    const oci::Document document = TRY(oci::parse_document(
        state_->folder.directory() + ':' + referrers_tag(subject), fallback->media_type, text));
    if (const auto* const list = std::get_if<oci::Index>(&document))
        for (const oci::Descriptor& entry : list->manifests) add(entry);
    return found;
}

}  // namespace lockstep::images
