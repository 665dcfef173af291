"""Keeps the image cache small: runs glance-cache-pruner and glance-cache-cleaner at intervals until it is asked to end.

Elsewhere cron does this. Each run is a process of its own, as under cron: one that hangs or dies takes nothing with it.
"""
import os
import subprocess
import sys
import time

from oriel_glance.events import ready_event, stop_event

# Seconds. As the manual of Glance advises: the pruner often, so that the cache keeps to its size, the cleaner once a day.
INTERVALS = {'glance-cache-pruner': 30 * 60, 'glance-cache-cleaner': 24 * 3600}
FIRST = 60       # after a start, so that a node that boots is not slowed down
TICK = 0.2


def main(arguments, launcher, intervals=None, first=FIRST):
    intervals = intervals or intervals_of(os.environ)
    stop, ready = stop_event(), ready_event()
    if ready:
        ready.set()
    due = {program: time.monotonic() + first for program in intervals}
    while not stop.is_set():
        for program in programs_due(due, time.monotonic()):
            due[program] = time.monotonic() + intervals[program]
            run(program, arguments, launcher, stop)
        time.sleep(TICK)
    return 0


def intervals_of(environment):
    """ORIEL_CACHE_INTERVALS holds the seconds of both, pruner first, for those who need others."""
    text = environment.get('ORIEL_CACHE_INTERVALS', '')
    return dict(zip(INTERVALS, map(float, text.split(',')))) if text else INTERVALS


def programs_due(due, now):
    return [program for program, when in due.items() if when <= now]


def run(program, arguments, launcher, stop):
    flags = ['-s'] * sys.flags.no_user_site + ['-X', 'utf8'] * sys.flags.utf8_mode
    child = subprocess.Popen([sys.executable, *flags, launcher, program, *arguments], stdin=subprocess.DEVNULL)
    while child.poll() is None and not stop.is_set():
        time.sleep(TICK)
    if child.poll() is None:
        child.wait()      # it knows of the stop too (daemon.py)
    print(f'{program} ended with {child.returncode}', flush=True)
