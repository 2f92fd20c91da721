"""Benchmarks of `lockstep image` against registries on loopback."""
import hashlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import time

from paired import measure, middle, pair, ratio, spread

MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
CONFIG = 'application/vnd.oci.image.config.v1+json'
LAYER = 'application/vnd.oci.image.layer.v1.tar'
CONNECTIONS = 16  # of lockstep to one host


class Registry:
    """A real one on a free port of loopback, or of the other end of a link: distribution 3 where it is installed, else Debian's."""

    def __init__(self, folder, name, log_level, link=None):
        self.folder = os.path.join(folder, name)
        os.makedirs(self.folder)
        self.there = link.there if link else []
        with socket.create_server(('127.0.0.1', 0)) as free:
            self.host = f'{link.address if link else "127.0.0.1"}:{free.getsockname()[1]}'
        with open(os.path.join(self.folder, 'config.yml'), 'w') as out:
            out.write(f'version: 0.1\nlog: {{level: {log_level}, formatter: text, accesslog: {{disabled: true}}}}\n'
                      f'storage: {{filesystem: {{rootdirectory: {self.folder}/data}}}}\nhttp: {{addr: "{self.host}", secret: bench}}\n')
        self.start()

    @staticmethod
    def program():
        return shutil.which('registry') or shutil.which('docker-registry')

    def start(self):
        with open(os.path.join(self.folder, 'log'), 'w') as log:
            self.process = subprocess.Popen([*self.there, self.program(), 'serve', os.path.join(self.folder, 'config.yml')], stdout=log, stderr=log,
                                            env={**os.environ, 'OTEL_TRACES_EXPORTER': 'none'})
        while not self.answers():
            if self.process.poll() is not None:
                raise SystemExit(f'the registry does not start: {self.said()}')
            time.sleep(0.01)

    def answers(self):
        try:
            host, port = self.host.split(':')
            socket.create_connection((host, int(port))).close()
        except ConnectionRefusedError:
            return False
        return True

    def said(self):
        with open(os.path.join(self.folder, 'log')) as log:
            return log.read()

    def uploads(self):
        time.sleep(0.2)  # a request is written down after it was answered
        return sum('response completed' in line and 'http.request.method=POST' in line for line in self.said().splitlines())

    def empty(self):
        """Begins again with nothing in it."""
        self.stop()
        shutil.rmtree(os.path.join(self.folder, 'data'), ignore_errors=True)
        self.start()

    def stop(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Pusher:
    """Puts images into a registry."""

    def __init__(self, host):
        self.connection = http.client.HTTPConnection(host)

    def request(self, method, target, body=None, headers=None):
        self.connection.request(method, target, body, headers or {})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status not in (201, 202):
            raise SystemExit(f'{method} {target}: {answer.status}')
        return answer

    def blob(self, repository, bytes_, media_type):
        digest = 'sha256:' + hashlib.sha256(bytes_).hexdigest()
        location = self.request('POST', f'/v2/{repository}/blobs/uploads/').headers['Location']
        target = location[location.index('/v2/'):]
        self.request('PUT', f'{target}{"&" if "?" in target else "?"}digest={digest}', bytes_, {'Content-Type': 'application/octet-stream'})
        return {'mediaType': media_type, 'digest': digest, 'size': len(bytes_)}

    def manifest(self, repository, tags, config, layers, annotations):
        text = json.dumps({'schemaVersion': 2, 'mediaType': MANIFEST, 'config': config, 'layers': layers, 'annotations': annotations}).encode()
        for tag in tags:
            self.request('PUT', f'/v2/{repository}/manifests/{tag}', text, {'Content-Type': MANIFEST})
        return 'sha256:' + hashlib.sha256(text).hexdigest()


def push_small(host, repositories, images, tags):
    """`images` images in each repository, `tags` tags on each: (repository, tag, digest)."""
    pusher, pushed = Pusher(host), []
    for r in range(repositories):
        repository = f'team{r % 7}/app{r}'
        config = pusher.blob(repository, b'{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}', CONFIG)
        for i in range(images):
            names = [f'v{i}.{t}.0' for t in range(tags)]
            digest = pusher.manifest(repository, names, config, [], {'number': f'{r} {i}'})
            pushed += [(repository, name, digest) for name in names]
    return pushed


def lines(folder, name, texts):
    path = os.path.join(folder, name)
    with open(path, 'w') as out:
        out.writelines(text + '\n' for text in texts)
    return path


def must_print(command, expected, what):
    out = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    if out.returncode != 0 or out.stdout.split() != expected:
        raise SystemExit(f'{what}: {" ".join(command)} does not print the {len(expected)} digests')


def batch_tools(host, references):
    """What else resolves many references: each as a command for sh, several at once where the tool knows one only."""
    tools = {}
    for name, one in (('crane', 'crane digest'), ('regctl', f'regctl --host reg={host},tls=disabled manifest head'), ('oras', 'oras resolve --plain-http')):
        if shutil.which(name):
            for jobs in (2, 8):
                tools[f'xargs -P{jobs} {name}'] = ['sh', '-c', f'xargs -P{jobs} -n1 {one} <{references}']
    if shutil.which('skopeo'):
        tools['xargs -P2 skopeo'] = ['sh', '-c', f'xargs -P2 -I@ skopeo inspect --tls-verify=false --no-tags --format "{{{{.Digest}}}}" docker://@ <{references}']
    return tools


def bench_digests(o, folder, report):
    if not Registry.program():
        return report.skip('image digest: many references', 'neither `registry` nor `docker-registry` is installed')
    folder = os.path.join(folder, 'registry')
    with Registry(folder, 'digests', 'error') as registry:
        pushed = push_small(registry.host, *((5, 10, 10) if o.quick else (50, 10, 10)))
        some = pushed[::10]
        references = lines(folder, 'references', (f'{registry.host}/{repository}:{tag}' for repository, tag, _ in some))
        ours = digest_command(o, registry.host, references)
        must_print(ours, [digest for _, _, digest in some], 'image digest')
        compare_loop(o, report, ours, references, len(some))
        compare_batch(o, report, ours, registry.host, references)
        compare_floor(o, report, folder, registry.host, pushed)


def digest_command(o, host, references):
    return [o.program, 'image', 'digest', '--plain-http', host, '-f', references]


def compare_loop(o, report, ours, references, count):
    if not shutil.which('crane'):
        return report.skip('crane digest in a loop / image digest', 'crane is not installed')
    loop = ['sh', '-c', f'while read -r reference; do crane digest "$reference"; done <{references}']
    a, b = pair(ours, loop, 1 if o.quick else 3)
    r = ratio(b, a, 'wall')
    report.row(f'crane digest in a loop / image digest, {count} refs, wall', spread(r), '≥ 20×', None if o.quick else r[0] >= 20)


def compare_batch(o, report, ours, host, references):
    tools = batch_tools(host, references)
    if not tools:
        return report.skip('the fastest other tool / image digest', 'none of crane, regctl, oras and skopeo is installed')
    fastest = min(tools, key=lambda name: measure(tools[name]).wall)
    a, b = pair(ours, tools[fastest], 1 if o.quick else 5)
    r = ratio(b, a, 'wall')
    report.row(f'the fastest other ({fastest}) / image digest, wall', spread(r), '≥ 3×', None if o.quick else r[0] >= 3)


def compare_floor(o, report, folder, host, pushed):
    paths = lines(folder, 'paths', (f'/v2/{repository}/manifests/{tag}' for repository, tag, _ in pushed))
    references = lines(folder, 'all-references', (f'{host}/{repository}:{tag}' for repository, tag, _ in pushed))
    floor = [os.path.join(os.path.dirname(o.program), 'bench', 'bench_registry_floor'), host.split(':')[1], str(CONNECTIONS), paths]
    a, b = pair(digest_command(o, host, references), floor, o.runs)
    r = ratio(b, a, 'wall')
    report.row(f'image digest / bare requests, {len(pushed):,} refs, requests a second', spread(r), '≥ 0.8×', None if o.quick else r[0] >= 0.8)
    report.row('image digest: memory', f'{max(cost.memory for cost in a) / 1024:.1f} MB')
    report.row('image digest: requests a second (machine-dependent)', f'{len(pushed) / middle(a, "wall"):,.0f}')


def copy_commands(o, source, target):
    """What copies the image `source` to `target`, a command for each tool that is installed."""
    hosts = [source.split('/')[0], target.split('/')[0]]
    commands = {'lockstep': [o.program, 'image', 'copy', '--plain-http', ','.join(hosts), source, target]}
    others = {'crane': ['copy', source, target],
              'skopeo': ['--insecure-policy', 'copy', '--preserve-digests', '--src-tls-verify=false', '--dest-tls-verify=false', f'docker://{source}', f'docker://{target}'],
              'regctl': [word for host in hosts for word in ('--host', f'reg={host},tls=disabled')] + ['image', 'copy', source, target],
              'oras': ['cp', '--from-plain-http', '--to-plain-http', source, target]}
    for name, args in others.items():
        if shutil.which(name):
            commands[name] = [name, *args]
    return commands


def bench_copy(o, folder, report):
    if not Registry.program():
        return report.skip('image copy', 'neither `registry` nor `docker-registry` is installed')
    folder = os.path.join(folder, 'copy')
    layers, size = (4, 1 << 20) if o.quick else (8, 128 << 20)
    with Registry(folder, 'source', 'error') as source, Registry(folder, 'target', 'info') as target:
        pusher = Pusher(source.host)
        config = pusher.blob('team/app', b'{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}', CONFIG)
        digest = pusher.manifest('team/app', ['v1'], config, [pusher.blob('team/app', os.urandom(size), LAYER) for _ in range(layers)], {})

        def copied_by(name):
            """What a copy into an empty registry costs."""
            target.empty()
            cost = measure(copy_commands(o, f'{source.host}/team/app:v1', f'{target.host}/team/app:v1')[name])
            must_be_there(target.host, digest, name)
            return cost

        what = f'{layers * size >> 20:,} MiB'
        compare_copies(o, report, copied_by, copy_commands(o, source.host, target.host), what)
        copied_by('lockstep')
        before = target.uploads()
        measure(copy_commands(o, f'{source.host}/team/app:v1', f'{target.host}/team/app:v2')['lockstep'])
        again = target.uploads() - before
        report.row('image copy under a second tag: blobs moved', str(again), '0', again == 0)


def must_be_there(host, digest, name, tag='v1'):
    connection = http.client.HTTPConnection(host)
    connection.request('HEAD', f'/v2/team/app/manifests/{tag}', headers={'Accept': MANIFEST})
    answer = connection.getresponse()
    if answer.headers.get('Docker-Content-Digest') != digest:
        raise SystemExit(f'{name} did not copy the image: {answer.status}')


def compare_copies(o, report, copied_by, commands, what):
    others = [name for name in commands if name != 'lockstep']
    costs = {name: copied_by(name) for name in commands}  # and everything is warm then
    if not others:
        return report.skip('image copy / the fastest other', 'none of crane, skopeo, regctl and oras is installed')
    ours, theirs = [], {name: [] for name in others}
    for _ in range(1 if o.quick else 5):
        ours.append(copied_by('lockstep'))
        for name in others:
            theirs[name].append(copied_by(name))
    # oras is shown and not measured against: it takes less CPU than hashing every byte, as we do, costs alone.
    checking = [name for name in others if name != 'oras'] or others
    fastest = min(checking, key=lambda name: middle(theirs[name], 'wall'))
    for name in others:
        r = ratio(theirs[name], ours, 'wall')
        goal = '≥ 0.9×' if name == fastest else ''
        report.row(f'{name} / image copy, {what}, wall', spread(r), goal, r[0] >= 0.9 if goal and not o.quick else None)
    report.row(f'{fastest} / image copy, CPU', spread(ratio(theirs[fastest], ours, 'cpu')))
    memory = max(cost.memory for cost in [*ours, costs['lockstep']]) / 1024
    report.row(f'image copy of {what}: memory', f'{memory:.1f} MB', '< 64 MB', memory < 64)
