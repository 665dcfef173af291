"""The register of repairs: which there are, which are needed here, which were made."""
import collections
import functools
import os
from importlib import metadata

Fix = collections.namedtuple('Fix', 'name stage upstream needed make')
REGISTER = []
APPLIED = []


def fix(stage, upstream, needed=lambda: True):
    """Registers a repair. `stage`: 'before' or 'after' the program is imported; `upstream`: where the defect is; `needed`: whether
    the installed releases have it."""
    def register(make):
        REGISTER.append(Fix(make.__name__, stage, upstream, needed, make))
        return make
    return register


@functools.cache
def version(distribution):
    """(29, 2, 1) of '29.2.1'; () when it is not installed. Letters end it: 5.0.0rc1 is (5, 0, 0)."""
    try:
        text = metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ()
    return parse_version(text)


def parse_version(text):
    numbers = []
    for part in text.split('.'):
        digits = ''
        for character in part:
            if not character.isdigit():
                break
            digits += character
        if not digits:
            break
        numbers.append(int(digits))
        if digits != part:
            break
    return tuple(numbers)


def left_out(environment=os.environ):
    return {name.strip() for name in environment.get('ORIEL_WITHOUT', '').split(',') if name.strip()}


def apply(stage):
    """Makes the repairs of a stage that are needed, in the order in which they were registered."""
    for entry in REGISTER:
        if entry.stage == stage and entry.name not in left_out() and entry.name not in APPLIED and entry.needed():
            entry.make()
            APPLIED.append(entry.name)
