// Every kustomization of every release of a real project, against what two kustomizes printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "manifest/kustomization.h"
#include "manifest/layout.h"
#include "os/directory.h"
#include "support/git_repo.h"
#include "support/golden.h"
#include "support/temp_dir.h"

namespace lockstep::manifest {
namespace {

std::filesystem::path corpus() {
    const char* const shared = std::getenv("LOCKSTEP_SHARED");
    const std::filesystem::path folder =
        shared != nullptr ? std::filesystem::path(shared)
                          : std::filesystem::path(testing::test_directory()) / "../../shared";
    return folder / "corpora/descheduler";
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The first four columns of the table: tag, path, own image, declared.
std::vector<std::string> expected_rows() {
    std::istringstream table(read(corpus() / "expected.tsv"));
    std::vector<std::string> rows;
    std::string row;
    std::getline(table, row);  // the names of the columns
    while (std::getline(table, row)) rows.push_back(row.substr(0, row.rfind('\t')));
    return rows;
}

/// The same row for what we find.
std::string row_of(const FileTree& tree, const std::string& tag, const std::string& directory) {
    const Facts facts = read_kustomization(tree, directory);
    std::string row = tag + '\t' + directory + "/kustomization.yaml\t";
    for (const Gap& gap : facts.gaps) return row + "gap: " + to_string(gap.error);
    std::set<std::string> found;
    for (const Declaration& each : facts.declarations)
        if (file_name(each.image) == "descheduler") found.insert(each.image + '\t' + each.declared);
    if (found.empty()) return row + "-\t-";
    for (const std::string& each : found) row += each;
    return row;
}

TEST(DeschedulerCorpus, EveryKustomizationDeclaresWhatKustomizePrints) {
    if (!std::filesystem::exists(corpus() / "history.fi"))
        GTEST_SKIP() << "the corpus is not beside the checkout: " << corpus();
    const testing::GitRepo repo({"--bare"});
    repo.run({"fast-import", "--quiet"}, read(corpus() / "history.fi"));

    const std::vector<std::string> expected = expected_rows();
    std::vector<std::string> found;
    std::set<std::string> tags;
    for (const std::string& row : expected) tags.insert(row.substr(0, row.find('\t')));
    for (const std::string& tag : tags) {
        const testing::TempDir checkout;
        repo.run({"read-tree", tag});
        repo.run({"--work-tree=" + checkout.path().string(), "checkout-index", "--all"});
        const auto tree = os::Directory::open(checkout.path().string());
        ASSERT_TRUE(tree.has_value());
        const auto layout = find_layout(**tree);
        ASSERT_TRUE(layout.has_value());
        auto directories = layout->kustomizations;
        directories.insert(directories.end(), layout->used_kustomizations.begin(),
                           layout->used_kustomizations.end());
        std::sort(directories.begin(), directories.end());
        if (directories.empty()) found.push_back(tag + "\t-\t-\t-");
        for (const std::string& directory : directories)
            found.push_back(row_of(**tree, tag, directory));
    }
    std::vector<std::string> wanted = expected;
    std::sort(wanted.begin(), wanted.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, wanted);
    EXPECT_EQ(found.size(), 126U);
}

}  // namespace
}  // namespace lockstep::manifest
