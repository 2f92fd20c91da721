#include "version/discover.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/check.h"
#include "version/style.h"
#include "version/words.h"

namespace lockstep::version {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t tag_limit = 200;  // leaves room for "{version}" in a pattern

bool has_word(const Words& words, std::initializer_list<std::string_view> wanted) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
    });
}

bool says_merge(const Words& words) {
    return has_word(words, {"merge", "pr", "pull"});
}

bool says_chart(const Words& words) {
    return has_word(words, {"chart", "charts", "helm"});
}

bool says_development(const Words& words) {
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return is_development_word(leading_letters(word));
    });
}

bool is_plain(std::string_view prefix) {
    return prefix.find_first_not_of("vV") == std::string_view::npos;
}

/// A tag that names a version, taken apart; or the reason why it names none.
struct Reading {
    std::optional<Written> written;
    std::string reason;
};

Reading noise(std::string reason) {
    return {std::nullopt, std::move(reason)};
}

/// "v1", "7-rc1": versions of one number, which only say something beside their like.
std::optional<Written> read_single_number(std::string_view tag) {
    const std::size_t digits = std::min(tag.find_first_not_of("vV"), tag.size());
    const std::string_view rest = tag.substr(digits);
    Result<Version> version = Version::parse(rest);
    if (!version.has_value() || version->number_count() != 1) return std::nullopt;
    if (version->major() >= 1'000'000) return std::nullopt;  // a date or a build number
    if (version->is_prerelease() && !leads_up(version->prerelease())) return std::nullopt;
    return Written{std::string(tag.substr(0, digits)), *std::move(version), {}};
}

Reading read_version(Written written) {
    const Words around = words_of(written.prefix);
    const bool is_path = written.prefix.find('/') != std::string::npos;  // "test/v1.2.3": a module
    if (says_merge(around)) return noise("merge");
    if (!is_path && says_development(around)) return noise("test");
    const Words ahead = words_of(written.version.prerelease());
    if (says_development(ahead)) return noise("test");
    if (std::any_of(ahead.begin(), ahead.end(), [](auto& word) { return is_commit_id(word); }))
        return noise("build of a commit");
    const std::vector<std::uint64_t> numbers = written.version.numbers();
    if (std::all_of(numbers.begin(), numbers.end(), [](auto number) { return number == 0; }))
        return noise("no version: all its numbers are 0");
    return {std::move(written), {}};
}

Reading read_tag(std::string_view tag) {
    if (tag.size() > tag_limit) return noise("no version");
    if (is_floating(tag)) return noise("moving");
    if (std::optional<Written> written = read_written(tag))
        return read_version(*std::move(written));
    if (std::optional<Written> written = read_single_number(tag))
        return read_version(*std::move(written));
    const Words words = words_of(tag);
    if (says_merge(words)) return noise("merge");
    return noise(says_development(words) ? "test" : "no version");
}

/// "descheduler-helm-chart" of "descheduler-helm-chart-v".
std::string component_of(std::string_view prefix) {
    std::size_t size = prefix.size();
    while (size > 0 && (prefix[size - 1] == 'v' || prefix[size - 1] == 'V')) --size;
    if (size > 0 && (is_letter(prefix[size - 1]) || is_digit(prefix[size - 1])))
        size = prefix.size();  // the "v" ended a word
    while (size > 0 && !is_letter(prefix[size - 1]) && !is_digit(prefix[size - 1])) --size;
    return std::string(prefix.substr(0, size));
}

/// Mostly they are in order: by name, as git lists them, or by version from an earlier step.
template <class Less>
void sort_members(std::vector<Family::Member>& members, const Less& less) {
    if (!std::is_sorted(members.begin(), members.end(), less))
        std::sort(members.begin(), members.end(), less);
}

class Sorting {
  public:
    Sorting(std::span<const TagFact> tags, std::string_view project)
        : tags_(tags), project_(lower(project)) {}

    Discovery run() &&;

  private:
    struct Key {
        std::string prefix, suffix;
        auto operator<=>(const Key&) const = default;
    };

    void gather();
    void drop_variants();
    void drop(std::size_t tag, std::string reason) { reasons_[tag] = std::move(reason); }
    Family make_family(const Key& key, std::vector<Family::Member> members) const;
    Family take_plain();
    void drop_short(std::vector<Family::Member>& members);
    bool is_same_commit(const Family::Member& a, const Family::Member& b) const;
    void drop_doubles(std::vector<Family::Member>& members, std::string_view usual);
    std::string reason_of_double(const Family::Member& other, const Family::Member& kept) const;
    bool succeeds(const Family& family, const Family& plain) const;
    bool is_named_for_project(const Family& family) const;
    std::vector<Family> choose_products(std::vector<Family>& families) const;
    std::string prefix_of(const Family::Member& member) const;

    std::span<const TagFact> tags_;
    std::string project_;
    std::map<Key, std::vector<Family::Member>> families_;
    std::map<std::size_t, std::string> reasons_;
};

