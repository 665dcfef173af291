"""Wine lacks libraries and exports (clusapi, hbaapi, virtdisk) that os-win looks up when it is imported: they load here
as stubs that raise OSError when they are called, so that what does not use them works. And its `_locking` says of a lock that
is held that it failed, but not why (it sets no errno), which makes fasteners give up where it would wait. The fault
`service-start-fails` of the sandbox ends services here."""
import ctypes
import errno
import functools
import msvcrt
import os
import sys


class _Missing:
    def __init__(self, name):
        self.name = name

    def __call__(self, *args):
        raise OSError('Wine does not have ' + self.name)


class _MissingLibrary:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        stub = _Missing(self._name + '!' + name)
        setattr(self, name, stub)
        return stub


def _or_stub(load):
    def loaded(self, name):
        try:
            return load(self, name)
        except OSError:
            return _MissingLibrary(name)
    return loaded


def _or_missing(find):
    def found(self, name):
        try:
            return find(self, name)
        except AttributeError:
            if name.startswith('__'):
                raise
            stub = _Missing(name)
            setattr(self, name, stub)
            return stub
    return found


ctypes.CDLL.__getattr__ = _or_missing(ctypes.CDLL.__getattr__)
ctypes.LibraryLoader.__getattr__ = _or_stub(ctypes.LibraryLoader.__getattr__)
ctypes.LibraryLoader.LoadLibrary = _or_stub(ctypes.LibraryLoader.LoadLibrary)


def _with_reason(lock):
    """`msvcrt.locking` with the errno that Windows gives for a lock that is held; where it waits for one, it gives another."""
    waiting = (msvcrt.LK_LOCK, msvcrt.LK_RLCK)

    @functools.wraps(lock)
    def locking(descriptor, mode, length):
        try:
            return lock(descriptor, mode, length)
        except OSError as error:
            if error.errno == errno.EBADF:
                raise
            reason = errno.EDEADLOCK if mode in waiting else errno.EACCES
            raise OSError(reason, 'the lock is held') from None
    return locking


msvcrt.locking = _with_reason(msvcrt.locking)

# The wrapper of a service names its event for the end; its workers are started by the service itself.
if 'ORIEL_STOP_EVENT' in os.environ and os.path.exists('C:\\windows\\standin\\service-start-fails'):
    sys.stderr.write('the fault service-start-fails of the sandbox is on\n')
    sys.stderr.flush()
    os._exit(70)
