#!/usr/bin/env python3
"""final_state.py LAB.json released|traceless|burned TAG [BRANCH_COMMIT]: how a release ended.

Prints a line for each thing that is not as it must be after a release that was published, one that
was given up before any image tag was put (BRANCH_COMMIT: where the branch was), or one given up
after that. Ends with a traceback where it could not look at everything.
"""
import json
import sys

from world import CANDIDATES, STATES, Image, World


class FinalState:
    def __init__(self, description, tag):
        self.world = World(description)
        self.git = self.world.git
        self.tag = tag
        self.version = tag[1:]
        self.problems = []
        self.refs = self.git.refs()

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)
        return holds

    def ref(self, name):
        return self.refs.get(name)

    def step(self):
        state = self.ref(STATES + self.tag)
        data = state and self.git.file(state.id, "release.json")
        return json.loads(data)["step"] if data else None

    def expect_step(self, step):
        self.expect(self.step() == step, "the state says %s, not %s" % (self.step(), step))

    def expect_no_candidate(self):
        self.expect(self.ref(CANDIDATES + self.tag) is None, "the candidate's ref is there")

    def consumers_view(self):
        """What people who clone see must be what the files of the remote say."""
        listed = self.git.run("ls-remote", self.world.remote_url).decode().splitlines()
        seen = {name: id for id, name in (line.split("\t") for line in listed)}
        for name, ref in self.refs.items():
            self.expect(seen.get(name) == ref.id, "git ls-remote says another %s" % name)

    # After a release that was published.

    def released(self):
        self.consumers_view()
        tag = self.ref("refs/tags/" + self.tag)
        if not self.expect(tag, "there is no tag"):
            return
        self.expect(tag.type == "tag", "the tag is not annotated")
        branch = self.ref(self.world.branch)
        self.expect(branch and self.git.is_ancestor(tag.commit, branch.commit),
                    "the branch does not contain %s" % tag.commit)
        self.expect_no_candidate()
        self.expect_step("recorded")
        state = self.ref(STATES + self.tag)
        record = state and self.world.record(state.id)
        for what, detail in (self.world.naming_problems(self.tag, tag.commit) +
                             self.world.image_problems(self.tag, tag.commit, record)):
            self.problems.append("%s: %s" % (what, detail))
        if self.expect(record, "there is no record"):
            self.recorded(record, tag, state)

    def recorded(self, record, tag, state):
        said = {key: record.get(key) for key in ("tag", "version", "commit", "tagObject", "mode")}
        true = {"tag": self.tag, "version": self.version, "commit": tag.commit,
                "tagObject": tag.id, "mode": self.world.mode}
        self.expect(said == true, "the record says %s, not %s" % (said, true))
        tree = self.git.run("rev-parse", tag.commit + "^{tree}").decode().strip()
        self.expect(record.get("tree") == tree, "the record has another tree")
        self.expect(self.git.is_ancestor(tag.commit, state.id), "the state does not keep the commit")
        self.made_from(record.get("source"), tag.commit)
        for name in self.world.images:
            self.published(record, name, tag.commit)

    def made_from(self, source, commit):
        parent = self.git.run("rev-parse", commit + "^").decode().strip()
        if not self.expect(source == parent,
                           "the commit was made from %s, recorded %s" % (parent, source)):
            return
        changed = self.git.run("diff", "--name-only", "-z", source, commit).decode().split("\0")
        others = set(filter(None, changed)) - self.world.managed
        self.expect(not others, "the commit changes %s too" % sorted(others))

    def published(self, record, name, commit):
        reference = "%s:%s" % (name, self.tag)
        registry, repository = self.world.registry(name), self.world.repository(name)
        digest = registry.resolve(repository, self.tag)
        entries = [entry for entry in record["images"] if entry["reference"] == reference]
        if not self.expect(digest, "%s is missing" % reference):
            return
        self.expect([entry["digest"] for entry in entries] == [digest],
                    "%s is %s, recorded %s" % (reference, digest, entries))
        built_from = commit if self.world.mode == "tag" else record.get("source")
        for platform, labels in Image(registry, repository, digest).labels().items():
            said = {key: labels.get("org.opencontainers.image." + key)
                    for key in ("revision", "version")}
            true = {"revision": built_from, "version": self.version}
            self.expect(said == true, "%s for %s says %s, not %s"
                        % (reference, platform, said, true))

    # After one that was given up.

    def traceless(self, branch_commit):
        self.consumers_view()
        for name in ("refs/tags/", CANDIDATES, STATES):
            self.expect(self.ref(name + self.tag) is None, "%s%s is there" % (name, self.tag))
        branch = self.ref(self.world.branch)
        self.expect(branch and branch.id == branch_commit,
                    "the branch is at %s, not %s" % (branch and branch.id, branch_commit))
        for name in self.world.images:
            registry, repository = self.world.registry(name), self.world.repository(name)
            self.expect(registry.resolve(repository, self.tag) is None,
                        "%s:%s is there" % (name, self.tag))
            if self.world.can_delete:
                self.unstaged(name)

    def unstaged(self, name):
        """Whatever staging calls it: no image there says that it is this version."""
        registry, staging = self.world.registry(name), self.world.images[name]["staging"]
        for tag in registry.tags(staging):
            digest = registry.resolve(staging, tag)
            if digest is None:
                continue
            labels = Image(registry, staging, digest).labels().values()
            versions = {label.get("org.opencontainers.image.version") for label in labels}
            self.expect(self.version not in versions, "%s:%s is staged" % (staging, tag))

    def burned(self, branch_commit):
        self.consumers_view()
        self.expect(self.ref("refs/tags/" + self.tag) is None, "there is a tag")
        self.expect_no_candidate()
        self.expect_step("burned")
        branch = self.ref(self.world.branch)
        self.expect(branch and branch.id == branch_commit,
                    "the branch is at %s, not %s" % (branch and branch.id, branch_commit))


def main():
    description, end, tag = sys.argv[1:4]
    state = FinalState(description, tag)
    {"released": state.released, "traceless": state.traceless, "burned": state.burned}[end](
        *sys.argv[4:])
    print("".join(problem + "\n" for problem in state.problems), end="")


main()