void Sorting::gather() {
    for (std::size_t tag = 0; tag < tags_.size(); ++tag) {
        Reading reading = read_tag(tags_[tag].name);
        if (!reading.written) {
            drop(tag, std::move(reading.reason));
            continue;
        }
        Written& written = *reading.written;
        families_[{std::move(written.prefix), std::move(written.suffix)}].push_back(
            {tag, std::move(written.version)});
    }
}

/// A suffix makes a family only where it is how most of the tags with its prefix are written.
void Sorting::drop_variants() {
    std::map<std::string, std::size_t> largest;
    for (const auto& [key, members] : families_) {
        const std::size_t size = members.size() + (key.suffix.empty() ? 1 : 0);
        largest[key.prefix] = std::max(largest[key.prefix], size);
    }
    for (auto at = families_.begin(); at != families_.end();) {
        const auto& [key, members] = *at;
        if (key.suffix.empty() || (members.size() >= 2 && members.size() == largest[key.prefix])) {
            ++at;
            continue;
        }
        for (const Family::Member& member : members)
            drop(member.tag, "variant: `" + key.suffix + "` is no pre-release");
        at = families_.erase(at);
    }
}

std::string Sorting::prefix_of(const Family::Member& member) const {
    const std::string_view name = tags_[member.tag].name;
    return std::string(name.substr(0, std::min(name.find_first_not_of("vV"), name.size())));
}

Family Sorting::make_family(const Key& key, std::vector<Family::Member> members) const {
    sort_members(members, [&](const Family::Member& a, const Family::Member& b) {
        if (const auto order = a.version <=> b.version; order != 0) return order < 0;
        const TagFact& tag = tags_[a.tag];
        const TagFact& other = tags_[b.tag];
        return std::tie(tag.time, tag.name) < std::tie(other.time, other.name);
    });
    const Result<TagPattern> pattern = TagPattern::parse(key.prefix + "{version}" + key.suffix);
    CHECK(pattern.has_value());  // braces and long texts are no versions
    return {*pattern, component_of(key.prefix), says_chart(words_of(key.prefix)),
            std::move(members)};
}

/// Tags of fewer numbers than their like: "v1" and "v1.2" beside v1.2.3 are moved along.
void Sorting::drop_short(std::vector<Family::Member>& members) {
    const auto count = [](const Family::Member& member) { return member.version.number_count(); };
    const auto is_single = [&](const Family::Member& member) { return count(member) == 1; };
    const auto is_short = [&](const Family::Member& member) { return count(member) <= 2; };
    if (std::all_of(members.begin(), members.end(), is_single) ||
        std::none_of(members.begin(), members.end(), is_short))
        return;
    std::set<std::uint64_t> majors;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<std::string_view>>
        commits;  // of "1.2.N"
    for (const Family::Member& member : members) {
        const Version& version = member.version;
        if (count(member) >= 2) majors.insert(version.major());
        if (count(member) >= 3)
            commits[{version.major(), version.minor()}].emplace_back(tags_[member.tag].commit);
    }
    std::erase_if(members, [&](const Family::Member& member) {
        const Version& version = member.version;
        if (count(member) == 1) {
            drop(member.tag, majors.contains(version.major()) ? "moving" : "no version");
            return true;
        }
        if (count(member) != 2 || version.is_prerelease()) return false;
        const auto longer = commits.find({version.major(), version.minor()});
        if (longer == commits.end()) return false;
        const std::string_view commit = tags_[member.tag].commit;
        const bool follows =
            !commit.empty() &&
            std::find(longer->second.begin(), longer->second.end(), commit) != longer->second.end();
        if (follows) drop(member.tag, "moving");
        return follows;
    });
}

std::string Sorting::reason_of_double(const Family::Member& other,
                                      const Family::Member& kept) const {
    const std::string name(tags_[kept.tag].name);
    if (is_same_commit(other, kept)) return "twin of " + name;
    if (other.version.number_count() < kept.version.number_count()) return "moving";
    return "stray: " + name + " is the same version at another commit";
}

bool Sorting::is_same_commit(const Family::Member& a, const Family::Member& b) const {
    return !tags_[a.tag].commit.empty() && tags_[a.tag].commit == tags_[b.tag].commit;
}

