"""What a release costs over what it is made of: one `git push` and one copy of the image."""
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time

from link import Link
from paired import measure, middle, ratio, spread
from registries import CONFIG, LAYER, MANIFEST, Registry, must_be_there

INDEX = 'application/vnd.oci.image.index.v1+json'
GIT = {'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_NOSYSTEM': '1', 'GIT_AUTHOR_NAME': 'A', 'GIT_AUTHOR_EMAIL': 'a@example.org',
       'GIT_COMMITTER_NAME': 'A', 'GIT_COMMITTER_EMAIL': 'a@example.org'}


def git(directory, *args):
    return subprocess.run(['git', '-C', directory, *args], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def make_layout(folder, layers, size):
    """An OCI image layout of one image with `layers` layers of `size` random bytes; the image's digest."""
    os.makedirs(os.path.join(folder, 'blobs', 'sha256'))

    def put(bytes_, media_type):
        name = hashlib.sha256(bytes_).hexdigest()
        with open(os.path.join(folder, 'blobs', 'sha256', name), 'wb') as out:
            out.write(bytes_)
        return {'mediaType': media_type, 'digest': f'sha256:{name}', 'size': len(bytes_)}

    made = [put(os.urandom(size), LAYER) for _ in range(layers)]
    config = put(json.dumps({'os': 'linux', 'architecture': 'amd64', 'rootfs': {'type': 'layers', 'diff_ids': [each['digest'] for each in made]}}).encode(), CONFIG)
    image = put(json.dumps({'schemaVersion': 2, 'mediaType': MANIFEST, 'config': config, 'layers': made}).encode(), MANIFEST)
    with open(os.path.join(folder, 'oci-layout'), 'w') as out:
        out.write('{"imageLayoutVersion": "1.0.0"}')
    with open(os.path.join(folder, 'index.json'), 'w') as out:
        json.dump({'schemaVersion': 2, 'mediaType': INDEX, 'manifests': [{**image, 'annotations': {'org.opencontainers.image.ref.name': 'v1'}}]}, out)
    return image['digest']


def make_project(folder, host):
    """A remote and a clone of a project that declares v0.0.0 of team/app, once in a kustomization."""
    remote, project = os.path.join(folder, 'remote.git'), os.path.join(folder, 'project')
    os.makedirs(project)
    subprocess.run(['git', 'init', '-q', '--bare', '-b', 'main', remote], check=True)
    git(project, 'init', '-q', '-b', 'main')
    git(project, 'remote', 'add', 'origin', remote)
    files = {'lockstep.yaml': f'name: app\nimages:\n  - name: {host}/team/app\n    build: {{layout: image}}\ntags: ["v{{version}}"]\n',
             'deploy/kustomization.yaml': 'resources: [deployment.yaml]\n' f'images:\n- name: app\n  newName: {host}/team/app\n  newTag: v0.0.0\n',
             'deploy/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  selector:\n    matchLabels: {app: app}\n'
             '  template:\n    metadata:\n      labels: {app: app}\n    spec:\n      containers:\n      - {name: app, image: app}\n'}
    os.makedirs(os.path.join(project, 'deploy'))
    for path, text in files.items():
        with open(os.path.join(project, path), 'w') as out:
            out.write(text)
    git(project, 'add', '.')
    git(project, 'commit', '-q', '-m', 'first')
    git(project, 'push', '-q', 'origin', 'main')


class World:
    """A project that is about to be released, made anew for each run; the registry is emptied."""

    def __init__(self, o, folder, registry, layout, digest, link=None):
        self.o, self.folder, self.registry, self.layout, self.digest, self.link = o, folder, registry, layout, digest, link
        self.fresh, self.project = os.path.join(folder, 'fresh'), os.path.join(folder, 'run', 'project')
        make_project(self.fresh, registry.host)

    def renew(self):
        run = os.path.dirname(self.project)
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(self.fresh, run)
        remote = os.path.join(run, 'remote.git')
        git(self.project, 'remote', 'set-url', 'origin', f'git://{self.link.address}{remote}' if self.link else remote)
        os.rename(self.layout, os.path.join(self.project, 'image'))
        self.registry.empty()

    def spend(self, command, name):
        """What a command costs that must leave both the image and the tag."""
        cost = measure(command)
        os.rename(os.path.join(self.project, 'image'), self.layout)
        must_be_there(self.registry.host, self.digest, name, 'v1.0.0')
        git(os.path.join(os.path.dirname(self.project), 'remote.git'), 'rev-parse', '--quiet', '--verify', 'v1.0.0^{commit}')
        return cost

    def released(self):
        self.renew()
        return self.spend([self.o.program, '-C', self.project, 'release', 'start', 'v1.0.0', '--yes', '-q', '--plain-http', self.registry.host], 'lockstep')

    def copies(self):
        image, target = os.path.join(self.project, 'image'), f'{self.registry.host}/team/app:v1.0.0'
        commands = {'crane': f'crane push {image} {target}', 'oras': f'oras cp --from-oci-layout --to-plain-http {image}:v1 {target}'}
        return {name: text for name, text in commands.items() if shutil.which(name)}

    def bare(self, name):
        """The commit and the tag stand before the clock starts: only what moves bytes is measured."""
        self.renew()
        path = os.path.join(self.project, 'deploy', 'kustomization.yaml')
        with open(path) as file:
            text = file.read().replace('v0.0.0', 'v1.0.0')
        with open(path, 'w') as file:
            file.write(text)
        git(self.project, 'commit', '-q', '-a', '-m', 'Release v1.0.0')
        git(self.project, 'tag', '-a', '-m', 'Release v1.0.0', 'v1.0.0')
        script = f'{self.copies()[name]} >/dev/null 2>&1 && git -C {self.project} push -q --atomic origin main v1.0.0'
        return self.spend(['sh', '-c', script], name)


def compare(o, report, world, size, goal):
    for name in world.copies():
        world.bare(name)
    world.released()
    ours, theirs = [], {name: [] for name in world.copies()}
    for _ in range(1 if o.quick else 7):
        ours.append(world.released())
        for name, costs in theirs.items():
            costs.append(world.bare(name))
    fastest = min(theirs, key=lambda name: middle(theirs[name], 'wall'))
    for name, costs in theirs.items():
        r = ratio(ours, costs, 'wall')
        shown = '≤ 1.2×' if goal and name == fastest else ''
        report.row(f'release start / git push and {name} of {size}, wall', spread(r), shown, r[0] <= 1.2 if shown and not o.quick else None)
    more = middle(ours, 'wall') - middle(theirs[fastest], 'wall')
    report.row(f'release start of {size}: over the faster of these (machine-dependent)', f'{more * 1000:.0f} ms')
    report.row(f'release start of {size}: memory', f'{max(cost.memory for cost in ours) / 1024:.1f} MB')


class GitDaemon:
    """Git's own server at the other end of a link, for all repositories below a folder."""

    def __init__(self, link, folder):
        self.process = subprocess.Popen([*link.there, 'git', 'daemon', '--reuseaddr', '--export-all', '--enable=receive-pack', f'--listen={link.address}', folder],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while True:
            try:
                return socket.create_connection((link.address, 9418)).close()
            except ConnectionRefusedError:
                time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def bench_over_a_link(o, folder, report, size, goal):
    """What a release is for in earnest: registry and remote are other machines."""
    why_not = Link.why_not()
    if why_not:
        return report.skip('release start over a link of 1 Gbit/s', why_not)
    layout = os.path.join(folder, 'image')
    digest = make_layout(layout, 4, size << 18)
    with Link() as link, Registry(folder, 'registry', 'error', link) as registry, GitDaemon(link, folder):
        compare(o, report, World(o, folder, registry, layout, digest, link), f'{size} MiB over 1 Gbit/s', goal)


def bench_release(o, folder, report):
    if not Registry.program():
        return report.skip('release start', 'neither `registry` nor `docker-registry` is installed')
    if not (shutil.which('crane') or shutil.which('oras')):
        return report.skip('release start / git push and a copy', 'neither crane nor oras is installed')
    os.environ.update(GIT, XDG_CACHE_HOME=os.path.join(folder, 'cache'))
    folder = os.path.join(folder, 'release')
    for size, goal in ((4, False),) if o.quick else ((4, False), (100, True), (1000, False)):
        at = os.path.join(folder, str(size))
        os.makedirs(at)
        layout = os.path.join(at, 'image')
        digest = make_layout(layout, 4, size << 18)
        with Registry(at, 'registry', 'error') as registry:
            compare(o, report, World(o, at, registry, layout, digest), f'{size} MiB', goal)
        shutil.rmtree(at)
    if o.quick:
        return
    for size, goal in ((100, False), (1000, True)):
        at = os.path.join(folder, f'link{size}')
        os.makedirs(at)
        bench_over_a_link(o, at, report, size, goal)
        shutil.rmtree(at)
