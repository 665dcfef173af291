"""Runs the probe of a package (msi/launcher/oriel_probe.py) on a share of a real server, through smbprotocol in place of the SMB client
of Windows: its files are those of the server, and its errors get the numbers that Windows has for them (MS-ERREF 2.3.1).

    probe_over_smb.py [--unsigned] [--pause FILE] PORT SHARE PROBE FOLDER RESULT OPTION...

SHARE of the server on this machine is in place of FOLDER; what follows it are the probe's own arguments. The login is the line `USER:PASSWORD` of standard input. With --unsigned no message is signed. With --pause the probe makes FILE after
its first MiB and waits until somebody has taken it away.
"""
import argparse
import errno
import importlib.util
import ntpath
import os
import sys
import time

import smbclient
from smbprotocol.exceptions import SMBConnectionClosed, SMBOSError, SMBResponseException

SERVER = '127.0.0.1'
WINDOWS = {
    0xC0000022: 5,
    0xC00000CC: 67,
    # Of a share that is not there smbprotocol asks for a referral of DFS, and there is none.
    0xC0000225: 67,
    0xC000007F: 112,
    0xC00000C9: 64,
    0xC000020C: 64,
    0xC000006D: 1326,
}
NO_SUCH_FILE = 0xC0000034


class WindowsError(OSError):
    def __init__(self, number, text):
        super().__init__(errno.EINVAL, text)
        self.winerror = number

    def __str__(self):
        return '[WinError %s] %s' % (self.winerror, self.strerror)


def in_words_of_windows(action):
    try:
        return action()
    except (SMBOSError, SMBResponseException) as error:
        status = getattr(error, 'ntstatus', None) or error.status
        if status == NO_SUCH_FILE:
            raise FileNotFoundError(errno.ENOENT, 'no such file') from error
        raise WindowsError(WINDOWS.get(status), 'NTSTATUS 0x%08X' % status) from error
    # The connection is gone: ERROR_NETNAME_DELETED.
    except (SMBConnectionClosed, ConnectionError) as error:
        raise WindowsError(64, 'the connection was closed') from error


class RemoteFile:
    def __init__(self, path, mode, pause, login):
        self.file = in_words_of_windows(lambda: smbclient.open_file(path, mode=mode, buffering=0, **login))
        self.pause = pause

    def write(self, data):
        written = in_words_of_windows(lambda: self.file.write(data))
        if self.pause:
            with open(self.pause, 'w'):
                pass
            while os.path.exists(self.pause):
                time.sleep(0.05)
            self.pause = None
        return written

    def read(self, size):
        return in_words_of_windows(lambda: self.file.read(size))

    def fileno(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            in_words_of_windows(self.file.close)
        except OSError:
            if kind is None:
                raise


class RemoteSystem:
    """What the probe takes of the module `os`."""

    urandom = staticmethod(os.urandom)
    replace = staticmethod(os.replace)
    path = ntpath

    def __init__(self, login):
        self.login = login

    def listdir(self, folder):
        return in_words_of_windows(lambda: smbclient.listdir(folder, **self.login))

    def rename(self, source, target):
        in_words_of_windows(lambda: smbclient.rename(source, target, **self.login))

    def remove(self, path):
        in_words_of_windows(lambda: smbclient.remove(path, **self.login))

    def fsync(self, file):
        in_words_of_windows(file.file.fd.flush)


def probe_of(path, pause, login):
    source = importlib.util.spec_from_file_location('oriel_probe', path)
    module = importlib.util.module_from_spec(source)
    source.loader.exec_module(module)
    module.os = RemoteSystem(login)

    def opened(name, mode, **more):
        return RemoteFile(name, mode, pause, login) if name.startswith('\\\\') else open(name, mode, **more)

    module.open = opened
    return module


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--unsigned', action='store_true')
    parser.add_argument('--pause')
    parser.add_argument('port', type=int)
    parser.add_argument('share')
    parser.add_argument('rest', nargs=argparse.REMAINDER)
    given = parser.parse_args()
    path, _, *rest = given.rest
    user, password = sys.stdin.readline().rstrip('\n').split(':', 1)
    login = {'port': given.port, 'username': user, 'password': password, 'auth_protocol': 'ntlm'}
    smbclient.ClientConfig(skip_dfs=True)
    if given.unsigned:
        session = smbclient.register_session(SERVER, require_signing=False, **login)
        session.signing_required = False
    module = probe_of(path, given.pause, login)
    return module.main(['\\\\%s\\%s' % (SERVER, given.share), *rest])


if __name__ == '__main__':
    sys.exit(main())
