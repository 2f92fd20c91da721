"""Costs of whole processes, in pairs, and how they are shown."""
import statistics
import subprocess


class Cost:
    def __init__(self, wall, cpu, memory):
        self.wall, self.cpu, self.memory = wall, cpu, memory


launcher = None  # bench_measure, set by bench/run


def measure(command):
    """One run of a command, by a small program: a child inherits the peak memory of a large parent."""
    out = subprocess.run([launcher, '1', *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    wall, cpu, memory, code = (int(word) for word in out.stdout.split())
    if code not in (0, 1, 3):  # lockstep's findings are results
        raise SystemExit(f'{" ".join(command)}: exit status {code}')
    return Cost(wall / 1e6, cpu / 1e6, memory)


def pair(ours, theirs, runs):
    """Both commands in turn; costs of each, in order."""
    measure(ours), measure(theirs)
    a, b = [], []
    for _ in range(runs):
        a.append(measure(ours))
        b.append(measure(theirs))
    return a, b


def ratio(a, b, field):
    values = sorted(getattr(x, field) / max(getattr(y, field), 1e-9) for x, y in zip(a, b))
    return statistics.median(values), values[0], values[-1]


def middle(costs, field):
    return statistics.median(getattr(cost, field) for cost in costs)


class Report:
    def __init__(self):
        self.rows, self.skipped, self.missed = [], [], []

    def row(self, what, figure, goal='', ok=None):
        mark = '' if ok is None else ('reached' if ok else 'MISSED')
        if ok is False:
            self.missed.append(what)
        self.rows.append((what, figure, goal, mark))
        print(f'{what:58} {figure:34} {goal:12} {mark}', flush=True)

    def skip(self, what, why):
        self.skipped.append(what)
        print(f'{what:58} skipped: {why}', flush=True)


def spread(r):
    return f'{r[0]:.2f}× ({r[1]:.2f} to {r[2]:.2f})' if r[0] < 20 else f'{r[0]:.0f}× ({r[1]:.0f} to {r[2]:.0f})'
