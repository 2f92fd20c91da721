"""A network of two machines: this one, and another at the end of a link of 1 Gbit/s (a network namespace of Linux's)."""
import os
import random
import shutil
import subprocess

RATE = '1gbit'


def run(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


class Link:
    """`address` is the other machine's; what `there` begins a command with runs on it."""

    def __init__(self):
        self.name = f'lockstep{os.getpid()}'
        self.ends = (f'ls{os.getpid()}a', f'ls{os.getpid()}b')
        net = f'10.{random.randrange(200, 250)}.{random.randrange(1, 250)}'
        self.net, self.address, self.here = f'{net}.0/30', f'{net}.2', f'{net}.1'
        self.there = ['ip', 'netns', 'exec', self.name]

    @staticmethod
    def why_not():
        """Why there can be none; nothing where there can. Tries it."""
        missing = [name for name in ('ip', 'tc') if not shutil.which(name)]
        if missing:
            return f'{missing[0]} is not installed'
        try:
            with Link():
                return None
        except subprocess.CalledProcessError as error:
            return error.stderr.strip() or 'no network namespace can be made'

    def __enter__(self):
        a, b = self.ends
        try:
            run('ip', 'netns', 'add', self.name)
            run('ip', 'link', 'add', a, 'type', 'veth', 'peer', 'name', b, 'netns', self.name)
            run('ip', 'address', 'add', f'{self.here}/30', 'dev', a)
            run('ip', 'link', 'set', a, 'up')
            run(*self.there, 'ip', 'address', 'add', f'{self.address}/30', 'dev', b)
            run(*self.there, 'ip', 'link', 'set', b, 'up')
            # Git's own daemon leaves Nagle's algorithm on, as no server of https or ssh does: without this each connection to it waits
            # 40 ms for an acknowledgement that the other end puts off.
            run('ip', 'route', 'replace', self.net, 'dev', a, 'src', self.here, 'quickack', '1')
            run(*self.there, 'ip', 'route', 'replace', self.net, 'dev', b, 'src', self.address, 'quickack', '1')
            run('tc', 'qdisc', 'add', 'dev', a, 'root', 'tbf', 'rate', RATE, 'burst', '1mb', 'latency', '50ms')
            run(*self.there, 'tc', 'qdisc', 'add', 'dev', b, 'root', 'tbf', 'rate', RATE, 'burst', '1mb', 'latency', '50ms')
        except subprocess.CalledProcessError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(['ip', 'link', 'del', self.ends[0]], stderr=subprocess.DEVNULL)
        subprocess.run(['ip', 'netns', 'del', self.name], stderr=subprocess.DEVNULL)
