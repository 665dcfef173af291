"""Writes the first configuration of Glance; Windows Installer starts it when the package is installed.

    python oriel_configure.py < properties.json

Takes the properties of the installation as one JSON object on standard input, so that no secret is on a command line. What it
says goes to the installer's log, one fact a line, with every secret masked. Exit code 0, or 1 where nothing was changed that the
installer cannot take back (README.md).
"""
import json
import os
import sys

sys.dont_write_bytecode = True
# -I leaves the folder of the script out.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from oriel_configuration import access, answers, checks, database, files  # noqa: E402

REFUSED = 1


def main(text):
    properties = answers.merge(json.loads(text))
    say = answers.masked(print, properties)
    if files.configured(properties):
        say(f'keeps {files.main_file(properties)}: an installed configuration is never changed by the installer')
        problems = checks.service_account(properties)
    else:
        problems = checks.every(properties)
    if problems:
        say('The configuration was not written:')
        for problem in problems:
            say(f'  {problem}')
        return REFUSED
    access.prepare(properties, say)
    files.write(properties, say)
    if properties['SYNCDATABASE'] != '0':
        return database.sync(properties, say)
    return 0


if __name__ == '__main__':
    try:
        code = main(sys.stdin.buffer.read().decode('ascii'))
    except (answers.Unreadable, OSError) as error:
        print(f'The configuration was not written: {error}')
        code = REFUSED
    sys.exit(code)
