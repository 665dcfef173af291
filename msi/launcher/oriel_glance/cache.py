"""Repairs of the image cache (drivers sqlite and centralized_db)."""
import importlib
import os
import types

from oriel_glance.fixes import fix


def drivers():
    """The modules of the cache drivers that this release has and Windows can load."""
    found = []
    for name in ('sqlite', 'centralized_db'):
        try:
            found.append(importlib.import_module('glance.image_cache.drivers.' + name))
        except ImportError:
            pass
    return found


@fix('after', 'glance.image_cache.drivers: os.rename to `invalid` fails when a file of that name is there already; then the image stays '
     'incomplete and is never cached again', needed=lambda: os.name == 'nt')
def replace_cache_files():
    for module in drivers():
        module.os = replacing(module.os)


def replacing(system):
    """The module `os` as the drivers see it: rename replaces, as on other systems."""
    copy = types.ModuleType('os')
    copy.__dict__.update(system.__dict__)
    copy.rename = system.replace
    return copy


@fix('after', 'glance.image_cache.drivers: a cached file that is being served cannot be deleted on Windows (500, and the file stays)',
     needed=lambda: os.name == 'nt')
def share_cache_files_for_deletion():
    for module in drivers():
        module.open = open_shared


def open_shared(path, mode='r', *arguments, **options):
    """open() with FILE_SHARE_DELETE, as files are on other systems; only for 'rb', everything else is Python's own."""
    if mode != 'rb':
        return open(path, mode, *arguments, **options)
    import msvcrt

    import pywintypes
    import win32con
    import win32file
    try:
        handle = win32file.CreateFile(
            path, win32con.GENERIC_READ, win32con.FILE_SHARE_READ | win32con.FILE_SHARE_WRITE | win32con.FILE_SHARE_DELETE,
            None, win32con.OPEN_EXISTING, win32con.FILE_ATTRIBUTE_NORMAL, None)
    except pywintypes.error as error:
        raise OSError(0, error.strerror, path, error.winerror) from None   # the subclass that fits the code of Windows
    return os.fdopen(msvcrt.open_osfhandle(handle.Detach(), os.O_RDONLY | os.O_BINARY), 'rb')
