#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "evidence/evidence.h"
#include "verify/judge.h"
#include "version/style.h"

namespace lockstep::verify {

/// A history written down in a test: `past.release("v1.0.0", {image("deploy",
/// "ghcr.io/acme/app:v1.0.0")})`.
class Past {
  public:
    explicit Past(std::string project = "app") {
        history_.project = std::move(project);
        history_.project_source = "the folder";
    }

    Past& release(std::string tag, std::vector<evidence::Unit> units, std::string component = {}) {
        evidence::Release release;
        auto written = version::read_written(tag);
        if (written) release.version = written->version;
        release.tag = std::move(tag);
        release.component = std::move(component);
        release.commit = std::string(40, 'c');
        release.time = 1'600'000'000 + static_cast<long>(history_.releases.size()) * 86'400;
        evidence::Tree tree;
        for (evidence::Unit& unit : units)
            tree.units.push_back(std::make_shared<const evidence::Unit>(std::move(unit)));
        release.tree = std::make_shared<const evidence::Tree>(std::move(tree));
        history_.releases.push_back(std::move(release));
        return *this;
    }

    Past& family(std::string component, std::string pattern) {
        history_.tag_families.push_back({std::move(component), std::move(pattern), true});
        return *this;
    }

    evidence::History& history() { return history_; }

    /// One line for each judged declaration: "v1.0.0 deploy v0.9.0 drifted previous-version
    /// (v1.0.0)".
    std::string judged(const project::Project& project = {}) const {
        std::string text;
        const Audit audit = judge(history_, project);
        for (const ReleaseVerdict& release : audit.releases) {
            text += release.release->tag + ": " + to_string(release.verdict) + "\n";
            for (const Judged& judged : release.declarations) text += "  " + line(judged) + "\n";
        }
        return text;
    }

    static std::string line(const Judged& judged) {
        const manifest::Declaration& declaration = *judged.declaration;
        std::string text = declaration.at.path + " " + manifest::to_string(declaration.subject) +
                           " " + (declaration.declared.empty() ? "-" : declaration.declared) + " " +
                           to_string(judged.verdict);
        if (judged.fault != Fault::none) text += std::string(" ") + to_string(judged.fault);
        if (!judged.expected.empty()) text += ", expects " + judged.expected;
        return text;
    }

  private:
    evidence::History history_;
};

/// "name:tag@digest" → name, tag, digest, as a test writes an image.
inline manifest::Declaration image_at(std::string path, std::string image) {
    manifest::Declaration declaration;
    declaration.at = {std::move(path), 7, 16};
    declaration.object = {"Deployment", "", "app"};
    if (const auto digest = image.find('@'); digest != std::string::npos) {
        declaration.digest = image.substr(digest + 1);
        image.resize(digest);
    }
    if (const auto tag = image.find(':', image.rfind('/') + 1); tag != std::string::npos) {
        declaration.declared = image.substr(tag + 1);
        image.resize(tag);
    }
    declaration.image = std::move(image);
    declaration.excerpt = "        image: " + declaration.image + ":" + declaration.declared;
    return declaration;
}

/// A kustomization in `root` that renders these images.
inline evidence::Unit kustomization(std::string root, const std::vector<std::string>& images) {
    evidence::Unit unit{evidence::Unit::Kind::kustomization, root, {}};
    for (const std::string& image : images) {
        manifest::Declaration declaration = image_at(root + "/deployment.yaml", image);
        declaration.surface = manifest::Surface::kustomize;
        declaration.root = root;
        unit.facts.declarations.push_back(std::move(declaration));
    }
    return unit;
}

/// A plain manifest.
inline evidence::Unit file(std::string path, const std::vector<std::string>& images) {
    evidence::Unit unit{evidence::Unit::Kind::file, path, {}};
    for (const std::string& image : images)
        unit.facts.declarations.push_back(image_at(path, image));
    return unit;
}

/// A chart; `tag` empty: its image takes appVersion.
struct ChartFacts {
    std::string version, app_version, image, tag;
};
inline evidence::Unit chart(std::string root, std::string name, const ChartFacts& facts) {
    evidence::Unit unit{evidence::Unit::Kind::chart, root, {}};
    const auto add = [&](manifest::Subject subject, std::string image, std::string declared,
                         const char* file, bool by_default) {
        manifest::Declaration declaration;
        declaration.surface = manifest::Surface::helm;
        declaration.subject = subject;
        declaration.root = root;
        declaration.at = {root + "/" + file, 3, 10};
        declaration.image = std::move(image);
        declaration.declared = std::move(declared);
        declaration.by_default = by_default;
        unit.facts.declarations.push_back(std::move(declaration));
    };
    add(manifest::Subject::chart_version, name, facts.version, "Chart.yaml", false);
    add(manifest::Subject::app_version, name, facts.app_version, "Chart.yaml", false);
    if (!facts.image.empty())
        add(manifest::Subject::image, facts.image,
            facts.tag.empty() ? facts.app_version : facts.tag, "values.yaml", facts.tag.empty());
    return unit;
}

}  // namespace lockstep::verify
