// The loader and the JSON Schema that editors use must judge alike. An independent validator reads
// the schema: python3's jsonschema.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "os/file.h"
#include "os/subprocess.h"
#include "project/project.h"
#include "support/golden.h"
#include "support/temp_dir.h"
#include "yaml/parse.h"

namespace lockstep::project {
namespace {

namespace fs = std::filesystem;

constexpr const char* validator = R"(
import json, pathlib, sys
try:
    import jsonschema
except ImportError:
    sys.exit(42)
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for path in sorted(pathlib.Path(sys.argv[2]).iterdir()):
    valid = jsonschema.Draft202012Validator(schema).is_valid(json.load(open(path)))
    print(path.stem, "valid" if valid else "invalid")
)";

std::string in_quotes(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string json_of(const yaml::Node& node) {
    std::string out;
    if (node.is_mapping()) {
        for (const yaml::Pair& pair : node.pairs)
            out +=
                (out.empty() ? "" : ",") + in_quotes(pair.key->text) + ":" + json_of(*pair.value);
        return "{" + out + "}";
    }
    if (node.is_sequence()) {
        for (const yaml::Node* item : node.items) out += (out.empty() ? "" : ",") + json_of(*item);
        return "[" + out + "]";
    }
    switch (node.type) {
        case yaml::Type::null:
            return "null";
        case yaml::Type::boolean:
        case yaml::Type::integer:
        case yaml::Type::real:
            return std::string(node.text);
        default:
            return in_quotes(node.text);
    }
}

struct Example {
    std::string name;  // "valid-short"
    Blob text;
};

std::vector<Example> examples(const std::string& folder) {
    std::vector<Example> found;
    for (const auto& entry :
         fs::directory_iterator(testing::test_directory() + "/project/" + folder)) {
        auto text = os::read_file(entry.path().string());
        EXPECT_TRUE(text.has_value()) << entry.path();
        found.push_back({folder + "-" + entry.path().stem().string(),
                         std::make_shared<const std::string>(*std::move(text))});
    }
    EXPECT_FALSE(found.empty());
    return found;
}

std::vector<Example> all_examples() {
    std::vector<Example> all = examples("valid");
    for (Example& example : examples("invalid")) all.push_back(std::move(example));
    return all;
}

TEST(Schema, TheLoaderTakesTheValidExamplesAndNoOthers) {
    for (const Example& example : all_examples()) {
        const Result<Project> project = parse(example.name, example.text);
        EXPECT_EQ(project.has_value(), example.name.starts_with("valid-"))
            << example.name << ": "
            << (project.has_value() ? "was taken" : to_string(project.error()));
        if (project.has_value()) continue;
        EXPECT_EQ(project.error().kind, Error::Kind::usage) << example.name;
        EXPECT_TRUE(project.error().at.has_value()) << example.name;
    }
}

TEST(Schema, AnIndependentValidatorJudgesAsTheLoaderDoes) {
    const testing::TempDir documents;
    std::string expected;
    std::vector<Example> all = all_examples();
    std::sort(all.begin(), all.end(),
              [](const Example& a, const Example& b) { return a.name < b.name; });
    for (const Example& example : all) {
        const auto document =
            yaml::Document::parse(example.name, example.text, yaml::Dialect::resource);
        ASSERT_TRUE(document.has_value()) << to_string(document.error());
        const auto& roots = (*document)->roots();
        documents.write(example.name + ".json", roots.empty() ? "{}" : json_of(*roots[0]));
        expected += example.name + (example.name.starts_with("valid-") ? " valid\n" : " invalid\n");
    }
    const auto ran =
        os::run({.argv = {"/usr/bin/python3", "-c", validator,
                          testing::test_directory() + "/../schemas/lockstep.schema.json",
                          documents.path().string()}},
                {});
    if (!ran.has_value()) GTEST_SKIP() << "needs python3: " << to_string(ran.error());
    if (ran->exit.code == 42) GTEST_SKIP() << "needs python3 with the package jsonschema";
    EXPECT_TRUE(ran->exit.ok()) << ran->err;
    EXPECT_EQ(ran->out, expected);
}

TEST(Schema, KnowsEveryRule) {
    const auto schema =
        os::read_file(testing::test_directory() + "/../schemas/lockstep.schema.json");
    ASSERT_TRUE(schema.has_value());
    for (const std::string_view id : rule_ids)
        EXPECT_NE(schema->find('"' + std::string(id) + "\": {\"$ref\": \"#/$defs/severity\"}"),
                  std::string::npos)
            << id;
}

}  // namespace
}  // namespace lockstep::project
