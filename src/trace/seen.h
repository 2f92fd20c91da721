#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "trace/statement.h"

namespace lockstep::trace {

/// What is traced: an argument that was understood.
struct Subject {
    enum class Kind : std::uint8_t { image, tag, commit };

    Kind kind = Kind::image;
    std::string text;       // as the user wrote it
    std::string reference;  // of an image: "registry/path[:tag][@digest]"; empty for a bare digest
    std::string digest;     // of an image, where it is named by one
    std::string release;    // of a tag: the Git tag
    std::string commit;     // of a commit: whole

    bool operator==(const Subject&) const = default;
};

/// Something that says that it is about an image.
struct Attachment {
    enum class Kind : std::uint8_t { signature, attestation, other };
    enum class Form : std::uint8_t {
        referrer,    // OCI 1.1: by the referrers API or its fallback tag
        cosign_tag,  // "sha256-….sig", "sha256-….att" in the same repository
        buildkit,    // an attestation manifest in the index
    };

    Kind kind = Kind::other;
    Form form = Form::referrer;
    std::string name;            // its digest, or its tag
    std::string subject;         // the digest that it hangs on: the image's, or a platform's
    std::string type;            // artifact type or media type
    std::size_t signatures = 0;  // that it holds
    std::optional<Statement> statement;
    std::string reason;  // why it could not be read; empty: it could

    bool operator==(const Attachment&) const = default;
};

/// One image, as its registry and what answers in its place show it.
struct TracedImage {
    std::string reference;     // that was asked for, with registry and path in full
    std::string name;          // without tag and digest
    evidence::SeenImage seen;  // `unknown` without a reason: nobody was to be asked
    /// Tags of the repository that stand for this image now, or for an index that holds it.
    std::vector<std::string> tags;
    std::string tags_unknown;  // why not all of them are known; empty: they are
    std::vector<Attachment> attachments;
    std::string attachments_unknown;  // as `tags_unknown`
};

/// Who made a commit, and what it is about.
struct SeenAuthor {
    std::string author, subject;
    std::int64_t time = 0;
};

/// All that was gathered for one page.
struct Seen {
    Subject subject;
    bool offline = false;  // registries and remotes were not to be asked
    bool has_repository = false;
    /// Whether all records were looked for that the releases could have.
    enum class Records : std::uint8_t { known, unasked, unknown };
    Records records = Records::known;
    std::string records_reason;  // why not
    /// With every release of the project judged, their records, what the images that are traced
    /// hold, the commits that they and their attestations name, and the parents of the release.
    evidence::History history;
    /// The release on the page, and why that one; empty: none is known.
    std::string release, release_reason;
    bool is_release_proved = false;             // a record or Git says so, not a name or a label
    std::map<std::string, SeenAuthor> authors;  // by commit
    std::vector<TracedImage> images;
    std::string changelog;          // its path in the release's tree; empty: there is none
    std::string changelog_text;     // as it is there
    std::string changelog_unknown;  // why it could not be read
};

}  // namespace lockstep::trace
