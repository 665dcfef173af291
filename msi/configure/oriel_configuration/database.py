"""The schema of the database, brought up to date by the installed Glance."""
import os
import subprocess
import sys

LAST_LINES = 25


def command(properties):
    launcher = os.path.join(properties['INSTALLDIR'], 'launcher', 'oriel_launcher.py')
    own = os.path.join(properties['CONFIGDIR'], 'glance-manage.conf')
    conf = own if os.path.exists(own) else os.path.join(properties['CONFIGDIR'], 'glance-api.conf')
    return [sys.executable, '-s', launcher, 'glance-schema', '--config-file', conf, 'prepare']


def sync(properties, say):
    """0, or 1 with what the program said last. It takes turns with other nodes, and older releases run on (oriel_glance/schema.py)."""
    say('brings the database schema up to date (SYNCDATABASE=0 leaves it alone)')
    ended = subprocess.run(command(properties), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env={**os.environ, 'PYTHONUTF8': '1'}, check=False)
    if ended.returncode == 0:
        return 0
    say('The database schema cannot be brought up to date; its program ended with:')
    for line in ended.stdout.decode('utf-8', 'replace').splitlines()[-LAST_LINES:]:
        say(f'  {line}')
    return 1