/// Each version once: in the usual writing, with the most numbers. Builds of a version
/// ("v1.2.3+k3s1", "v1.2.3+k3s2") are releases of their own, unless the version without a build is
/// at the same commit.
void Sorting::drop_doubles(std::vector<Family::Member>& members, std::string_view usual) {
    const auto rank = [&](const Family::Member& member) {
        return std::pair(prefix_of(member) == usual, member.version.number_count());
    };
    sort_members(members, [&](const Family::Member& a, const Family::Member& b) {
        if (const auto order = a.version <=> b.version; order != 0) return order < 0;
        const int builds = a.version.build().compare(b.version.build());
        return builds != 0 ? builds < 0 : rank(a) > rank(b);
    });
    std::vector<Family::Member> kept;
    kept.reserve(members.size());
    std::size_t bare = 0;  // the last one kept that has no build
    for (Family::Member& member : members) {
        const std::string_view build = member.version.build();
        const auto is_like = [&](std::size_t at) {
            return at < kept.size() && kept[at].version == member.version;
        };
        if (is_like(kept.size() - 1) && kept.back().version.build() == build) {
            drop(member.tag, reason_of_double(member, kept.back()));
        } else if (is_like(bare) && is_same_commit(member, kept[bare])) {
            drop(member.tag, reason_of_double(member, kept[bare]));
        } else {
            if (build.empty()) bare = kept.size();
            kept.push_back(std::move(member));
        }
    }
    members = std::move(kept);
}

/// Takes "v{version}" and "{version}" out of the families, as one; without members where there are
/// none.
Family Sorting::take_plain() {
    std::vector<Family::Member> members;
    Key usual;
    std::size_t most = 0;
    for (auto at = families_.begin(); at != families_.end();) {
        if (!is_plain(at->first.prefix)) {
            ++at;
            continue;
        }
        // of as many, "v{version}", which sorts last
        if (at->second.size() >= most) {
            most = at->second.size();
            usual = at->first;
        }
        std::move(at->second.begin(), at->second.end(), std::back_inserter(members));
        at = families_.erase(at);
    }
    drop_short(members);
    drop_doubles(members, usual.prefix);
    return make_family(usual, std::move(members));
}

bool Sorting::is_named_for_project(const Family& family) const {
    const std::string component = lower(family.component);
    const std::string last = component.substr(component.rfind('/') + 1);
    return !project_.empty() && !family.is_chart && (last == project_ || component == project_);
}

/// Whether the project's releases went on in `family` where those of `plain` ended: all of it comes
/// later; a module of the project's name in a repository of modules may overlap.
bool Sorting::succeeds(const Family& family, const Family& plain) const {
    if (family.is_chart || project_.empty()) return false;
    const bool is_module = tags_[family.members.front().tag].name.find('/') != std::string::npos;
    if (is_module ? !is_named_for_project(family)
                  : lower(family.component).find(project_) == std::string::npos)
        return false;
    const Family::Member& last = plain.members.back();
    const Family::Member& newest = family.members.back();
    if (newest.version < last.version) return false;
    if (tags_[newest.tag].time != 0 && tags_[newest.tag].time < tags_[last.tag].time) return false;
    if (is_module) return true;
    std::int64_t end = 0;
    for (const Family::Member& member : plain.members) end = std::max(end, tags_[member.tag].time);
    return family.members.front().version > last.version &&
           std::all_of(family.members.begin(), family.members.end(), [&](const auto& member) {
               return tags_[member.tag].time == 0 || tags_[member.tag].time >= end;
           });
}

/// Of a repository without plain tags: the family of the project's name or called "release", else
/// the only one, else all (charts only where there is nothing else).
std::vector<Family> Sorting::choose_products(std::vector<Family>& families) const {
    const auto take = [&](const auto& wanted) {
        std::vector<Family> taken;
        std::erase_if(families, [&](Family& family) {
            if (!wanted(family)) return false;
            taken.push_back(std::move(family));
            return true;
        });
        return taken;
    };
    const auto named = [&](const Family& family) {
        const Words words = words_of(family.component);
        return is_named_for_project(family) ||
               (words.size() == 1 && has_word(words, {"release", "rel", "version", "ver", "r"}));
    };
    std::vector<Family> products = take(named);
    const bool whole = !products.empty();
    if (products.empty()) products = take([](const Family& family) { return !family.is_chart; });
    if (products.empty()) products = take([](const Family&) { return true; });
    if (whole || products.size() == 1)
        for (Family& family : products) family.component.clear();
    return products;
}

Discovery Sorting::run() && {
    gather();
    drop_variants();
    Discovery discovery;
    Family plain = take_plain();
    for (auto& [key, members] : families_)
        discovery.others.push_back(make_family(key, std::move(members)));
    std::sort(discovery.others.begin(), discovery.others.end(),
              [](const Family& a, const Family& b) { return a.pattern.str() < b.pattern.str(); });
    if (plain.members.empty()) {
        discovery.releases = choose_products(discovery.others);
    } else {
        std::vector<Family> successors;
        std::erase_if(discovery.others, [&](Family& family) {
            if (!succeeds(family, plain)) return false;
            family.component.clear();
            successors.push_back(std::move(family));
            return true;
        });
        discovery.releases.push_back(std::move(plain));
        std::move(successors.begin(), successors.end(), std::back_inserter(discovery.releases));
    }
    for (auto& [tag, reason] : reasons_) discovery.noise.push_back({tag, std::move(reason)});
    return discovery;
}

}  // namespace

Discovery discover_releases(std::span<const TagFact> tags, std::string_view project) {
    return Sorting(tags, project).run();
}

}  // namespace lockstep::version
