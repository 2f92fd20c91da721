"""Benchmarks of `lockstep deployed` against a cluster of loopback that serve-cluster plays, for both programs alike."""
import os
import shutil
import subprocess

from paired import middle, pair, ratio, spread

EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'examples')


def bench_deployed(o, folder, report):
    kubectl = shutil.which('kubectl')
    if not kubectl:
        return report.skip('deployed / kubectl get pods -A -o json', 'kubectl is not installed')
    pods = 500 if o.quick else 5000
    at = os.path.join(folder, 'cluster')
    subprocess.run([os.path.join(EXAMPLES, 'make-example'), at], stdout=subprocess.DEVNULL, check=True)
    subprocess.run([os.path.join(EXAMPLES, 'serve-cluster'), '--pods', str(pods), at], check=True)
    kubeconfig = os.path.join(at, 'kubeconfig')
    ours = [o.program, 'deployed', '-A', '-q', '--kubeconfig', kubeconfig, '-C', os.path.join(at, 'kite'),
            '-c', os.path.join(at, 'lockstep.yaml')]
    theirs = [kubectl, '--kubeconfig', kubeconfig, 'get', 'pods', '-A', '-o', 'json']
    a, b = pair(ours, theirs, max(1, o.runs // 3))
    r = ratio(a, b, 'wall')
    report.row(f'deployed of {pods:,} pods / kubectl get pods -A -o json, wall', spread(r), '≤ 1.5×', r[0] <= 1.5)
    report.row(f'deployed of {pods:,} pods / kubectl get pods -A -o json, CPU', spread(ratio(a, b, 'cpu')))
    memory = max(x.memory for x in a) / 1024
    report.row(f'deployed of {pods:,} pods: memory', f'{memory:.1f} MB', '< 100 MB', memory < 100)
    report.row(f'kubectl get pods -A -o json of {pods:,} pods: memory', f'{middle(b, "memory") / 1024:.1f} MB')
