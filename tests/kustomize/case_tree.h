#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kustomize/render.h"
#include "support/memory_tree.h"

namespace lockstep::testing {

/// One case of the conformance corpus: a tree to build and what kustomize 5.8.2 printed for it.
struct ConformanceCase {
    std::string name;
    std::string features;
    std::string directory;           // the build directory in the tree
    std::vector<std::string> flags;  // of the command line
    MemoryTree tree;
    std::optional<std::string> expected;  // nothing where kustomize refuses it
    std::string error;                    // what it says then
};

/// The folder of the corpus; empty where it does not stand beside the checkout. LOCKSTEP_SHARED
/// names another place.
std::filesystem::path conformance_folder();

/// The names and features of all cases, in the order of the index.
std::vector<ConformanceCase> conformance_index(const std::filesystem::path& folder);

/// Reads the rest of a case of the index.
void load_case(const std::filesystem::path& folder, ConformanceCase& one);

/// The options that a case's flags stand for; nothing where a flag is not known here.
std::optional<kustomize::Options> case_options(const ConformanceCase& one);

/// The files and symlinks below a folder.
MemoryTree tree_from_disk(const std::filesystem::path& folder);

}  // namespace lockstep::testing
