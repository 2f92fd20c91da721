// What people find when they search for an error: the words of kustomize stand in ours.
#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "kustomize/built.h"
#include "kustomize/case_tree.h"

namespace lockstep::kustomize {
namespace {

constexpr double least_share = 0.86;

void cut(std::string& text, std::string_view from) {
    if (const std::size_t at = text.find(from); at != std::string::npos) text.erase(at);
}

std::string line_after(const std::string& text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return text.substr(0, text.find('\n'));
    const std::size_t begin = at + mark.size();
    return text.substr(begin, text.find('\n', begin) - begin);
}

/// The line that says what is wrong, without the input that kustomize repeats and without the
/// second attempt that it reports behind the first.
std::string essence(const std::string& error) {
    std::string text = error.find("with config: `\n") != std::string::npos
                           ? line_after(error, "\n`: ")
                           : line_after(error, "unmarshal errors:\n");
    cut(text, "': must build at directory: ");
    cut(text, ": node contents:");
    cut(text, " in File: ");
    return text;
}

bool is_plain(std::string_view word) {
    for (const char c : word)
        if (std::isalpha(static_cast<unsigned char>(c)) == 0 && c != '-') return false;
    return !word.empty();
}

/// The longest run of plain words in a clause: no names, numbers, quotes or paths.
std::string longest_run(const std::string& clause) {
    std::string best, run;
    std::size_t best_words = 1, words = 0;
    for (std::size_t at = 0; at <= clause.size();) {
        const std::size_t end = std::min(clause.find(' ', at), clause.size());
        const std::string word = clause.substr(at, end - at);
        const bool plain = is_plain(word);
        run = !plain ? "" : run.empty() ? word : run + " " + word;
        words = plain ? words + 1 : 0;
        if (words > best_words) {
            best = run;
            best_words = words;
        }
        at = end + 1;
    }
    return best;
}

/// The last clause of an error that has two plain words in a row: what is searched for.
std::string key_phrase(const std::string& error) {
    std::string text = essence(error);
    while (true) {
        const std::size_t colon = text.rfind(": ");
        const std::size_t begin = colon == std::string::npos ? 0 : colon + 2;
        const std::string phrase = longest_run(text.substr(begin));
        if (!phrase.empty() || colon == std::string::npos) return phrase;
        text.erase(colon);
    }
}

TEST(KeyPhrase, IsTheLastClauseWithoutNames) {
    EXPECT_EQ(key_phrase("Error: accumulating resources: accumulation err='accumulating resources "
                         "from 'a.yaml': may not add resource with an already registered id: "
                         "Pod.v1.[noGrp]/p.[noNs]': must build at directory: 'a.yaml': file is "
                         "not directory\n"),
              "may not add resource with an already registered id");
    EXPECT_EQ(key_phrase("Error: trouble configuring builtin PatchTransformer with config: `\n"
                         "path: a.yaml\n`: lstat /a.yaml: no such file or directory\n"),
              "no such file or directory");
}

/// LOCKSTEP_ERRORS_REPORT names a file for the cases whose words differ.
TEST(Errors, ShareTheWordsOfKustomize) {
    const std::filesystem::path folder = testing::conformance_folder();
    if (folder.empty()) GTEST_SKIP() << "the conformance corpus does not stand beside the checkout";
    std::ofstream report;
    if (const char* const path = std::getenv("LOCKSTEP_ERRORS_REPORT")) report.open(path);
    int all = 0, shared = 0;
    for (testing::ConformanceCase& one : testing::conformance_index(folder)) {
        testing::load_case(folder, one);
        const std::string phrase = key_phrase(one.error);
        if (one.error.empty() || phrase.empty()) continue;
        ++all;
        const std::string ours =
            testing::built(one.tree, one.directory, testing::case_options(one).value_or(Options()));
        EXPECT_TRUE(ours.starts_with("error: ")) << one.name;
        const bool same = ours.find(phrase) != std::string::npos;
        shared += same ? 1 : 0;
        if (!same) report << one.name << '\t' << phrase << '\t' << ours << '\n';
    }
    std::cout << "errors: " << shared << " of " << all << " share the words of kustomize\n";
    EXPECT_GE(shared, least_share * all);
}

}  // namespace
}  // namespace lockstep::kustomize
