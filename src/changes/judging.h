#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "changes/kubernetes_version.h"
#include "changes/objects.h"
#include "changes/rules.h"
#include "changes/upgrade.h"

namespace lockstep::changes {

/// One object under judgement: what is said of it goes to `change`. Borrows both.
class Judging {
  public:
    /// `change.fields` has one for each of `object.fields`, in their order.
    Judging(const ObjectChange& object, std::optional<KubernetesVersion> target, Change& change)
        : object_(object), target_(target), change_(change) {}

    const ObjectChange& object() const { return object_; }
    const Identity& id() const { return object_.id(); }
    /// The cluster's version, where it was named.
    std::optional<KubernetesVersion> target() const { return target_; }
    bool is(std::string_view group, std::string_view kind) const {
        return id().group == group && id().kind == kind;
    }

    struct Words {
        std::string why;          // a sentence without its period
        std::string advice = {};  // empty: the rule's
        std::string field = {};
        std::string before = {}, after = {};
    };
    /// Of the object as a whole, or of something that no one field says.
    void add(Rule rule, Words words);
    /// Of one of the object's fields, which then is explained. A heavier effect on the same field,
    /// if it is there already, is enough.
    void add(Rule rule, const FieldChange& field, std::string why, std::string advice = {});
    /// Every field below `fields` is explained by what was added.
    void explain(const std::vector<std::string_view>& fields);

  private:
    const ObjectChange& object_;
    std::optional<KubernetesVersion> target_;
    Change& change_;
};

// The judges, each in the file of its name; they look at what they know and leave the rest alone.
void judge_immutable(Judging& judging);
void judge_api_version(Judging& judging);
void judge_definition(Judging& judging);
void judge_access(Judging& judging);
void judge_pods(Judging& judging);
void judge_effects_of_fields(Judging& judging);

}  // namespace lockstep::changes
