"""Repairs that have to be there before the first import of the payload."""
import importlib._bootstrap_external as bootstrap
import importlib.util
import mmap
import os
import sys
import zipimport

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


@fix('before', 'CPython: zipimport opens the archive anew for each module in it; a third of what is left of the start-up on Windows',
     needed=lambda: os.name == 'nt' and hasattr(zipimport, '_get_data'))
def keep_archives_mapped():
    zipimport._get_data = mapped(zipimport._get_data)


def mapped(read):
    """`zipimport._get_data` that opens each archive once; what is compressed in one is left to `read`."""
    archives = {}

    def get_data(archive, entry):
        _, compressed, size, _, header, *_ = entry
        if compressed:
            return read(archive, entry)
        if archive not in archives:
            with open(archive, 'rb') as file:
                archives[archive] = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        data = archives[archive]
        # The header of an entry: 30 bytes, of which the last four are the lengths of its name and of more, then these two.
        name, more = (int.from_bytes(data[at:at + 2], 'little') for at in (header + 26, header + 28))
        start = header + 30 + name + more
        return data[start:start + size]
    return get_data


@fix('before', 'oslo.utils <= 7.3 imports netifaces, which has no wheel for this Python on Windows and is given up',
     needed=lambda: importlib.util.find_spec('netifaces') is None)
def netifaces_by_psutil():
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'shims'))
