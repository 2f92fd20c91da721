#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "changes/difference.h"
#include "changes/identity.h"
#include "changes/objects.h"
#include "changes/release_notes.h"
#include "changes/severity.h"

/// What an upgrade does, as a value: nothing in it borrows.
namespace lockstep::changes {

/// Why a field is counted and not shown: it changes with every release and says nothing new.
enum class Fold : std::uint8_t {
    none,
    version_label,  // app.kubernetes.io/version, helm.sh/chart, …: labels that repeat the version
    image,          // the same step of the same image, shown at another object
    generated_name,  // a reference to a ConfigMap or Secret by its hashed name, and that name
    checksum,        // an annotation that holds a hash of something else
};
std::string_view to_string(Fold fold);

/// A field that changed. Texts are cut behind a kilobyte; what a Secret holds is not in them.
struct Field {
    FieldChange::Kind kind = FieldChange::Kind::changed;
    std::string path;
    std::string before, after;  // empty where there is none
    std::vector<std::string>
        lines;                   // of two texts of several lines: those that differ, "-old", "+new"
    std::optional<Location> at;  // what decided the new value, in the tree of the new revision
    Fold fold = Fold::none;
    bool is_explained = false;  // an effect says what it means
};

/// What a change means to whoever applies it.
struct Effect {
    Severity severity = Severity::info;
    std::string_view rule;      // "immutable-field": see rules.h
    std::string field;          // empty: the object as a whole
    std::string before, after;  // empty where there is none
    std::string why;            // a sentence without its period
    std::string advice;         // what to do; may be empty
};

/// One object that differs.
struct Change {
    ObjectChange::Kind kind = ObjectChange::Kind::changed;
    Identity before, after;          // of `added` and `removed` the one that there is, twice
    std::vector<std::string> roots;  // entry points in which it differs in the same way
    std::vector<Field> fields;       // of `changed`
    std::vector<Effect> effects;     // heaviest first

    Severity severity() const {
        return effects.empty() ? Severity::info : effects.front().severity;
    }
};

/// One entry point.
struct Root {
    enum class State : std::uint8_t { missing, found, unknown };

    std::string root;  // "" is the root of the tree
    State before = State::missing, after = State::missing;
    std::string reason;         // of the first that is `unknown`
    std::size_t unchanged = 0;  // objects
    bool is_compared() const { return before == State::found && after == State::found; }
};

/// One end of the upgrade.
struct Side {
    std::string name;  // the tag, else as it was asked for
    std::string commit;
    std::int64_t time = 0;  // seconds since 1970 UTC
};

/// A chart's values. Templates are not rendered.
struct ChartChange {
    std::string path;
    bool is_added = false, is_removed = false;
    std::string reason;         // why its values could not be compared; empty: they were
    std::vector<Field> fields;  // of values.yaml, and of Chart.yaml
};

struct Upgrade {
    std::string project;
    bool is_image_unknown = false;  // registries were asked, and did not tell of every image
    Side from, to;
    std::vector<std::string> notices;
    std::vector<Root> roots;
    std::vector<Change> changes;  // heaviest first, then by kind and name
    std::string kubernetes;       // "1.31": the cluster's version; empty: not named
    /// Objects that are as before and name an API version that this cluster does not serve or soon
    /// will not: `object` is theirs, `roots` where.
    struct Unserved {
        Identity object;
        std::vector<std::string> roots;
        Effect effect;
    };
    std::vector<Unserved> unserved;
    std::vector<Effect> effects;      // of entry points; heaviest first
    std::vector<VersionNotes> notes;  // of every version on the path, newest first
    std::vector<ChartChange> charts;  // that differ, or could not be compared
};

/// The heaviest effect; nothing where nothing differs.
std::optional<Severity> severity_of(const Upgrade& upgrade);
/// Whether something could not be compared.
bool is_partial(const Upgrade& upgrade);

}  // namespace lockstep::changes
