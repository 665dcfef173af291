"""Repairs that have to be there before the first import of the payload."""
import importlib._bootstrap_external as bootstrap
import importlib.util
import os
import sys

from oriel_glance.fixes import fix


@fix('before', 'CPython: FileFinder asks for the time of every folder on sys.path at every import; half of the start-up on Windows',
     needed=lambda: os.name == 'nt')
def memoize_path_stat():
    """The installation does not change while the program runs, so the import system may ask once for each path in it."""
    bootstrap._path_stat = memoized(bootstrap._path_stat, os.path.normcase(sys.prefix))


def memoized(stat, root):
    """`stat` that asks once for each path below `root`, also for those that are not there."""
    known = {}

    def path_stat(path):
        if path not in known:
            if not os.path.normcase(path).startswith(root):
                return stat(path)
            try:
                known[path] = stat(path)
            except OSError as error:
                known[path] = error
        found = known[path]
        if isinstance(found, OSError):
            raise found
        return found
    return path_stat


@fix('before', 'oslo.utils <= 7.3 imports netifaces, which has no wheel for this Python on Windows and is given up',
     needed=lambda: importlib.util.find_spec('netifaces') is None)
def netifaces_by_psutil():
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'shims'))
