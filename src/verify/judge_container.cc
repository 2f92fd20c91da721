#include "verify/judge_container.h"

#include <algorithm>
#include <optional>

#include "base/backticks.h"
#include "oci/reference.h"

namespace lockstep::verify {

namespace {

using evidence::Release;
using evidence::SeenContainer;
using evidence::SeenPod;
using State = RunningImage::State;
using enum DeployedVerdict;

std::string counted(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

template <typename T>
void add_once(std::vector<T>& values, const T& value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

/// What is expected of one container.
struct Wanted {
    const Release* release = nullptr;  // null: nothing can be expected
    std::string by;
    std::string digest;    // that the declaration pins; empty: none
    std::string mismatch;  // what the declaration itself says wrong
    std::string reason;    // why nothing can be expected
};

class ContainerJudge {
  public:
    ContainerJudge(const ExpectedProject& project, const WorkloadPods& workload,
                   JudgedContainer& judged)
        : project_(project), images_(*project.images), workload_(workload), judged_(judged) {}

    void judge() {
        const oci::Parts parts = oci::split(judged_.declared);
        name_ = full_image_name(parts.name);
        wanted_ = expect(parts);
        if (wanted_.release != nullptr) judged_.expected = wanted_.release->tag;
        judged_.expected_by = wanted_.by;
        collect();
        for (RunningImage& image : judged_.running) judge(image);
        std::ranges::stable_sort(judged_.running, [](const auto& a, const auto& b) {
            return (a.state == State::right) < (b.state == State::right);
        });
        decide();
    }

  private:
    Wanted expect(const oci::Parts& parts) const {
        const Release* const declared = images_.release_of(name_, parts.tag);
        Wanted wanted = {.by = "declared", .digest = std::string(parts.digest)};
        if (project_.release != nullptr && images_.about(name_, *project_.release).is_release) {
            wanted.release = project_.release;
            wanted.by = "asked for";
            // What floats declares no other release: what runs decides.
            if (declared != project_.release && images_.background().product().read(parts.tag))
                wanted.mismatch = "declares " + in_backticks(parts.tag);
        } else if (declared != nullptr) {
            wanted.release = declared;
        } else if (const auto pinned = images_.find(name_, parts.digest);
                   !parts.digest.empty() && parts.tag.empty()) {
            if (!pinned.empty()) wanted.release = pinned.front()->release;
            wanted.reason = "it is pinned to a digest that is no known release";
        } else if (images_.background().product().read(parts.tag)) {
            wanted.reason = in_backticks(parts.tag) + " is no release of " + project_.name;
        } else {
            wanted.release = images_.newest(name_);
            wanted.by = "newest release";
            wanted.reason = "no release of " + project_.name + " has this image";
        }
        return wanted;
    }

    /// The digests that run, each with its pods.
    void collect() {
        for (const SeenPod* const pod : workload_.pods) {
            for (const SeenContainer& container : pod->containers) {
                if (container.kind != judged_.kind || container.name != judged_.name) continue;
                auto at =
                    std::ranges::find(judged_.running, container.image_id, &RunningImage::image_id);
                if (at == judged_.running.end()) {
                    judged_.running.push_back(
                        {.id = read_image_id(container.image_id), .image_id = container.image_id});
                    at = std::prev(judged_.running.end());
                }
                at->pods.push_back(pod->name);
                if (!pod->revision.empty()) add_once(at->revisions, pod->revision);
            }
        }
    }

    void judge(RunningImage& image) const {
        using enum ImageId::Kind;
        if (image.id.kind == none) {
            image.reason = "the runtime reports no image yet";
            return;
        }
        if (image.id.kind == strange) {
            image.reason =
                "the runtime reports " + in_backticks(image.image_id) + ", which is no digest";
            return;
        }
        const auto known = images_.find(name_, image.id.digest);
        for (const KnownImage* const one : known) add_once(image.releases, one->release->tag);
        const auto right = std::ranges::find(known, wanted_.release, &KnownImage::release);
        if (const KnownImage* const shown = right != known.end() ? *right
                                            : known.empty()      ? nullptr
                                                                 : known.front()) {
            image.platform = shown->platform;
            image.known_by = to_string(shown->by);
        }
        if (wanted_.release == nullptr) {
            image.reason = wanted_.reason;
        } else if (right != known.end()) {
            image.state = State::right;
            check_pin(image, known);
        } else {
            judge_other(image, !known.empty());
        }
    }

    /// A pinned digest must be what runs, or of the same image: the index of what runs, or a
    /// platform below what the runtime reports.
    void check_pin(RunningImage& image, const std::vector<const KnownImage*>& known) const {
        if (wanted_.digest.empty() || wanted_.digest == image.id.digest) return;
        const auto pinned = images_.find(name_, wanted_.digest);
        const bool is_same_image = std::ranges::any_of(pinned, [&](const KnownImage* pin) {
            return std::ranges::any_of(known, [&](const KnownImage* one) {
                return one->reference == pin->reference &&
                       (pin->platform.empty() || one->platform.empty() ||
                        pin->platform == one->platform);
            });
        });
        if (is_same_image) return;
        image.state = State::unknown_digest;
        image.reason = "it is pinned to " + wanted_.digest;
    }

    /// A digest that is not known as the expected release's.
    void judge_other(RunningImage& image, bool is_known) const {
        const KnownImages::Knowledge knowledge = images_.about(name_, *wanted_.release);
        if (!knowledge.is_complete) {
            image.reason = "which digests " + in_backticks(wanted_.release->tag) +
                           " has is not known: " + knowledge.reason;
        } else if (is_known) {
            image.state = State::other_release;
        } else if (image.id.kind == ImageId::Kind::config) {
            image.reason = "the runtime reports an image id, which cannot be told from " +
                           in_backticks(wanted_.release->tag) + "'s";
        } else {
            image.state = State::unknown_digest;
        }
    }

    std::size_t pods_in(State state) const {
        std::size_t count = 0;
        for (const RunningImage& image : judged_.running)
            if (image.state == state) count += image.pods.size();
        return count;
    }

    void decide() {
        const std::size_t right = pods_in(State::right), other = pods_in(State::other_release),
                          unknown = pods_in(State::unknown_digest),
                          unchecked_pods = pods_in(State::unchecked);
        const std::size_t wrong = other + unknown;
        if (!wanted_.mismatch.empty())
            conclude(drifted, wanted_.mismatch,
                     "apply the manifests of " + in_backticks(judged_.expected));
        else if (wrong > 0 && right > 0)
            conclude(mixed, described_mix(right, wrong), {});
        else if (other > 0)
            conclude(drifted, running_others(), "restart its pods, or apply the manifests again");
        else if (unknown > 0)
            conclude(unknown_digest, "runs what is no known release", hint_of_unknown());
        else if (unchecked_pods > 0 || wanted_.release == nullptr)
            conclude(DeployedVerdict::unchecked, first_reason(), {});
        else
            decide_by_count(right);
    }

    /// All that run are right: whether they are all that should.
    void decide_by_count(std::size_t right) {
        const auto pods = workload_.workload == nullptr ? std::nullopt : workload_.workload->pods;
        const bool is_ephemeral = judged_.kind == evidence::ContainerKind::ephemeral;
        if (pods && !is_ephemeral &&
            static_cast<std::size_t>(std::max<std::int64_t>(*pods, 0)) > right)
            conclude(DeployedVerdict::unchecked,
                     std::to_string(right) + " of " +
                         counted(static_cast<std::size_t>(*pods), "pod") +
                         (right == 1 ? " is there" : " are there"),
                     {});
        else
            judged_.verdict = right == 0 ? idle : in_lockstep;
    }

    void conclude(DeployedVerdict verdict, std::string reason, std::string hint) {
        judged_.verdict = verdict;
        judged_.reason = std::move(reason);
        judged_.hint = std::move(hint);
    }

    std::string described_mix(std::size_t right, std::size_t wrong) const {
        std::vector<std::string> of_right, of_wrong;
        for (const RunningImage& image : judged_.running)
            for (const std::string& revision : image.revisions)
                add_once(image.state == State::right ? of_right : of_wrong, revision);
        const bool is_rolling =
            !of_wrong.empty() && std::ranges::none_of(of_wrong, [&](const std::string& revision) {
                return std::ranges::find(of_right, revision) != of_right.end();
            });
        return std::to_string(right) + " of " + counted(right + wrong, "pod") + " run " +
               in_backticks(judged_.expected) +
               (is_rolling ? ": it is rolling out"
                           : ", from the same template: its tag has moved between pulls");
    }

    std::string running_others() const {
        std::vector<std::string> releases;
        for (const RunningImage& image : judged_.running)
            if (image.state == State::other_release) add_once(releases, image.releases.front());
        std::string text;
        for (const std::string& release : releases)
            text += (text.empty() ? "" : ", ") + in_backticks(release);
        return "runs " + text;
    }

    std::string hint_of_unknown() const {
        return "see what it is: lockstep image inspect " + name_ + "@" +
               judged_.running.front().id.digest;
    }

    std::string first_reason() const {
        for (const RunningImage& image : judged_.running)
            if (!image.reason.empty()) return image.reason;
        return wanted_.reason;
    }

    const ExpectedProject& project_;
    const KnownImages& images_;
    const WorkloadPods& workload_;
    JudgedContainer& judged_;
    std::string name_;
    Wanted wanted_;
};

}  // namespace

std::string full_image_name(std::string_view name) {
    const auto reference = oci::Reference::parse(name);
    return reference ? reference->registry() + "/" + reference->path() : std::string(name);
}

void judge_container(const ExpectedProject& project, const WorkloadPods& workload,
                     JudgedContainer& judged) {
    ContainerJudge(project, workload, judged).judge();
}

}  // namespace lockstep::verify
