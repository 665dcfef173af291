"""Judges charms as `charmcraft analyze` and `charm proof` do.

Usage: charms.py ARCHIVE... ; beside NAME.charm is the folder NAME with a folder that holds its files.
Prints JSON: for each archive what charmcraft found, {rule, result, text}, and the lines of charm proof.
Importing charmcraft once costs less than starting it for each archive; a child of this process runs each program as its command does.
"""

import json
import os
import sys
from pathlib import Path

from charmcraft.application.main import main as charmcraft
from charmtools.proof import main as charm_proof


def printed_by(program, words):
    """What a program prints to standard output."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        sys.stdout = os.fdopen(writing, "w")
        sys.argv = words
        try:
            program()
        except SystemExit:
            pass
        sys.stdout.flush()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


def judged(archive):
    """The verdicts of both programs on one archive."""
    findings = json.loads(printed_by(charmcraft, ["charmcraft", "analyze", "--format=json", str(archive)]))
    (folder,) = archive.with_suffix("").iterdir()
    return {
        "charmcraft": [{"rule": one["name"], "result": one["result"], "text": one["text"]} for one in findings],
        "proof": printed_by(charm_proof, ["charm-proof", str(folder)]).splitlines(),
    }


print(json.dumps({Path(name).stem: judged(Path(name)) for name in sys.argv[1:]}))
