// The whole line on a real history: every row of the corpus' table, which was made with the real
// kustomize, must come out of an audit that was told nothing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/git_repo.h"
#include "support/golden.h"
#include "verify/finding.h"
#include "verify/judge.h"
#include "workspace/workspace.h"

namespace lockstep {
namespace {

std::filesystem::path corpus() {
    const char* const set = std::getenv("LOCKSTEP_SHARED");
    const std::filesystem::path shared =
        set != nullptr ? std::filesystem::path(set)
                       : std::filesystem::path(testing::test_directory()) / "../../shared";
    return shared / "corpora" / "descheduler";
}

struct Row {
    std::string tag, path, image, declared, verdict;
};

std::vector<Row> expected_rows() {
    std::ifstream table(corpus() / "expected.tsv");
    std::vector<Row> rows;
    std::string line;
    std::getline(table, line);  // the heads of the columns
    while (std::getline(table, line)) {
        std::istringstream cells(line);
        Row row;
        std::getline(cells, row.tag, '\t');
        std::getline(cells, row.path, '\t');
        std::getline(cells, row.image, '\t');
        std::getline(cells, row.declared, '\t');
        std::getline(cells, row.verdict, '\t');
        rows.push_back(row);
    }
    return rows;
}

class Descheduler : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(corpus()))
            GTEST_SKIP() << "the corpora do not stand beside the checkout (" << corpus() << ")";
        repository_.import((corpus() / "history.fi").string());
        auto opened = workspace::Workspace::open({.directory = repository_.path()});
        ASSERT_TRUE(opened) << to_string(opened.error());
        auto history = opened->history();
        ASSERT_TRUE(history) << to_string(history.error());
        history_ = std::move(*history);
        audit_ = verify::judge(history_, opened->project());
    }

    const verify::ReleaseVerdict* release(const std::string& tag) const {
        for (const verify::ReleaseVerdict& verdict : audit_.releases)
            if (verdict.release->tag == tag) return &verdict;
        return nullptr;
    }

    /// What an audit says of one row of the table: "image declared verdict", the same for all
    /// places of a kustomization.
    std::string said(const Row& row) const {
        const verify::ReleaseVerdict* const found = release(row.tag);
        if (found == nullptr) return "no such release";
        std::set<std::string> places;
        for (const verify::Judged& judged : found->declarations) {
            const manifest::Declaration& declaration = *judged.declaration;
            if (declaration.surface != manifest::Surface::kustomize) continue;
            if (row.path != "-" && declaration.root + "/kustomization.yaml" != row.path) continue;
            places.insert(declaration.image + " " + declaration.declared + " " +
                          to_string(judged.verdict));
        }
        std::string text;
        for (const std::string& place : places) text += (text.empty() ? "" : "; ") + place;
        return text;
    }

    testing::GitRepo repository_{{"--bare"}};
    evidence::History history_;
    verify::Audit audit_;
};

TEST_F(Descheduler, EveryRowOfTheTableIsRight) {
    int rows = 0;
    for (const Row& row : expected_rows()) {
        const bool none = row.verdict == "no-kustomization" || row.verdict == "no-own-image";
        const std::string expected = none ? "" : row.image + " " + row.declared + " " + row.verdict;
        EXPECT_EQ(said(row), expected) << row.tag << " " << row.path;
        ++rows;
    }
    EXPECT_EQ(rows, 126);
}

TEST_F(Descheduler, FourteenReleasesAreConsistentAndFifteenDrifted) {
    std::map<std::string, int> counts;
    for (const verify::ReleaseVerdict& verdict : audit_.releases) {
        if (!verdict.release->component.empty()) continue;
        bool kustomized = false, drifted = false;
        for (const verify::Judged& judged : verdict.declarations) {
            if (judged.declaration->surface != manifest::Surface::kustomize) continue;
            kustomized = true;
            drifted |= judged.verdict == verify::Verdict::drifted;
        }
        if (kustomized) ++counts[drifted ? "drifted" : "consistent"];
    }
    EXPECT_EQ(counts["consistent"], 14);
    EXPECT_EQ(counts["drifted"], 15);
}

TEST_F(Descheduler, ChartsAreIndependentAtTheProductsTags) {
    for (const verify::ReleaseVerdict& verdict : audit_.releases) {
        if (!verdict.release->component.empty()) continue;
        for (const verify::Judged& judged : verdict.declarations)
            if (judged.declaration->surface == manifest::Surface::helm) {
                EXPECT_EQ(judged.verdict, verify::Verdict::independent)
                    << verdict.release->tag << " " << to_string(judged.declaration->at);
            }
    }
}

TEST_F(Descheduler, EachDriftPointsAtTheScalarThatDecidedIt) {
    const verify::ReleaseVerdict* const found = release("v0.30.0");
    ASSERT_NE(found, nullptr);
    std::string places;
    for (const verify::Finding& finding : verify::findings(*found))
        places += to_string(finding.at()) + ":" + finding.excerpt() + "\n";
    EXPECT_EQ(places,
              "kubernetes/cronjob/cronjob.yaml:19:20:            image: "
              "registry.k8s.io/descheduler/descheduler:v0.29.0\n"
              "kubernetes/deployment/deployment.yaml:22:18:          image: "
              "registry.k8s.io/descheduler/descheduler:v0.29.0\n"
              "kubernetes/job/job.yaml:17:18:          image: "
              "registry.k8s.io/descheduler/descheduler:v0.29.0\n");
}

}  // namespace
}  // namespace lockstep
