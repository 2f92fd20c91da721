#include "changes/difference.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "changes/parsed.h"
#include "changes/value.h"

namespace lockstep::changes {
namespace {

const kustomize::Schema* deployment_schema() {
    static const kustomize::Schemas schemas;
    return schemas.find("apps/v1", "Deployment");
}

std::string sign(FieldChange::Kind kind) {
    switch (kind) {
        case FieldChange::Kind::added:
            return "+";
        case FieldChange::Kind::removed:
            return "-";
        case FieldChange::Kind::changed:
            return "~";
        case FieldChange::Kind::reordered:
            return "#";
    }
    return "?";
}

/// One line for each change.
std::string said(std::string_view before, std::string_view after,
                 const kustomize::Schema* schema = nullptr) {
    const Parsed a(before), b(after);
    std::string text;
    for (const FieldChange& change : difference(a.object(), b.object(), schema)) {
        text += sign(change.kind) + ' ' + to_string(change.path) + ':';
        if (change.before != nullptr) text += ' ' + shown(*change.before);
        if (change.after != nullptr) text += " -> " + shown(*change.after);
        text += '\n';
    }
    return text;
}

std::string containers(std::string_view list) {
    return "spec: {template: {spec: {containers: " + std::string(list) + "}}}";
}

TEST(Difference, IsEmptyForTheSameInAnotherStyleAndOrderOfKeys) {
    EXPECT_EQ(said("a: 1\nb: {c: \"x\"}\n", "b:\n  c: x\na: 1\n"), "");
}

TEST(Difference, SaysFieldsThatCameWentAndChanged) {
    EXPECT_EQ(said("a: 1\nb: 2\nd: {x: 1}", "a: 1\nc: 3\nd: {x: \"1\"}"),
              "- b: 2\n"
              "+ c: -> 3\n"
              "~ d.x: 1 -> \"1\"\n");
}

TEST(Difference, SaysAValueOfAnotherKindAsAWhole) {
    EXPECT_EQ(said("a: {b: 1}", "a: [1]"), "~ a: {b: 1} -> [1]\n");
}

TEST(Difference, NamesElementsByTheirMergeKeys) {
    EXPECT_EQ(
        said(containers("[{name: a, image: x:1, ports: [{containerPort: 80}]}, {name: b}]"),
             containers("[{name: a, image: x:2, ports: [{containerPort: 81}]}]"),
             deployment_schema()),
        "~ spec.template.spec.containers.[name=a].image: x:1 -> x:2\n"
        "+ spec.template.spec.containers.[name=a].ports.[containerPort=81]: -> {containerPort: "
        "81}\n"
        "- spec.template.spec.containers.[name=a].ports.[containerPort=80]: {containerPort: 80}\n"
        "- spec.template.spec.containers.[name=b]: {name: b}\n");
}

TEST(Difference, SaysAnotherOrderOfNamedElements) {
    EXPECT_EQ(said("l: [{name: a}, {name: b}]", "l: [{name: b}, {name: a}, {name: c}]"),
              "# l: [{name: a}, {name: b}] -> [{name: b}, {name: a}, {name: c}]\n"
              "+ l.[name=c]: -> {name: c}\n");
}

TEST(Difference, SaysOneArgumentThatCameInTheMiddle) {
    EXPECT_EQ(said("l: [a, b, c]", "l: [a, x, b, c]"), "+ l.1: -> x\n");
    EXPECT_EQ(said("l: [a, b, c]", "l: [a, c]"), "- l.1: b\n");
    EXPECT_EQ(said("l: [a, b, c]", "l: [a, y, c]"), "~ l.1: b -> y\n");
}

TEST(Difference, WritesNamesWithDotsInBrackets) {
    EXPECT_EQ(said("labels: {a.b/c: x}", "labels: {a.b/c: y}"), "~ labels.[a.b/c]: x -> y\n");
}

/// A value that grows out of few names and numbers, so that two of them share much.
std::string grown(std::mt19937& random, int depth) {
    const auto pick = [&](int below) {
        return static_cast<int>(random() % static_cast<unsigned>(below));
    };
    if (depth == 0 || pick(4) == 0) return std::to_string(pick(3));
    std::string text;
    if (pick(2) == 0) {
        for (int at = 0, size = pick(4); at < size; ++at)
            text += (text.empty() ? "" : ", ") + grown(random, depth - 1);
        return '[' + text + ']';
    }
    const bool is_named = pick(2) == 0;
    if (is_named) text = "name: n" + std::to_string(pick(4));
    for (int name = 0; name < 4; ++name)
        if (pick(2) == 0)
            text += (text.empty() ? "" : ", ") + std::string(1, static_cast<char>('a' + name)) +
                    ": " + grown(random, depth - 1);
    return '{' + text + '}';
}

/// Named elements in any order.
std::string list_of_names(std::mt19937& random) {
    std::string text;
    std::string names = "abcdef";
    std::shuffle(names.begin(), names.end(), random);
    for (std::size_t at = 0, size = random() % 6; at < size; ++at)
        text += (text.empty() ? "" : ", ") + ("{name: " + std::string(1, names[at]) + ", v: ") +
                std::to_string(random() % 2) + "}";
    return "[" + text + "]";
}

TEST(Difference, MadeToTheOldGivesTheNewAndOfTheSameIsEmpty) {
    std::mt19937 random(20261128);  // NOLINT: the same in every run
    for (int round = 0; round < 1000; ++round) {
        const std::string before = "top: " + grown(random, 4) + "\nnames: " + list_of_names(random);
        const std::string after = "top: " + grown(random, 4) + "\nnames: " + list_of_names(random);
        const Parsed a(before), b(after), again(before);
        EXPECT_TRUE(difference(a.object(), again.object(), nullptr).empty()) << before;
        const auto changes = difference(a.object(), b.object(), nullptr);
        EXPECT_EQ(changes.empty(), is_same(a.object(), b.object()));
        yaml::Arena arena;
        const yaml::Node* const made = applied(arena, a.object(), changes);
        ASSERT_EQ(canonical(*made), canonical(b.object())) << before << "\n->\n" << after;
    }
}

}  // namespace
}  // namespace lockstep::changes
