#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/value.h"
#include "oci/manifest.h"

namespace lockstep::images {

/// The index.json of an image layout: which manifests it has, and by which tags. What others wrote
/// into it is kept as it is.
class LayoutIndex {
  public:
    /// At most `oci::manifest_bytes_max`. `name` is for messages.
    static Result<LayoutIndex> parse(std::string name, std::string_view text);

    const std::vector<oci::Descriptor>& entries() const { return index_.manifests; }
    /// The entry under a tag. One whose annotation is the tag itself goes before one whose
    /// annotation is a whole reference. Nothing where there is none; `invalid` where several
    /// manifests share it.
    Result<std::optional<oci::Descriptor>> find_tag(std::string_view tag) const;
    /// The only manifest that is listed, under whatever names. `not_found` where none is; `usage`
    /// where there are several, with their tags.
    Result<oci::Descriptor> find_only() const;
    /// The entry of that digest; nullptr where there is none.
    const oci::Descriptor* find(const oci::Digest& digest) const;
    /// Sorted by bytes, each once.
    std::vector<std::string> tags() const;

    /// Puts `tag` on a manifest, in place of what had it. An entry without a name for the same
    /// manifest goes: it is named now.
    void put_tag(std::string_view tag, const oci::Descriptor& manifest);
    /// Adds an entry without a name, unless the manifest has one.
    void add(const oci::Descriptor& manifest);
    /// Removes the entries that say nothing but that these exist: what reaches them is listed.
    void remove_bare(const std::vector<oci::Descriptor>& manifests);

    /// Removes every entry of a manifest, whatever names it has.
    void remove(const oci::Digest& digest);
    /// `invalid` where it has become larger than what is read again.
    Result<std::string> text() const;

  private:
    LayoutIndex(std::string name, json::Value document, oci::Index index)
        : name_(std::move(name)), document_(std::move(document)), index_(std::move(index)) {}
    void append(const oci::Descriptor& manifest, std::string_view tag);
    template <typename Goes>
    void remove_if(Goes goes);

    std::string name_;
    json::Value document_;
    oci::Index index_;  // the same, entry by entry
};

}  // namespace lockstep::images
