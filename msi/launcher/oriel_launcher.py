"""Runs a program of Glance on Windows with its known defects repaired.

    python oriel_launcher.py glance-api --config-file C:\\...\\glance-api.conf
    python oriel_launcher.py glance-schema --config-file C:\\...\\glance-manage.conf check
    python oriel_launcher.py cache-maintenance --config-file C:\\...\\glance-api.conf
    python oriel_launcher.py -m MODULE ARGUMENT...

Each repair is a function in oriel_glance/ that says where the defect comes from; README.md lists them. Environment:
ORIEL_STOP_EVENT     name of the event that asks for the end (set by oriel-service.exe)
ORIEL_READY_EVENT    name of the event that says that the API answers (likewise)
ORIEL_DRAIN          seconds that requests in flight may take after that (60)
ORIEL_CONNECTIONS    connections that one process holds at once (400)
ORIEL_DATABASE_SECONDS   seconds that the database may take for one answer (60)
ORIEL_CACHE_INTERVALS  seconds between two runs of glance-cache-pruner and of glance-cache-cleaner (1800,86400)
ORIEL_WITHOUT        names of repairs to leave out, with commas between; for tests of the defects themselves
"""
import importlib
import os
import runpy
import sys

# The package is read-only at run time: its bytecode was made when it was built.
sys.dont_write_bytecode = True

from oriel_glance import fixes, imports  # noqa: F401  (imports registers its repairs)

LAUNCHER = os.path.abspath(__file__)
PROGRAMS = ('glance-api', 'glance-manage', 'glance-schema', 'glance-scrubber', 'glance-status', 'glance-replicator',
            'glance-cache-manage', 'glance-cache-cleaner', 'glance-cache-pruner', 'glance-cache-prefetcher')


def module_of(program):
    """glance-cache-manage -> glance.cmd.cache_manage"""
    return 'glance.cmd.' + program[len('glance-'):].replace('-', '_')


def load(program):
    """Imports a program of Glance with all repairs it needs, and returns its module."""
    fixes.apply('before')
    module = importlib.import_module(module_of(program))
    parts = ('server', 'uploads', 'workers', 'ready', 'outages') if program == 'glance-api' else ('daemon',)
    for name in ('logs', 'cache', 'stores') + parts:
        importlib.import_module('oriel_glance.' + name)
    fixes.apply('after')
    return module


def main(arguments):
    if len(arguments) > 1 and arguments[0] == '-m':
        fixes.apply('before')
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name='__main__', alter_sys=True)
        return 0
    if arguments and arguments[0] == 'cache-maintenance':
        from oriel_glance import maintenance
        return maintenance.main(arguments[1:], LAUNCHER)
    if not arguments or arguments[0] not in PROGRAMS:
        sys.stderr.write(f'usage: oriel_launcher.py {"|".join(PROGRAMS)}|cache-maintenance ARGUMENT... | -m MODULE ARGUMENT...\n')
        return 2
    program = arguments[0]
    if program == 'glance-schema':
        from oriel_glance import schema
        return schema.main(load('glance-manage'), arguments[1:])
    # oslo.config takes the program's name from here; workers are started by oriel_glance.workers from this too.
    sys.argv = [os.path.join(os.path.dirname(LAUNCHER), program)] + arguments[1:]
    return load(program).main()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
