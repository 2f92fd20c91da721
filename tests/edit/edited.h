#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "edit/edit.h"
#include "edit/edited_tree.h"
#include "manifest/chart.h"
#include "manifest/kustomization.h"
#include "manifest/layout.h"
#include "manifest/text.h"
#include "manifest/yaml_file.h"
#include "support/memory_tree.h"
#include "verify/judge.h"

namespace lockstep::edit {

/// What a tree declares, read as a workspace reads it.
inline std::shared_ptr<const evidence::Tree> read_tree(const FileTree& tree,
                                                       const project::Project& project) {
    using Kind = evidence::Unit::Kind;
    const auto layout = manifest::find_layout(tree);
    EXPECT_TRUE(layout) << to_string(layout.error());
    evidence::Tree found;
    const auto add = [&](Kind kind, const std::string& path, manifest::Facts facts) {
        if (facts.declarations.empty() && facts.gaps.empty()) return;
        found.units.push_back(
            std::make_shared<const evidence::Unit>(evidence::Unit{kind, path, std::move(facts)}));
    };
    for (const std::string& path : layout->kustomizations)
        add(Kind::kustomization, path, manifest::read_kustomization(tree, path));
    for (const std::string& path : layout->charts)
        add(Kind::chart, path, manifest::read_chart(tree, path));
    for (const std::string& path : layout->files)
        add(Kind::file, path, manifest::read_yaml_file(tree, path));
    if (project.texts.empty())
        for (const std::string& path : layout->texts)
            add(Kind::text, path, manifest::read_text(tree, path));
    for (const project::Text& text : project.texts)
        add(Kind::text, text.path, manifest::read_text(tree, text.path, text.patterns));
    return std::make_shared<const evidence::Tree>(std::move(found));
}

/// The project "kite" whose image is registry.example.com/kite/kite.
class Story {
  public:
    Story() {
        project.images.push_back({.name = "registry.example.com/kite/kite"});
        project.images.back().tag = *version::TagPattern::parse("v{version}");
    }

    project::Project project;
    Options options{.tag = "v1.2.0", .version = "1.2.0", .date = "2026-11-28"};
    std::vector<std::pair<std::string, testing::MemoryTree>> past;  // tags and their trees

    evidence::History history(const FileTree& tree) const {
        evidence::History history;
        history.project = "kite";
        history.repository = "github.com/kite/kite";
        for (const auto& [tag, files] : past) {
            evidence::Release release{.tag = tag};
            release.version = *version::Version::parse(tag.substr(1));
            release.is_context = true;
            release.tree = read_tree(files, project);
            history.releases.push_back(std::move(release));
        }
        evidence::Release next;
        next.version = *version::Version::parse(options.version);
        next.tree = read_tree(tree, project);
        history.releases.push_back(std::move(next));
        return history;
    }

    Result<Edits> edits(const testing::MemoryTree& tree) const {
        const evidence::History history = this->history(tree);
        return plan(tree, verify::judge(history, project), project, options);
    }

    /// The difference that the edits make, and what the edited tree is judged to be; or the error.
    std::string edited(const testing::MemoryTree& tree) const {
        const auto edits = this->edits(tree);
        if (!edits)
            return std::string(to_string(edits.error().kind)) + ": " + to_string(edits.error()) +
                   "\n";
        const EditedTree after(std::make_shared<testing::MemoryTree>(tree), edits->files);
        const evidence::History history = this->history(after);
        const verify::Audit audit = verify::judge(history, project);
        std::string text = unified_diff(*edits);
        for (const std::string& place : edits->unchanged) text += "unchanged " + place + "\n";
        for (const std::string& notice : edits->notices) text += "notice: " + notice + "\n";
        return text + to_string(audit.releases.front().verdict) + "\n";
    }

    std::string file(const testing::MemoryTree& tree, std::string_view path) const {
        const auto edits = this->edits(tree);
        if (!edits) return to_string(edits.error());
        for (const FileEdit& file : edits->files)
            if (file.path == path) return *file.after;
        return "not changed";
    }
};

inline std::string deployment(const std::string& image) {
    return "apiVersion: apps/v1\n"
           "kind: Deployment\n"
           "metadata:\n"
           "  name: kite\n"
           "spec:\n"
           "  template:\n"
           "    spec:\n"
           "      containers:\n"
           "        - name: kite\n"
           "          image: " +
           image + "\n";
}

inline const std::string old_pin = "sha256:" + std::string(64, 'a');
inline const std::string new_pin = "sha256:" + std::string(64, 'b');

}  // namespace lockstep::edit
