"""Repairs of the file store for the time that its share is away."""
import logging
import os

from glance_store import exceptions
from glance_store._drivers import filesystem

from oriel_glance.fixes import fix

LOG = logging.getLogger('glance.oriel')
Store = filesystem.Store


def away(folder):
    return not os.path.isdir(folder)


def sorry(folder):
    return f'the storage {folder} cannot be reached; try again when it is back'


def folder_of(location):
    # Of a share, Windows gives \\server\share\.
    return os.path.dirname(location.store_location.path).rstrip('\\')


@fix('after', 'glance_store.filesystem: takes a share that is away for images without data: a download is 204 and empty, a delete '
     'forgets the image and leaves its file, an upload is 500 without a reason')
def tell_share_that_is_away():
    resolve, delete, add = Store._resolve_location, Store.delete, Store.add

    def resolve_location(location):
        try:
            return resolve(location)
        except exceptions.NotFound:
            if away(folder_of(location)):
                raise exceptions.RemoteServiceUnavailable(sorry(folder_of(location)))
            raise
    Store._resolve_location = staticmethod(resolve_location)

    def delete_from_share(self, location, *arguments, **options):
        # Every deletion also looks for staged data; without their folder there are none.
        staging = str(self.backend_group).startswith('os_glance_')
        if not staging and away(folder_of(location)):
            raise exceptions.RemoteServiceUnavailable(sorry(folder_of(location)))
        return delete(self, location, *arguments, **options)
    Store.delete = delete_from_share

    def add_to_share(self, *arguments, **options):
        try:
            return add(self, *arguments, **options)
        except OSError:
            # Of the errors of the store, the one that Glance answers with 503.
            if away(self.datadir):
                raise exceptions.StorageWriteDenied(sorry(self.datadir))
            raise
    Store.add = add_to_share


@fix('after', 'glance_store.filesystem: a share that is away when the service starts leaves its store without uploads (410) until the '
     'next start')
def start_without_share():
    create = Store._create_image_directories

    def create_those_in_reach(self, directory_paths):
        for path in directory_paths:
            try:
                create(self, [path])
            except exceptions.BadStoreConfiguration:
                if not away(path):
                    raise
                LOG.warning(sorry(path))
    Store._create_image_directories = create_those_in_reach
