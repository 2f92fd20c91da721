#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "version/version.h"

namespace lockstep::verify {

/// `independent`, of a declaration only: it has versions and tags of its own (a chart) and is
/// judged at those.
enum class Verdict : std::uint8_t { consistent, absent, independent, floating, unchecked, drifted };
const char* to_string(Verdict verdict);

/// The kind of difference between what is declared and what was expected.
enum class Fault : std::uint8_t {
    none,
    previous_version,  // the release just before
    older,
    newer,
    pre_release,        // a pre-release in a final release
    floating,           // no tag, `latest`, a branch, anything that is no version
    missing_prefix,     // 1.2.3 where the surface writes v1.2.3
    doubled_prefix,     // vv1.2.3
    unexpected_prefix,  // v1.2.3 where the surface writes 1.2.3
    other_registry,     // the right version under another registry or repository
    placeholder,        // never changes over the history: not meant to be the version
    intended,           // floats, and the configuration says that it may
    independent,        // versions of its own
    digest_only,        // pinned by digest alone: offline no version to compare
    same_digest,        // the right version, with the digest that a former release declares
    not_rendered,       // could not be read
    image_missing,      // no such image in its registry
    platform_missing,   // an image without a platform that the one before has
    other_digest,       // pinned to another digest than its tag resolves to
    other_revision,     // the image says that it was built from another commit
    other_version,      // the image says that it is another version
    no_label,           // the image lacks a label that the configuration requires
    retired_registry,   // declared where nothing new arrives, or nothing is any more
    moved_tag,          // not what was recorded
    moved_image,        // its reference names another digest than the recorded one
    changed_manifest,   // renders to other bytes than the recorded ones
    gone,               // was recorded, and is not there
};
/// "previous-version", …: as in reports.
const char* to_string(Fault fault);

enum class Severity : std::uint8_t { note, warning, error };
const char* to_string(Severity severity);

struct Rule;

/// A declaration of one of the project's own images or versions, judged. What is wrong with it is
/// put into words where it is shown (see finding.h): a history may hold one for each tag.
struct Judged {
    const manifest::Declaration* declaration = nullptr;  // lives in the History that was judged
    Verdict verdict = Verdict::unchecked;
    Fault fault = Fault::none;
    Severity severity = Severity::note;  // of breaking `rule`
    bool is_released = true;     // what is declared is one of the releases, or nobody can tell
    std::string expected;        // as it should be written here ("v1.2.3", "1.2.3"); empty where
                                 // nothing is expected
    const Rule* rule = nullptr;  // that it breaks; null: there is nothing to mend
};

/// Something of a release that could not be read.
struct Unread {
    const manifest::Gap* gap = nullptr;  // lives in the History
    Severity severity = Severity::note;
    std::uint32_t place = 0;  // how many of the release's declarations stand before it
};

/// What is known of an image against the release that its reference names.
enum class ImageState : std::uint8_t {
    proved,      // every platform says that it was built from the release's commit
    not_proved,  // it is there, and nothing contradicts; see `JudgedImage::reason`
    unchecked,   // nobody asked, or nobody answered
    missing,     // certainly not there
    wrong,       // it contradicts the release
};
/// "proved", "not-proved", …: as in reports.
const char* to_string(ImageState state);

/// What is wrong with an image or with the way it is named.
struct ImageFault {
    Fault fault = Fault::none;
    Severity severity = Severity::note;
    const Rule* rule = nullptr;
    std::string found;     // the digest, label or platforms at fault
    std::string expected;  // instead; may be empty
    std::string detail;    // what people must know besides; may be empty
};

/// One of the project's own images that a release declares, held against its registry.
struct JudgedImage {
    std::vector<const manifest::Declaration*> places;  // that declare it; never empty
    std::string reference;  // "registry.example.com/kite/kite:v1.2.3", with its digest if pinned
    ImageState state = ImageState::unchecked;
    const evidence::SeenImage* seen = nullptr;  // what is pulled; null where nothing is known of it
    std::string reason;              // what proves it, or why it is not proved or not checked
    std::vector<ImageFault> faults;  // those whose rule is not off
};

/// What the record of a release says against what is there now.
enum class RecordState : std::uint8_t {
    same,       // all that is recorded is as it was
    unchecked,  // nothing differs, and something could not be looked at
    differs,
};
/// "same", "unchecked", "differs": as in reports.
const char* to_string(RecordState state);

/// Something that is no longer as it was recorded, or that could not be looked at
/// (Fault::not_rendered).
struct RecordFault {
    enum class About : std::uint8_t { record, tag, image, chart, manifest };

    Fault fault = Fault::none;
    Severity severity = Severity::note;
    const Rule* rule = nullptr;
    About about = About::record;
    std::string name;      // the tag, the reference, the root
    std::string found;     // now; empty: nothing
    std::string expected;  // as recorded
    std::string detail;    // what people must know besides; may be empty
};

/// A recorded image or chart that nobody could be asked about.
struct UnaskedRecord {
    std::string reference;
    std::string reason;
};

/// The record of a release, judged.
struct JudgedRecord {
    const evidence::SeenRecord* seen = nullptr;  // lives in the History
    RecordState state = RecordState::same;
    std::vector<RecordFault> faults;       // those whose rule is not off
    std::vector<UnaskedRecord> unchecked;  // by reference
};

/// The judgement of one release.
struct ReleaseVerdict {
    const evidence::Release* release = nullptr;
    Verdict verdict = Verdict::absent;  // never `independent`
    std::vector<Judged> declarations;
    std::vector<Unread> unread;
    std::vector<JudgedImage> images;     // by first place of declaration
    std::optional<JudgedRecord> record;  // nothing: there is none, or nobody looked
    /// The version that a release without one was judged by: the newest that its own images name.
    std::shared_ptr<const version::Version> spoken;
};

/// The judgement of a history (or of a single release: then of length one).
struct Audit {
    const evidence::History* history = nullptr;
    std::vector<ReleaseVerdict> releases;     // as in the history, oldest first
    std::vector<manifest::Surface> surfaces;  // that were asked for; empty: all
    std::vector<std::string> own_images;      // what was taken for the project's own
    std::vector<std::string> assumptions;  // said to people: what discovery assumed, and from what
    bool asked_registries = false;         // for at least one image
};

/// 0 consistent; 1 findings (warning or error); 3 something could not be checked, or nothing was
/// there to check, and nothing worse was found.
int exit_status(const Audit& audit);

}  // namespace lockstep::verify
