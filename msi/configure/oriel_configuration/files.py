"""The files themselves: which texts there are, what is there already, and the note of what was made."""
import os

from oriel_configuration import checks, places

NOTE = 'written-by-installer.txt'
TEXTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'texts')


def main_file(properties):
    return os.path.join(properties['CONFIGDIR'], 'glance-api.conf')


def configured(properties):
    return os.path.exists(main_file(properties))


def variant(properties):
    """Which of the packaged texts fit: they differ in the pipeline of the API."""
    identity = 'keystone' if checks.with_keystone(properties) else 'trusted'
    return identity + ('-cache' if properties['ImageCache'] else '')


def write(properties, say):
    """Writes each file that is not there, whole or not at all; nothing where there is a configuration already."""
    if configured(properties):
        return
    folder = os.path.join(TEXTS, variant(properties))
    values = places.values(properties)
    # The main file comes last: it is what says that all is there.
    for name in sorted(os.listdir(folder), key='glance-api.conf'.__eq__):
        with open(os.path.join(folder, name), encoding='utf-8', newline='') as file:
            text = places.fill(file.read(), values, places.spelling(name))
        create(properties['CONFIGDIR'], name, text, say)


def create(folder, name, text, say):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        say(f'keeps {path}')
        return
    # Noted first: a rollback deletes what the note names.
    with open(os.path.join(folder, NOTE), 'a', encoding='ascii') as note:
        note.write(f'{name}\n')
    draft = f'{path}.new'
    with open(draft, 'w', encoding='utf-8', newline='') as file:
        file.write(text)
    os.replace(draft, path)
    say(f'wrote {path}')
