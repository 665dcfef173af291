"""Proves that this account can keep images in a folder: run by a task of the service's own account, also on Linux.

    python oriel_probe.py FOLDER RESULT --node NAME [--size BYTES] [--hold SECONDS]

It writes a file of data that does not repeat, flushes it to the disk, opens it anew, compares the SHA-256 of what it reads, renames
it and deletes it. Then it holds a second, small file open until RESULT.release is there or the time is over, so that others can
ask the server what it sees. Nothing stays behind but RESULT; what an earlier run of this node left in FOLDER is removed first.

RESULT is JSON, replaced whole whenever something happened:
state      'working', 'holding' (all steps are done, the file is open), 'done', 'failed'
steps      [{name, seconds}], in order; of 'rename' and 'delete' also the tries, where another one held the file
bytes, sha256, rate (MiB/s of the write), held {name, sha256}, leftovers [name]
error      {step, message, code}: the first that went wrong; 'code' is that of Windows, else errno
cleanup    {message, code}: what went wrong when the files were removed after that
"""
import argparse
import errno
import hashlib
import json
import os
import random
import re
import sys
import time

CHUNK = 1024 * 1024
# Someone else may hold a file a moment longer (a virus scanner, a client with its folder open): retried for so many seconds.
PATIENCE = 10.0
# ERROR_ACCESS_DENIED after an own close, SHARING_VIOLATION, LOCK_VIOLATION, DELETE_PENDING.
PASSING = (5, 32, 33, 303)


class Failure(Exception):
    def __init__(self, step, cause):
        super().__init__(step)
        self.step = step
        self.cause = cause


def code_of(error):
    return getattr(error, 'winerror', None) or getattr(error, 'errno', None)


class Probe:
    def __init__(self, folder, result, node, size, hold):
        self.folder = folder
        self.result = result
        self.size = size
        self.hold = hold
        self.prefix = '.oriel-probe-%s-' % node.lower()
        self.name = self.prefix + os.urandom(8).hex()
        # Suffixes of the files that were made and not yet removed.
        self.made = []
        self.report = {'state': 'working', 'steps': [], 'bytes': 0, 'leftovers': []}

    def say(self, **more):
        self.report.update(more)
        beside = self.result + '.new'
        with open(beside, 'w', encoding='ascii') as file:
            json.dump(self.report, file)
        # A reader has the file open for a moment.
        for attempt in range(50):
            try:
                return os.replace(beside, self.result)
            except PermissionError:
                time.sleep(0.05)

    def path(self, suffix=''):
        return os.path.join(self.folder, self.name + suffix)

    def step(self, name, action):
        begun = time.monotonic()
        try:
            more = action() or {}
        except OSError as error:
            raise Failure(name, error) from error
        self.report['steps'].append({'name': name, 'seconds': round(time.monotonic() - begun, 3), **more})
        self.say()

    def patiently(self, action):
        """Does it again while another one holds the file; says how often it was tried."""
        end = time.monotonic() + PATIENCE
        pause, tries = 0.05, 1
        while True:
            try:
                action()
                return {'tries': tries} if tries > 1 else {}
            except OSError as error:
                if getattr(error, 'winerror', None) not in PASSING or time.monotonic() > end:
                    raise
            time.sleep(pause)
            pause, tries = min(1.0, pause * 2), tries + 1

    def write(self):
        source, written = random.Random(self.name), hashlib.sha256()
        begun = time.monotonic()
        with open(self.path(), 'xb', buffering=0) as file:
            self.made = ['', '.renamed']
            left = self.size
            while left > 0:
                chunk = source.getrandbits(8 * min(CHUNK, left)).to_bytes(min(CHUNK, left), 'little')
                count = file.write(chunk)
                if count != len(chunk):
                    raise OSError(errno.ENOSPC, 'only %d of %d bytes were written' % (count, len(chunk)))
                written.update(chunk)
                left -= count
                self.report['bytes'] += count
                self.say()
            # FlushFileBuffers on Windows; a server that swallows an error at close tells it here.
            os.fsync(file.fileno())
        seconds = max(0.001, time.monotonic() - begun)
        self.report['sha256'] = written.hexdigest()
        self.report['rate'] = round(self.size / CHUNK / seconds, 1)

    def read(self, suffix=''):
        found = hashlib.sha256()
        with open(self.path(suffix), 'rb', buffering=0) as file:
            for chunk in iter(lambda: file.read(CHUNK), b''):
                found.update(chunk)
        if found.hexdigest() != self.report['sha256']:
            raise OSError(errno.EIO, 'what was read is not what was written')

    def remove_leftovers(self):
        # Of this node alone: another one may be at work beside it.
        own = re.compile(re.escape(self.prefix) + r'[0-9a-f]{16}(\.renamed|\.held)?', re.IGNORECASE)
        for name in sorted(os.listdir(self.folder)):
            if own.fullmatch(name):
                self.patiently(lambda: os.remove(os.path.join(self.folder, name)))
                self.report['leftovers'].append(name)

    def hold_open(self):
        content = os.urandom(4096)
        held = {'name': self.name + '.held', 'sha256': hashlib.sha256(content).hexdigest()}
        try:
            with open(self.path('.held'), 'xb', buffering=0) as file:
                self.made.append('.held')
                file.write(content)
                os.fsync(file.fileno())
                self.say(state='holding', held=held)
                end = time.monotonic() + self.hold
                while time.monotonic() < end and not os.path.exists(self.result + '.release'):
                    time.sleep(0.2)
        except OSError as error:
            raise Failure('hold', error) from error
        self.step('let go', lambda: self.patiently(lambda: os.remove(self.path('.held'))))

    def clean_up(self):
        for suffix in self.made:
            try:
                self.patiently(lambda: os.remove(self.path(suffix)))
            except FileNotFoundError:
                pass
            except OSError as error:
                self.report.setdefault('cleanup', {'message': str(error), 'code': code_of(error)})

    def steps(self):
        self.step('leftovers', self.remove_leftovers)
        self.step('write', self.write)
        self.step('read', self.read)
        self.step('rename', lambda: self.patiently(lambda: os.rename(self.path(), self.path('.renamed'))))
        self.step('read again', lambda: self.read('.renamed'))
        self.step('delete', lambda: self.patiently(lambda: os.remove(self.path('.renamed'))))
        if self.hold > 0:
            self.hold_open()

    def run(self):
        try:
            self.steps()
        except Failure as failure:
            self.clean_up()
            cause = failure.cause
            self.say(state='failed', error={'step': failure.step, 'message': str(cause), 'code': code_of(cause)})
            return 1
        self.say(state='done')
        return 0


def main(arguments):
    parser = argparse.ArgumentParser(description='Proves that this account can keep images in a folder.')
    parser.add_argument('folder')
    parser.add_argument('result')
    parser.add_argument('--node', required=True)
    parser.add_argument('--size', type=int, default=64 * CHUNK)
    parser.add_argument('--hold', type=float, default=0)
    given = parser.parse_args(arguments)
    return Probe(given.folder, given.result, given.node, given.size, given.hold).run()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
