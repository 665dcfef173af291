"""Half files: what an upload leaves in a store when its process ends without a word. Each file that is being written is noted on
this node; the note is held open as long, so Windows itself says whether somebody writes still."""
import contextvars
import json
import logging
import os
import uuid

from glance_store._drivers import filesystem
from oslo_config import cfg

from oriel_glance.cache import open_shared
from oriel_glance.fixes import fix
from oriel_glance.server import Server

LOG = logging.getLogger('glance.oriel')
LEFT = '.left'   # of a note whose process is gone and whose file could not be removed yet
WRITING = contextvars.ContextVar('writing')


def folder():
    return os.path.join(cfg.CONF.oslo_concurrency.lock_path, 'uploads')


def note(path, file):
    """Notes that this process fills a file, and returns the open note; None where it cannot, as an upload is worth more."""
    try:
        os.makedirs(folder(), exist_ok=True)
        noted = open(os.path.join(folder(), uuid.uuid4().hex), 'x', encoding='utf-8')
        json.dump({'path': path, 'file': os.fstat(file.fileno()).st_ino}, noted)
        noted.flush()
        return noted
    except OSError as error:
        LOG.warning('%s is not noted and would stay if this process ended now: %s', path, error)
        return None


def is_gone(path):
    """Whether a file is gone for sure: below a share that is away nobody knows, though Windows says "not found" there too."""
    return os.path.isdir(os.path.dirname(path)) and not os.path.exists(path)


@fix('after', 'glance_store filesystem driver: an image that is being downloaded cannot be deleted on Windows (403), elsewhere it can',
     needed=lambda: os.name == 'nt')
def share_images_for_deletion():
    filesystem.open = open_shared


@fix('after', 'glance_store filesystem driver: a file that was being written when the process ended stays in the store for ever, and '
     'an import of its image into that store fails for good (Duplicate). The same in the cache: never cached again for a day',
     needed=lambda: os.name == 'nt')
def remove_half_files():
    add = filesystem.Store.add

    def add_noted(self, *arguments, **options):
        notes, done = [], False
        token = WRITING.set(notes if cfg.CONF.oslo_concurrency.lock_path else None)
        try:
            result = add(self, *arguments, **options)
            done = True
            return result
        finally:
            WRITING.reset(token)
            for path, noted in notes:
                noted.close()
                if done or is_gone(path):
                    os.remove(noted.name)
    filesystem.Store.add = add_noted
    opened = vars(filesystem).get('open', open)

    def open_noted(path, mode='r', *arguments, **options):
        file = opened(path, mode, *arguments, **options)
        notes = WRITING.get(None)
        if mode == 'wb' and notes is not None:
            noted = note(path, file)
            notes.extend([(path, noted)] if noted else [])
        return file
    filesystem.open = open_noted

    start = Server.start

    def sweep_and_start(self, *arguments, **options):
        if not getattr(cfg.CONF, 'pipe_handle', None):
            sweep()
            sweep_cache()
        start(self, *arguments, **options)
    Server.start = sweep_and_start


def sweep():
    """Removes the half files of processes of this node that are gone. Those of others, of other nodes above all, are not noted here."""
    if not cfg.CONF.oslo_concurrency.lock_path or not os.path.isdir(folder()):
        return
    for name in os.listdir(folder()):
        noted = os.path.join(folder(), name)
        if not name.endswith(LEFT):
            try:
                os.rename(noted, noted + LEFT)
            except OSError:
                continue   # it is open: its process writes still
            noted += LEFT
        try:
            remove_half(noted)
        except OSError as error:
            LOG.warning('what %s notes stays until the next start: %s', noted, error)


def remove_half(noted):
    """Removes the file of a note, and the note. A file of that name that is another one by now was written anew, and stays."""
    try:
        with open(noted, encoding='utf-8') as file:
            written = json.load(file)
    except ValueError:
        written = None   # the process ended before the note was whole
    if written and not is_gone(written['path']):
        if os.stat(written['path']).st_ino == written['file']:
            os.remove(written['path'])
            LOG.warning('removed %s, which its process did not finish', written['path'])
    os.remove(noted)


def sweep_cache():
    """Removes what is in the cache's `incomplete` and nobody writes: Windows refuses it for a file that is open."""
    base = getattr(cfg.CONF, 'image_cache_dir', None)
    incomplete = os.path.join(base, 'incomplete') if base else ''
    for name in os.listdir(incomplete) if os.path.isdir(incomplete) else []:
        try:
            os.remove(os.path.join(incomplete, name))
        except OSError:
            pass
