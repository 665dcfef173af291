"""Writes to a folder all the while, and notes how long each write took: what a drill is watched by, run as oriel_probe.py is.

    python oriel_load.py FOLDER RESULT --node NAME [--slots COUNT] [--hold SECONDS]

Every 250 ms a numbered block of 64 KiB goes to the next of COUNT places of one file and is flushed to the disk. A write that fails
is noted and tried again through a new handle, with the same number. It ends when RESULT.release is there or the time is over; then
every place has to hold the block that was written there last. Nothing stays behind but RESULT; what an earlier probe or load of this
node left in FOLDER is removed first.

RESULT is JSON, replaced whole every second:
state      'working', 'loading', 'done', 'failed'
seconds    since the first write began; also in points and errors
writes     how many blocks were written
points     [[seconds, milliseconds]]: the longest write since the point before, tries that failed included
errors     [{seconds, message, code}]: the first 50 writes that failed; failures: how many there were
error      {step, message, code}: of 'read' where a block is lost or torn; 'code' is that of Windows, else errno
"""
import argparse
import errno
import hashlib
import os
import sys
import time

# An embeddable Python does not look beside the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from oriel_probe import Probe, code_of  # noqa: E402

BLOCK = 64 * 1024
PERIOD = 0.25
# Told of a load, however long it runs: then a point stands for twice the time.
POINTS = 600
ERRORS = 50


class Load(Probe):
    def __init__(self, folder, result, node, slots, hold):
        super().__init__(folder, result, node, slots * BLOCK, hold)
        self.slots = slots
        self.file = None
        self.width = 1.0
        self.report.update(seconds=0, writes=0, points=[], errors=[], failures=0)

    def block(self, number):
        head = b'%032d' % number
        return head + hashlib.sha256(self.name.encode() + head).digest() * ((BLOCK - len(head)) // 32)

    def close(self):
        file, self.file = self.file, None
        try:
            if file:
                file.close()
        except OSError:
            pass

    def write_block(self, number):
        if self.file is None:
            # A name for the held file of a probe: whoever removes the one removes the other.
            self.file = open(self.path('.held'), 'r+b' if self.made else 'w+b', buffering=0)
            self.made = ['.held']
        self.file.seek(number % self.slots * BLOCK)
        if self.file.write(self.block(number)) != BLOCK:
            raise OSError(errno.ENOSPC, 'only a part of the block was written')
        os.fsync(self.file.fileno())

    def note(self, at, milliseconds):
        points = self.report['points']
        at = round(at // self.width * self.width, 1)
        if points and points[-1][0] == at:
            points[-1][1] = max(points[-1][1], milliseconds)
            return
        points.append([at, milliseconds])
        if len(points) > POINTS:
            self.width *= 2
            merged = {}
            for second, longest in points:
                second = second // self.width * self.width
                merged[second] = max(merged.get(second, 0), longest)
            self.report['points'] = [list(point) for point in merged.items()]

    def fail(self, at, error):
        self.report['failures'] += 1
        if len(self.report['errors']) < ERRORS:
            found = {'seconds': round(at, 1), 'message': str(error), 'code': code_of(error)}
            self.report['errors'].append(found)
        self.close()

    def load(self):
        begun = time.monotonic()
        told, pending = -1.0, None
        while time.monotonic() - begun < self.hold and not os.path.exists(self.result + '.release'):
            started = time.monotonic()
            pending = started if pending is None else pending
            try:
                self.write_block(self.report['writes'])
                self.report['writes'] += 1
                self.note(started - begun, round((time.monotonic() - pending) * 1000))
                pending = None
            except OSError as error:
                self.fail(started - begun, error)
            now = time.monotonic()
            if now - told >= 1:
                told = now
                self.say(state='loading', seconds=round(now - begun, 1))
            time.sleep(max(0.0, PERIOD - (now - started)))
        self.report['seconds'] = round(time.monotonic() - begun, 1)
        self.close()

    def compare(self):
        writes = self.report['writes']
        with open(self.path('.held'), 'rb', buffering=0) as file:
            for number in range(max(0, writes - self.slots), writes):
                file.seek(number % self.slots * BLOCK)
                if file.read(BLOCK) != self.block(number):
                    raise OSError(errno.EIO, 'block %d is not as it was written' % number)

    def steps(self):
        self.step('leftovers', self.remove_leftovers)
        self.load()
        self.step('read', self.compare)
        self.step('delete', lambda: self.patiently(lambda: os.remove(self.path('.held'))))


def main(arguments):
    parser = argparse.ArgumentParser(description='Writes to a folder all the while, and notes how long each write took.')
    parser.add_argument('folder')
    parser.add_argument('result')
    parser.add_argument('--node', required=True)
    parser.add_argument('--slots', type=int, default=256)
    parser.add_argument('--hold', type=float, default=1000)
    given = parser.parse_args(arguments)
    return Load(given.folder, given.result, given.node, given.slots, given.hold).run()


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
