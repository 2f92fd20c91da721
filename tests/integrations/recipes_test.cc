#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "json/parse.h"
#include "os/subprocess.h"
#include "release_lab/expectations.h"
#include "release_lab/story.h"
#include "yaml/parse.h"

namespace lockstep::release_lab {
namespace {

using Variables = std::map<std::string, std::string>;

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string integration(const std::string& path) {
    return std::string(LOCKSTEP_INTEGRATIONS_DIR) + '/' + path;
}

std::shared_ptr<const yaml::Document> parsed(const std::string& path) {
    auto document =
        yaml::Document::parse(path, std::make_shared<const std::string>(read(integration(path))),
                              yaml::Dialect::resource);
    if (!document) throw std::runtime_error(to_string(document.error()));
    return *document;
}

/// A script as a runner starts it, with nothing of the tester's environment but the lab's.
os::Captured run_script(const Lab& lab, const std::string& script, const Variables& variables) {
    const std::string programs = std::filesystem::path(LOCKSTEP_PROGRAM).parent_path().string();
    Variables all(variables);
    for (const auto& [name, value] : lab.environment())
        all.emplace(name, name == "PATH" ? programs + ':' + value : value);
    const std::string name = lab.image_names().front();
    all.emplace("LOCKSTEP_PLAIN_HTTP", name.substr(0, name.find('/')));
    // The lab is on loopback.
    all.emplace("LOCKSTEP_ALLOW_PRIVATE", "1");
    std::vector<std::string> argv = {"env", "-i"};
    for (const auto& [key, value] : all) argv.push_back(key + '=' + value);
    argv.insert(argv.end(), {"bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script});
    auto ran = os::run({.argv = argv, .directory = lab.project().directory()},
                       {.timeout = std::chrono::minutes(5)});
    if (!ran) throw std::runtime_error(to_string(ran.error()));
    return std::move(*ran);
}

/// "${{ inputs.version }}" as the workflow's `with` gives it, else as its default.
std::string expanded(std::string text, const yaml::Node& inputs, const Variables& with) {
    constexpr std::string_view begin = "${{ inputs.", end = " }}";
    for (std::size_t at; (at = text.find(begin)) != std::string::npos;) {
        const std::size_t stop = text.find(end, at);
        const std::string name = text.substr(at + begin.size(), stop - at - begin.size());
        const auto given = with.find(name);
        text.replace(
            at, stop + end.size() - at,
            given != with.end() ? given->second : std::string(inputs.at(name, "default")->text));
    }
    return text;
}

struct Job {
    os::Captured last;
    std::string output, summary;
};

/// The composite action, step by step, as a runner of GitHub would.
Job run_action(const Lab& lab, const Variables& with) {
    const auto document = parsed("github/action.yml");
    const yaml::Node& root = *document->roots().front();
    const std::string folder = lab.home() + "/runner";
    std::filesystem::create_directories(folder);
    Job job;
    std::ofstream(folder + "/output") << "";
    std::ofstream(folder + "/summary") << "";
    for (const yaml::Node* const step : root.at("runs", "steps")->items) {
        Variables variables = {{"GITHUB_ACTIONS", "true"},
                               {"CI", "true"},
                               {"GITHUB_ACTOR", "kim"},
                               {"GITHUB_RUN_ID", "7"},
                               {"GITHUB_ACTION_PATH", integration("github")},
                               {"GITHUB_OUTPUT", folder + "/output"},
                               {"GITHUB_PATH", folder + "/path"},
                               {"GITHUB_STEP_SUMMARY", folder + "/summary"}};
        if (const yaml::Node* const set = step->find("env"))
            for (const yaml::Pair& pair : set->pairs)
                variables[std::string(pair.key->text)] =
                    expanded(std::string(pair.value->text), *root.find("inputs"), with);
        EXPECT_EQ(step->text_of("shell"), "bash");
        job.last = run_script(lab, std::string(step->text_of("run")), variables);
        if (!job.last.exit.ok()) break;
    }
    job.output = read(folder + "/output");
    job.summary = read(folder + "/summary");
    return job;
}

/// A job that extends the template's, as a runner of GitLab would.
Job run_gitlab(const Lab& lab, const std::string& name, Variables variables) {
    const auto document = parsed("gitlab/lockstep.gitlab-ci.yml");
    const yaml::Node& root = *document->roots().front();
    const yaml::Node& job = *root.find(name);
    for (const yaml::Node* const set : {job.find("variables"), root.find("variables")})
        if (set != nullptr)
            for (const yaml::Pair& pair : set->pairs)
                variables.emplace(pair.key->text, pair.value->text);
    variables.emplace("CI", "true");
    variables.emplace("GITLAB_CI", "true");
    variables.emplace("GITLAB_USER_NAME", "Kim");
    variables.emplace("GITLAB_USER_EMAIL", "kim@example.com");
    std::string script;
    for (const yaml::Node* const line : job.find("script")->items)
        script += std::string(line->text) + '\n';
    Job ran;
    ran.last = run_script(lab, script, variables);
    ran.output = read(lab.project().directory() + "/release.env");
    return ran;
}

std::string refs_of(const Lab& lab) {
    return lab.remote().run({"for-each-ref"});
}

class Recipes : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(LabSetup{})) GTEST_SKIP() << *why;
    }
};

TEST_F(Recipes, TheActionReleasesAndIsHarmlessAgain) {
    const Lab lab({.images = {"kite", "agent"}});
    // As a runner has it: nobody is known.
    std::ofstream(lab.home() + "/.gitconfig") << "";
    const Variables with = {{"command", "start"}, {"version", "minor"}, {"yes", "true"}};
    const Job first = run_action(lab, with);
    ASSERT_EQ(first.last.exit.code, 0) << first.last.err << first.last.out;
    expect_released(lab, "v1.1.0");
    const std::string commit = lab.remote().run({"rev-parse", "v1.1.0^{commit}"});
    EXPECT_TRUE(first.output.starts_with("tag=v1.1.0\ncommit=" + commit + "\nimages=[{"))
        << first.output;
    const auto images =
        json::parse("images", first.output.substr(first.output.find("images=") + 7));
    ASSERT_TRUE(images.has_value()) << first.output;
    const auto* const list = images->as<json::Array>();
    ASSERT_TRUE(list != nullptr && list->size() == 2) << first.output;
    EXPECT_EQ((*list)[0].text("reference"), lab.image_name("kite") + ":v1.1.0");
    EXPECT_EQ((*list)[1].text("name"), lab.image_name("agent"));
    EXPECT_TRUE((*list)[1].text("digest").starts_with("sha256:"));
    EXPECT_TRUE(first.summary.contains("| `" + lab.image_name("agent") + ":v1.1.0` | `sha256:"))
        << first.summary;

    const std::string refs = refs_of(lab);
    const Job again = run_action(lab, with);
    EXPECT_EQ(again.last.exit.code, 0) << again.last.err;
    EXPECT_EQ(again.output, first.output);
    EXPECT_EQ(refs_of(lab), refs);
}

TEST_F(Recipes, TheActionReleasesNothingUnasked) {
    const Lab lab;
    const std::string refs = refs_of(lab);
    EXPECT_EQ(run_action(lab, {{"command", "start"}, {"version", "v1.1.0"}}).last.exit.code, 2);
    EXPECT_EQ(run_action(lab, {{"command", "start"}, {"yes", "true"}}).last.exit.code, 2);
    EXPECT_EQ(run_action(lab, {{"command", "; touch here"}}).last.exit.code, 2);
    const Job hostile = run_action(lab, {{"command", "plan"}, {"version", "$(touch here)"}});
    EXPECT_EQ(hostile.last.exit.code, 2) << hostile.last.err;
    EXPECT_FALSE(std::filesystem::exists(lab.project().directory() + "/here"));
    const Job plan = run_action(lab, {{"command", "plan"}, {"version", "v1.1.0"}});
    EXPECT_EQ(plan.last.exit.code, 0) << plan.last.err;
    EXPECT_TRUE(plan.output.starts_with("tag=v1.1.0\ncommit=")) << plan.output;
    EXPECT_EQ(refs_of(lab), refs);
}

TEST_F(Recipes, TheActionVerifies) {
    const Lab lab;
    EXPECT_EQ(run_action(lab, {}).last.exit.code, 0);
    const Job wrong = run_action(lab, {{"version", "v9.0.0"}});
    EXPECT_EQ(wrong.last.exit.code, 1);
    EXPECT_TRUE(wrong.last.out.contains("::error file=")) << wrong.last.out;
}

TEST_F(Recipes, TheTemplateVerifies) {
    const Lab lab;
    const Variables variables = {{"RELEASE_SCRIPT", integration("ci/release.sh")}};
    const os::Captured verified = run_gitlab(lab, ".lockstep-verify", variables).last;
    EXPECT_EQ(verified.exit.code, 0) << verified.out << verified.err;
    const std::string file = lab.project().directory() + "/install.yaml";
    std::string text = read(file);
    text.replace(text.find(":v1.0.0"), 7, ":v0.9.0");
    std::ofstream(file) << text;
    EXPECT_EQ(run_gitlab(lab, ".lockstep-verify", variables).last.exit.code, 1);
}

TEST_F(Recipes, TheTemplateReleasesAndIsHarmlessAgain) {
    const Lab lab({.mode = Mode::digest});
    const Variables variables = {{"RELEASE_SCRIPT", integration("ci/release.sh")},
                                 {"RELEASE_VERSION", "minor"}};
    const Job first = run_gitlab(lab, ".lockstep-release", variables);
    ASSERT_EQ(first.last.exit.code, 0) << first.last.err << first.last.out;
    expect_released(lab, "v1.1.0");
    EXPECT_TRUE(first.output.starts_with("RELEASE_TAG=v1.1.0\nRELEASE_COMMIT=")) << first.output;
    const std::string refs = refs_of(lab);
    const Job again = run_gitlab(lab, ".lockstep-release", variables);
    EXPECT_EQ(again.last.exit.code, 0) << again.last.err;
    EXPECT_EQ(again.output, first.output);
    EXPECT_EQ(refs_of(lab), refs);
}

}  // namespace
}  // namespace lockstep::release_lab
