#include "git/object_source.h"

#include "git/commit.h"

namespace lockstep::git {

namespace {

constexpr int tags_max = 32;  // one behind the other

using Answer = CatFile::Answer;

Answer found(const ObjectId& id, StoredObject&& object) {
    Answer answer;
    answer.state = CatFile::State::found;
    answer.id = id;
    answer.type = object.type;
    answer.size = object.bytes.size();
    answer.bytes = std::move(object.bytes);
    return answer;
}

/// What a tag object says that it is a tag of (gitformat: "object", "type" and "tag" begin it).
struct Target {
    ObjectId id;
    ObjectType type;
};

/// The rest of `line` behind `word`.
std::optional<std::string_view> behind(std::string_view line, std::string_view word) {
    if (!line.starts_with(word)) return std::nullopt;
    return line.substr(word.size());
}

std::optional<Target> parse_target(std::string_view tag) {
    const std::size_t first = tag.find('\n');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = tag.find('\n', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto hex = behind(tag.substr(0, first), "object ");
    const auto word = behind(tag.substr(first + 1, second - first - 1), "type ");
    const auto id = hex ? ObjectId::parse(*hex) : std::nullopt;
    const auto type = word ? object_type(*word) : std::nullopt;
    if (!id || !type || !tag.substr(second + 1).starts_with("tag ")) return std::nullopt;
    return Target{.id = *id, .type = *type};
}

/// The commit that an object is or leads to through tags. One that leads elsewhere is missing; what
/// is there is read none the less, because git does so and tells where it is damaged.
std::optional<Answer> peel(ObjectStore& store, ObjectId id) {
    std::optional<ObjectType> said;
    for (int tags = 0; tags <= tags_max; ++tags) {
        auto object = store.read(id);
        if (!object || (said && object->type != *said)) return std::nullopt;
        if (object->type == ObjectType::blob || object->type == ObjectType::tree)
            return Answer{.state = CatFile::State::missing};
        if (object->type == ObjectType::commit) {
            if (!parse_commit(id, object->bytes)) return std::nullopt;
            return found(id, std::move(*object));
        }
        const auto target = parse_target(object->bytes);
        if (!target) return std::nullopt;
        id = target->id;
        said = target->type;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Answer> answer_from(ObjectStore& store, CatFile::Verb verb, std::string_view name) {
    constexpr std::string_view to_commit = "^{commit}";
    const bool is_peeled = name.ends_with(to_commit);
    if (is_peeled) name.remove_suffix(to_commit.size());
    const auto id = ObjectId::parse(name);
    if (!id) return std::nullopt;
    if (is_peeled) {
        std::optional<Answer> answer = peel(store, *id);
        if (answer && verb == CatFile::Verb::info) answer->bytes.clear();
        return answer;
    }
    if (verb == CatFile::Verb::contents) {
        auto object = store.read(*id);
        return object ? std::optional(found(*id, std::move(*object))) : std::nullopt;
    }
    const auto header = store.header(*id);
    if (!header) return std::nullopt;
    return Answer{
        .state = CatFile::State::found, .id = *id, .type = header->type, .size = header->size};
}

std::optional<ObjectHeader> ObjectSource::header_in_files(const ObjectId& id) {
    return store_ ? store_->header(id) : std::nullopt;
}

std::optional<StoredObject> ObjectSource::read_in_files(const ObjectId& id, std::size_t bytes_max) {
    return store_ ? store_->read(id, bytes_max) : std::nullopt;
}

Result<void> ObjectSource::start() {
    if (store_) return {};
    return cat_file_.start();
}

Result<void> ObjectSource::ask(CatFile::Verb verb, std::span<const std::string> names,
                               const CatFile::Listener& listener) {
    std::size_t answered = 0;
    for (; store_ && answered < names.size(); ++answered) {
        std::optional<Answer> answer = answer_from(*store_, verb, names[answered]);
        if (!answer) break;
        listener(answered, std::move(*answer));
    }
    if (answered == names.size()) return {};
    return cat_file_.ask(verb, names.subspan(answered), [&](std::size_t question, Answer&& answer) {
        listener(answered + question, std::move(answer));
    });
}

}  // namespace lockstep::git
