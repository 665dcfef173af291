"""What the installer was told: its properties, and a file of answers for those that no command line should hold."""
import re
from urllib.parse import unquote

SECRETS = ('DATABASE_CONNECTION', 'KEYSTONE_PASSWORD', 'SERVICEPASSWORD')
# Windows itself reads these before the file is.
NOT_IN_FILE = ('SERVICEACCOUNT', 'SERVICEPASSWORD', 'ANSWERFILE', 'SKIPCONF', 'STARTSERVICES')


class Unreadable(Exception):
    """The file of answers cannot be used."""


def merge(properties):
    """The properties with those of the file named in ANSWERFILE (`NAME=VALUE` lines, `#` begins a comment, UTF-8) over them."""
    path = properties.get('ANSWERFILE')
    if not path:
        return properties
    try:
        with open(path, encoding='utf-8-sig') as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f'ANSWERFILE {path}: {error}') from error
    return {**properties, **{name: value for name, value in (pair(path, number, line, properties) for number, line
                                                            in enumerate(lines, 1) if line.strip() and line[0] != '#')}}


def pair(path, number, line, known):
    name, equals, value = line.partition('=')
    name = name.strip()
    if not equals or name not in known or name in NOT_IN_FILE or name.upper() != name:
        # The line itself may be a secret.
        raise Unreadable(f'ANSWERFILE {path}, line {number}: NAME=VALUE is wanted, with the name of a property of the configuration')
    return name, value.strip()


def secrets(properties):
    """Every text that must not be seen: hidden properties, and the password inside a URL as it is written and as it is meant."""
    found = {properties.get(name, '') for name in SECRETS}
    password = re.match(r'[^:/]+://[^:@/]*:([^@]*)@', properties.get('DATABASE_CONNECTION', ''))
    if password:
        found |= {password[1], unquote(password[1])}
    return sorted(filter(None, found), key=len, reverse=True)


def masked(write, properties):
    """`write` with secrets replaced, and what a console of any code page can carry."""
    hidden = secrets(properties)

    def say(line):
        for secret in hidden:
            line = line.replace(secret, '***')
        write(line, flush=True)
    return say
