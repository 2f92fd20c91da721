#include "report/folding.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/matrix.h"

namespace lockstep::report {

namespace {

using verify::Finding;

constexpr std::size_t names_shown = 4;

/// What makes two findings of one release the same mistake. Where no versions tell them apart, or
/// they are about images or records, the message does.
auto mistake_of(const Finding& finding) {
    const bool has_versions = finding.image() == nullptr && finding.record_fault() == nullptr &&
                              (!finding.declared().empty() || !finding.expected().empty());
    // An image is the same wherever it is declared.
    const auto surface = finding.image() == nullptr ? finding.surface() : manifest::Surface::yaml;
    return std::tuple(finding.severity(), finding.rule(), surface, finding.fault(),
                      finding.declared(), finding.expected(),
                      has_versions ? std::string() : finding.message());
}

bool is_worse(const Mistake& a, const Mistake& b) {
    return a.shown().severity() > b.shown().severity();
}

std::vector<Mistake> mistakes_of(const verify::ReleaseVerdict& release) {
    std::vector<Mistake> mistakes;
    std::map<decltype(mistake_of(std::declval<Finding>())), std::size_t> seen;
    for (const Finding& finding : verify::findings(release)) {
        const auto [at, is_new] = seen.emplace(mistake_of(finding), mistakes.size());
        if (is_new) mistakes.push_back({&release, {}});
        mistakes[at->second].findings.push_back(finding);
    }
    std::ranges::stable_sort(mistakes, is_worse);
    return mistakes;
}

/// Chains under construction, found again by the file that a mistake is in.
class Chains {
  public:
    void add(Mistake mistake) {
        Chain* const older = find(mistake);
        if (older != nullptr) {
            remember(mistake, static_cast<std::size_t>(older - chains_.data()));
            older->push_back(std::move(mistake));
            return;
        }
        remember(mistake, chains_.size());
        chains_.push_back({std::move(mistake)});
    }
    std::vector<Chain> take() { return std::move(chains_); }

  private:
    using Key = std::tuple<std::string, std::string_view, manifest::Surface, std::string>;

    static Key key(const Mistake& mistake, const Finding& finding) {
        return {mistake.release->release->component, finding.rule(), finding.surface(),
                finding.at().path.empty() ? finding.root() : finding.at().path};
    }

    /// A chain holds one mistake of each release: a second one in the same file is another chain.
    Chain* find(const Mistake& mistake) {
        for (const Finding& finding : mistake.findings)
            for (const std::size_t at : by_place_[key(mistake, finding)])
                if (chains_[at].back().release != mistake.release) return &chains_[at];
        return nullptr;
    }

    void remember(const Mistake& mistake, std::size_t chain) {
        for (const Finding& finding : mistake.findings)
            by_place_[key(mistake, finding)].insert(chain);
    }

    std::vector<Chain> chains_;
    std::map<Key, std::set<std::size_t>> by_place_;
};

}  // namespace

std::string Mistake::places() const {
    std::vector<std::string> places;
    for (const Finding& finding : findings) {
        const Location at = finding.at();
        std::string place = at.path.empty() ? finding.root() : at.path;
        if (at.line != 0) place += ":" + std::to_string(at.line);
        if (!place.empty()) places.push_back(std::move(place));
    }
    return folded_names(std::move(places), names_shown);
}

std::vector<std::string> Mistake::roots() const {
    std::set<std::string> roots;
    for (const Finding& finding : findings) roots.insert(finding.root());
    roots.erase("");
    return {roots.begin(), roots.end()};
}

std::vector<Chain> fold(const verify::Audit& audit) {
    std::vector<Chain> all;
    for (const Line& line : lines_of(audit)) {
        Chains chains;
        for (const verify::ReleaseVerdict* release : line.releases)
            for (Mistake& mistake : mistakes_of(*release)) chains.add(std::move(mistake));
        for (Chain& chain : chains.take()) all.push_back(std::move(chain));
    }
    return all;
}

std::vector<Chain> unfolded(const verify::Audit& audit) {
    std::vector<Chain> all;
    for (const Line& line : lines_of(audit))
        for (const verify::ReleaseVerdict* release : line.releases)
            for (const Mistake& mistake : mistakes_of(*release))
                for (const Finding& finding : mistake.findings)
                    all.push_back({{release, {finding}}});
    return all;
}

}  // namespace lockstep::report
