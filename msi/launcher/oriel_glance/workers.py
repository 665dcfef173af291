"""Repairs of the parent of several workers."""
import logging
import os
import sys
import time

import eventlet
from glance.common import wsgi

from oriel_glance.events import drain_seconds, stop_event
from oriel_glance.fixes import fix
from oriel_glance.server import DRAIN_OVER, Server, end_process
from oriel_glance.uploads import sweep

LOG = logging.getLogger('glance.oriel')
QUICK = 60       # a worker that lived shorter than this died of its start
GIVE_UP = 5      # so many quick deaths before the first answer: the start has failed
LONGEST = 30     # seconds between attempts, at most
START_FAILED = 4


def delay_after(quick_deaths):
    """Seconds to wait before the next worker: 0.5 after one that had served, then doubled up to 30."""
    return min(LONGEST, 0.5 * 2 ** max(0, quick_deaths - 1))


@fix('after', 'glance.common.wsgi: Win32ProcessLauncher starts [sys.executable] + sys.argv, whose program name is no file here')
def start_workers_by_launcher():
    add_process = wsgi.Win32ProcessLauncher.add_process

    def add_by_launcher(self, command):
        script = os.path.abspath(sys.modules['__main__'].__file__)
        program = os.path.basename(sys.argv[0])
        flags = ['-s'] * sys.flags.no_user_site + ['-X', 'utf8'] * sys.flags.utf8_mode
        return add_process(self, [sys.executable] + flags + [script, program] + command[command.index(sys.argv[0]) + 1:])
    wsgi.Win32ProcessLauncher.add_process = add_by_launcher


@fix('after', 'glance.common.wsgi: Win32ProcessLauncher.wait waits until all workers are gone and starts none again')
def keep_workers_alive():
    event = stop_event()
    deaths = {'quick': 0}
    started = {}

    def wait_on_children(self):
        workers = self._launcher._workers
        while not event.is_set():
            for worker in workers:
                started.setdefault(worker.pid, time.monotonic())
            for worker in [w for w in workers if w.poll() is not None]:
                replace(self, worker)
            eventlet.sleep(0.2)
        self.sock.close()
        with eventlet.Timeout(drain_seconds() + 2.5, False):
            while any(worker.poll() is None for worker in workers):
                eventlet.sleep(0.05)
        codes = [worker.poll() for worker in workers]
        end_process(f'workers ended with {codes}', max((DRAIN_OVER if code is None else code for code in codes), default=0))

    def replace(self, worker):
        lived = time.monotonic() - started.pop(worker.pid)
        deaths['quick'] = deaths['quick'] + 1 if lived < QUICK else 0
        if deaths['quick'] >= GIVE_UP and not getattr(self, 'answered', False):
            LOG.error('workers do not start, the last ended with %s', worker.returncode)
            end_process('the start failed', START_FAILED)
        delay = delay_after(deaths['quick'])
        LOG.error('worker %s ended with %s after %d s, another starts in %.1f s', worker.pid, worker.returncode, lived, delay)
        del self._launcher._worker_job_handles[self._launcher._workers.index(worker)]
        self._launcher._workers.remove(worker)
        self.children.discard(worker.pid)
        sweep()
        wait_until = time.monotonic() + delay
        while time.monotonic() < wait_until and not event.is_set():
            eventlet.sleep(0.1)
        if not event.is_set():
            self.run_child()
    Server.wait_on_children = wait_on_children
