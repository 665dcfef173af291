"""Named events of Windows: how the wrapper and the processes of a service talk."""
import ctypes
import os
import threading


class NamedEvent:
    """A manual-reset event; opened where it exists, else made."""

    def __init__(self, name):
        self.name = name
        self._kernel = ctypes.WinDLL('kernel32', use_last_error=True)
        self._kernel.CreateEventW.restype = ctypes.c_void_p
        self._kernel.CreateEventW.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_wchar_p]
        self._kernel.WaitForSingleObject.argtypes = [ctypes.c_void_p, ctypes.c_uint]
        self._kernel.SetEvent.argtypes = [ctypes.c_void_p]
        self._handle = self._kernel.CreateEventW(None, True, False, name)
        if not self._handle:
            raise ctypes.WinError(ctypes.get_last_error())

    def is_set(self):
        return self._kernel.WaitForSingleObject(self._handle, 0) == 0

    def set(self):
        self._kernel.SetEvent(self._handle)


def stop_event():
    """The event that asks for the end. Workers inherit its name; without the wrapper it is made up here. Elsewhere a signal ends us."""
    if os.name != 'nt':
        return threading.Event()
    return NamedEvent(os.environ.setdefault('ORIEL_STOP_EVENT', f'Local\\oriel-stop-{os.getpid()}'))


def ready_event():
    """The event that tells the wrapper that the API answers, or None without a wrapper."""
    name = os.environ.get('ORIEL_READY_EVENT')
    return NamedEvent(name) if name else None


def drain_seconds():
    return float(os.environ.get('ORIEL_DRAIN', '60'))
