#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "yaml/emit.h"
#include "yaml/parse.h"

namespace lockstep::yaml {
namespace {

namespace fs = std::filesystem;

/// What real kustomize printed, recorded beside the checkout.
fs::path cases() {
    const char* const shared = std::getenv("LOCKSTEP_SHARED");
    const fs::path root =
        shared != nullptr ? fs::path(shared) : fs::path(LOCKSTEP_TEST_DIR) / "../../shared";
    return root / "conformance/kustomize/cases";
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string emitted(const fs::path& path, const std::string& text, std::size_t& documents) {
    const auto parsed =
        Document::parse(path.string(), std::make_shared<std::string>(text), Dialect::resource);
    if (!parsed) return to_string(parsed.error());
    std::string out;
    for (const Node* const root : (*parsed)->roots()) {
        if (!out.empty()) out += "---\n";
        if (const auto done = emit(*root, out); !done) return to_string(done.error());
        ++documents;
    }
    return out;
}

// Everything that kustomize prints, read and printed again, is the same bytes.
TEST(Conformance, WhatKustomizePrintedIsPrintedTheSame) {
    if (!fs::exists(cases())) GTEST_SKIP() << "no conformance corpus beside the checkout";
    std::size_t files = 0;
    std::size_t documents = 0;
    for (const auto& entry : fs::recursive_directory_iterator(cases())) {
        if (entry.path().filename() != "expected.yaml") continue;
        ++files;
        const std::string text = read(entry.path());
        EXPECT_EQ(emitted(entry.path(), text, documents), text) << entry.path();
    }
    EXPECT_GT(files, 900U);
    RecordProperty("documents", static_cast<int>(documents));
}

}  // namespace
}  // namespace lockstep::yaml
