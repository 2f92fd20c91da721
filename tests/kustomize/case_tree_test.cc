#include "kustomize/case_tree.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/golden.h"

namespace lockstep::testing {

namespace fs = std::filesystem;

namespace {

std::string read_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
    return parts;
}

void read_build_line(const std::string& line, ConformanceCase& one) {
    const size_t equals = line.find('=');
    if (line.empty() || line.front() == '#' || equals == std::string::npos) return;
    const std::string key = line.substr(0, equals);
    const std::string value = line.substr(equals + 1);
    if (key == "dir") one.directory = value;
    if (key == "flags") one.flags = split(value, ' ');
    if (key != "symlink") return;
    const size_t arrow = value.find(" -> ");
    one.tree.link(value.substr(0, arrow), value.substr(arrow + 4));
}

}  // namespace

fs::path conformance_folder() {
    const char* const shared = std::getenv("LOCKSTEP_SHARED");
    const fs::path base =
        shared != nullptr ? fs::path(shared) : fs::path(test_directory()) / ".." / ".." / "shared";
    const fs::path folder = base / "conformance" / "kustomize";
    return fs::exists(folder / "INDEX.tsv") ? folder : fs::path();
}

std::vector<ConformanceCase> conformance_index(const fs::path& folder) {
    std::vector<ConformanceCase> cases;
    std::ifstream index(folder / "INDEX.tsv");
    std::string line;
    std::getline(index, line);  // the header
    while (std::getline(index, line)) {
        const std::vector<std::string> columns = split(line, '\t');
        if (columns.size() < 5) continue;
        ConformanceCase& one = cases.emplace_back();
        one.name = columns[0];
        one.features = columns[4];
    }
    return cases;
}

MemoryTree tree_from_disk(const fs::path& folder) {
    MemoryTree tree;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string path = entry.path().lexically_relative(folder).generic_string();
        if (entry.is_symlink())
            tree.link(path, fs::read_symlink(entry.path()).generic_string());
        else if (entry.is_regular_file())
            tree.write(path, read_text(entry.path()));
    }
    return tree;
}

void load_case(const fs::path& folder, ConformanceCase& one) {
    const fs::path at = folder / "cases" / one.name;
    if (fs::exists(at / "input")) one.tree = tree_from_disk(at / "input");
    for (const std::string& line : split(read_text(at / "build.txt"), '\n'))
        read_build_line(line, one);
    if (fs::exists(at / "expected.yaml")) one.expected = read_text(at / "expected.yaml");
    if (fs::exists(at / "expected.err")) one.error = read_text(at / "expected.err");
}

std::optional<kustomize::Options> case_options(const ConformanceCase& one) {
    kustomize::Options options;
    for (size_t i = 0; i < one.flags.size(); ++i) {
        std::string flag = one.flags[i];
        if (flag == "--enable-managedby-label") {
            options.managed_by_label = true;
            continue;
        }
        if (flag.find('=') == std::string::npos && i + 1 < one.flags.size())
            flag += "=" + one.flags[++i];
        if (flag == "--load-restrictor=LoadRestrictionsNone")
            options.load_restrictions = kustomize::Options::LoadRestrictions::none;
        else if (flag == "--reorder=legacy" || flag == "--reorder=none")
            options.sorts = flag == "--reorder=legacy";
        else
            return std::nullopt;
    }
    return options;
}

namespace {

TEST(CaseTree, ReadsLinksFromTheBuildFile) {
    ConformanceCase one;
    read_build_line("dir=app", one);
    read_build_line("# origin: nowhere", one);
    read_build_line("flags=--load-restrictor LoadRestrictionsNone", one);
    read_build_line("symlink=app/link -> ../base", one);
    EXPECT_EQ(one.directory, "app");
    EXPECT_EQ(one.flags, (std::vector<std::string>{"--load-restrictor", "LoadRestrictionsNone"}));
    EXPECT_EQ(one.tree.stat("app/link")->kind, FileTree::Kind::symlink);
}

}  // namespace
}  // namespace lockstep::testing
