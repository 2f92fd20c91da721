#include "release/state.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "json/parse.h"
#include "json/writer.h"

namespace lockstep::release {

namespace {

constexpr std::pair<Step, std::string_view> steps[] = {
    {Step::prepared, "prepared"},   {Step::built, "built"},       {Step::tagging, "tagging"},
    {Step::published, "published"}, {Step::recorded, "recorded"}, {Step::aborting, "aborting"},
    {Step::burned, "burned"}};

/// A release of more is no release that a person made.
constexpr json::Limits limits = {.bytes = 4u << 20, .values = 200'000, .depth = 10};

constexpr std::pair<std::string_view, std::string State::*> texts[] = {
    {"tag", &State::tag},
    {"version", &State::version},
    {"component", &State::component},
    {"mode", &State::mode},
    {"source", &State::source},
    {"commit", &State::commit},
    {"tagObject", &State::tag_object},
    {"branch", &State::branch},
    {"merged", &State::merged},
    {"candidate", &State::candidate},
    {"origin", &State::origin},
    {"person", &State::person},
    {"email", &State::email},
    {"runner", &State::runner},
    {"tool", &State::tool},
    {"reason", &State::reason}};

void write_item(const Item& item, json::Writer& writer) {
    writer.begin_object();
    writer.key("kind").string(item.kind == Item::Kind::chart ? "chart" : "image");
    writer.key("name").string(item.name);
    writer.key("staging").string(item.staging);
    writer.key("published").string(item.published);
    writer.key("digest").string(item.digest);
    writer.key("platforms").begin_array();
    for (const record::Platform& platform : item.platforms)
        writer.begin_object()
            .key("name")
            .string(platform.name)
            .key("digest")
            .string(platform.digest)
            .end_object();
    writer.end_array().end_object();
}

std::unexpected<Error> wrong(const std::string& name, const std::string& what) {
    return fail(Error::Kind::invalid, '`' + name + "` is no state of a release: " + what);
}

Result<std::string> text_of(const json::Value& value, const std::string& name,
                            std::string_view key) {
    const json::Value* const found = value.find(key);
    if (found == nullptr) return std::string();
    const auto* const text = found->as<std::string>();
    if (text == nullptr) return wrong(name, '`' + std::string(key) + "` is no text");
    return *text;
}

Result<std::int64_t> number_of(const json::Value& value, const std::string& name,
                               std::string_view key) {
    const json::Value* const found = value.find(key);
    const auto* const number = found == nullptr ? nullptr : found->as<std::int64_t>();
    if (number == nullptr) return wrong(name, '`' + std::string(key) + "` is no number");
    return *number;
}

Result<const json::Array*> list_of(const json::Value& value, const std::string& name,
                                   std::string_view key) {
    const json::Value* const found = value.find(key);
    const auto* const list = found == nullptr ? nullptr : found->as<json::Array>();
    if (list == nullptr) return wrong(name, '`' + std::string(key) + "` is no list");
    return list;
}

Result<Item> read_item(const json::Value& value, const std::string& name) {
    Item item;
    const std::string kind = TRY(text_of(value, name, "kind"));
    if (kind != "image" && kind != "chart") return wrong(name, "an item is of no known kind");
    item.kind = kind == "chart" ? Item::Kind::chart : Item::Kind::image;
    item.name = TRY(text_of(value, name, "name"));
    item.staging = TRY(text_of(value, name, "staging"));
    item.published = TRY(text_of(value, name, "published"));
    item.digest = TRY(text_of(value, name, "digest"));
    for (const json::Value& platform : *TRY(list_of(value, name, "platforms"))) {
        if (platform.as<json::Object>() == nullptr) return wrong(name, "a platform is no mapping");
        record::Platform read;
        read.name = TRY(text_of(platform, name, "name"));
        read.digest = TRY(text_of(platform, name, "digest"));
        item.platforms.push_back(std::move(read));
    }
    return item;
}

Result<Step> read_step(const json::Value& value, const std::string& name) {
    const std::string text = TRY(text_of(value, name, "step"));
    const auto* const found = std::ranges::find(steps, std::string_view(text),
                                                &std::pair<Step, std::string_view>::second);
    if (found == std::end(steps)) return wrong(name, "`" + text + "` is no step");
    return found->first;
}

}  // namespace

std::string_view to_string(Step step) {
    return std::ranges::find(steps, step, &std::pair<Step, std::string_view>::first)->second;
}

std::string write(const State& state) {
    std::ostringstream out;
    {
        json::Writer writer(out, json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("step").string(to_string(state.step));
        for (const auto& [key, member] : texts)
            if (!(state.*member).empty()) writer.key(key).string(state.*member);
        writer.key("time").integer(state.time).key("changed").integer(state.changed);
        writer.key("items").begin_array();
        for (const Item& item : state.items) write_item(item, writer);
        writer.end_array().end_object();
    }
    return std::move(out).str() + '\n';
}

Result<State> parse_state(const std::string& name, std::string_view bytes) {
    const json::Value value = TRY(json::parse(name, bytes, limits));
    const std::int64_t schema = TRY(number_of(value, name, "schemaVersion"));
    if (schema < 1) return wrong(name, "`schemaVersion` is below 1");
    if (schema > 1)
        return fail(Error::Kind::unsupported,
                    '`' + name + "` was written by a newer lockstep than this one",
                    "carry on with that one");
    State state;
    state.step = TRY(read_step(value, name));
    for (const auto& [key, member] : texts) state.*member = TRY(text_of(value, name, key));
    state.time = TRY(number_of(value, name, "time"));
    state.changed = TRY(number_of(value, name, "changed"));
    for (const json::Value& item : *TRY(list_of(value, name, "items")))
        state.items.push_back(TRY(read_item(item, name)));
    if (state.tag.empty() || state.source.empty()) return wrong(name, "it lacks `tag` or `source`");
    return state;
}

}  // namespace lockstep::release
