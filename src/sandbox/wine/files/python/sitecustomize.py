"""Wine lacks libraries and exports (clusapi, hbaapi, virtdisk) that os-win looks up when it is imported: they load here
as stubs that raise OSError when they are called, so that what does not use them works."""
import ctypes


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
