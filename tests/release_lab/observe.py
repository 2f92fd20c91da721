#!/usr/bin/env python3
"""observe.py LAB.json VIOLATIONS.jsonl: watches the world while releases run.

Looks at it again and again until standard input ends. Writes one JSON line for each moment at which
I1 or I2 of the release protocol does not hold. A line `look` on standard input asks for one whole
look that begins afterwards; the answer is `looked`. The last words are the counts of what was seen.

The order within a look matters: refs first, then what they lead to. Who publishes puts the images
first, so whatever a visible tag names must be there later, too.
"""
import json
import os
import select
import sys
import time

from world import RELEASE_TAG, STATES, Unread, World

PAUSE = 0.002  # between looks, so that what is watched has a processor
PATIENCE = 0.2  # how long an answer may be wrong in a way that a registry mends itself


class Observer:
    def __init__(self, description, violations):
        self.world = World(description)
        self.out = open(violations, "a", encoding="utf-8", buffering=1)
        self.begin = time.monotonic()
        self.said = set()
        self.complained = set()
        self.git_tags = {}    # ref → id, as first seen
        self.image_tags = {}  # (name, tag) → digest, as first seen
        self.tip = None
        self.counts = dict(looks=0, tags=0, images=0, unread=0, flickers=0)
        self.is_complete = True  # whether the look under way has read all

    def violation(self, invariant, what, tag, detail):
        if (what, tag, detail) in self.said:
            return
        self.said.add((what, tag, detail))
        line = {"invariant": invariant, "what": what, "tag": tag, "detail": detail,
                "look": self.counts["looks"], "at": round(time.monotonic() - self.begin, 4)}
        self.out.write(json.dumps(line) + "\n")

    def try_to(self, look, *args):
        try:
            look(*args)
        except Unread as why:
            self.counts["unread"] += 1
            self.is_complete = False
            if str(why) not in self.complained:
                self.complained.add(str(why))
                sys.stderr.write("observer: %s\n" % why)

    def look(self):
        self.is_complete = True
        self.try_to(self.look_at_everything)
        self.counts["looks"] += 1

    def look_at_everything(self):
        refs = self.world.git.refs()
        self.look_at_refs(refs)
        for name, ref in refs.items():
            if not name.startswith("refs/tags/"):
                continue
            tag = name[len("refs/tags/"):]
            if RELEASE_TAG.fullmatch(tag):
                self.try_to(self.look_at_release, tag, ref, refs.get(STATES + tag))
        for name in self.world.images:
            self.try_to(self.look_at_image_tags, name)

    def look_at_refs(self, refs):
        for name, ref in refs.items():
            if name.startswith("refs/tags/"):
                first = self.git_tags.setdefault(name, ref.id)
                if first != ref.id:
                    self.violation("I2", "tag-moved", name, "from %s to %s" % (first, ref.id))
        for name in self.git_tags:
            if name not in refs:
                self.violation("I2", "tag-gone", name, "it was %s" % self.git_tags[name])
        self.look_at_branch(refs.get(self.world.branch))

    def look_at_branch(self, ref):
        if ref is None:
            if self.tip:
                self.violation("I2", "branch-gone", self.world.branch, "it was %s" % self.tip)
            return
        if self.tip and self.tip != ref.id and not self.world.git.is_ancestor(self.tip, ref.id):
            self.violation("I2", "branch-rewound", self.world.branch,
                           "from %s to %s" % (self.tip, ref.id))
        self.tip = ref.id

    def look_at_release(self, tag, ref, state):
        record = state and self.world.record(state.id)
        found = self.world.naming_problems(tag, ref.commit)
        found += self.steady(lambda: self.world.image_problems(tag, ref.commit, record))
        for what, detail in found:
            self.violation("I1", what, tag, detail)
        self.counts["tags"] += 1

    def look_at_image_tags(self, name):
        registry, repository = self.world.registry(name), self.world.repository(name)
        known = {tag for (image, tag) in self.image_tags if image == name}
        for tag in known.union(registry.tags(repository)) - self.world.moving:
            digest = registry.resolve(repository, tag)
            first = self.image_tags.get((name, tag))
            if digest is None:
                # Without a first digest: listed a moment before it can be read.
                if first and self.steady(lambda: self.absence(name, tag)):
                    self.violation("I2", "image-gone", tag, "%s:%s was %s" % (name, tag, first))
                continue
            self.image_tags.setdefault((name, tag), digest)
            if first not in (None, digest):
                self.violation("I2", "image-moved", tag,
                               "%s:%s from %s to %s" % (name, tag, first, digest))
            self.counts["images"] += 1

    def absence(self, name, tag):
        is_there = self.world.registry(name).resolve(self.world.repository(name), tag)
        return [] if is_there else [tag]

    def steady(self, ask):
        """The problems that `ask` still finds after PATIENCE, in which it finds some every time.
        A registry on files that takes the same manifest once more may lack it for a moment, which
        is no fault of who wrote it: that is a flicker, and counted."""
        end = time.monotonic() + PATIENCE
        found = ask()
        if not found:
            return found
        while time.monotonic() < end:
            time.sleep(PAUSE)
            found = ask()
            if not found:
                self.counts["flickers"] += 1
                return found
        return found

    def last_words(self):
        self.counts["complete"] = int(self.is_complete)
        return " ".join("%s=%d" % item for item in self.counts.items())


def commands():
    """What has come over standard input by now; None at its end."""
    if not select.select([0], [], [], PAUSE)[0]:
        return []
    data = os.read(0, 4096)
    return data.decode().split() if data else None


def main():
    observer = Observer(sys.argv[1], sys.argv[2])
    observer.look()
    print("looked", flush=True)
    while True:
        asked = commands()
        observer.look()
        if asked is None:
            break
        for _ in asked:
            print("looked", flush=True)
    print(observer.last_words(), flush=True)


main()
