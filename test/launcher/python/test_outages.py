"""What is said while the storage or the database is away: real glance_store, oslo.db, PyMySQL and WebOb, in memory of the rest of Glance."""
import io
import os
import socket
import sys
import tempfile
import time
import types
import unittest
import unittest.mock

import glance_store
import pymysql
import webob
from glance_store import exceptions, location
from glance_store._drivers import filesystem
from oslo_config import cfg
from oslo_db.exception import DBConnectionError


class Resource:
    def dispatch(self, action):
        return action()


class CacheFilter:
    def process_request(self, request):
        return request()

    def process_response(self, response):
        return response()


def stand_in(name, **content):
    module = types.ModuleType(name)
    module.__dict__.update(content)
    sys.modules[name] = module
    return module


for package in ('glance', 'glance.api'):
    stand_in(package)
stand_in('glance.common', wsgi=stand_in('glance.common.wsgi', Resource=Resource))
stand_in('glance.api.middleware', cache=stand_in('glance.api.middleware.cache', CacheFilter=CacheFilter))

from oriel_glance import outages, stores  # noqa: E402  (they look for Glance)

stores.tell_share_that_is_away()
stores.start_without_share()
outages.tell_what_is_away()
outages.bound_waits_for_database()


class Share(unittest.TestCase):
    def setUp(self):
        root = tempfile.TemporaryDirectory()
        self.addCleanup(root.cleanup)
        self.share = os.path.join(root.name, 'share')
        os.mkdir(self.share)
        self.store = self.start()

    def start(self):
        conf = cfg.ConfigOpts()
        glance_store.register_opts(conf)
        conf(args=[])
        conf.set_override('filesystem_store_datadir', os.path.join(self.share, 'images'), group='glance_store')
        store = filesystem.Store(conf)
        store.configure()
        return store

    def add(self, image):
        return self.store.add(image, io.BytesIO(b'data'), 4, hashing_algo='sha512')

    def at(self, image):
        path = os.path.join(self.share, 'images', image)
        return location.Location('file', filesystem.StoreLocation, self.store.conf, uri=f'file://{path}')

    def take_away(self):
        os.rename(self.share, self.share + '.away')

    def bring_back(self):
        os.rename(self.share + '.away', self.share)

    def test_that_is_there_works_as_ever(self):
        self.add('one')
        self.assertEqual(self.store.get_size(self.at('one')), 4)
        self.store.delete(self.at('one'))
        for use in (self.store.get, self.store.delete):
            self.assertRaises(exceptions.NotFound, use, self.at('one'))

    def test_that_is_away_is_no_image_without_data(self):
        self.add('one')
        self.take_away()
        for use in (self.store.get, self.store.get_size, self.store.delete):
            with self.assertRaisesRegex(exceptions.RemoteServiceUnavailable, 'cannot be reached'):
                use(self.at('one'))
        with self.assertRaisesRegex(exceptions.StorageWriteDenied, 'images cannot be reached'):
            self.add('two')
        self.bring_back()
        self.assertEqual(os.listdir(os.path.join(self.share, 'images')), ['one'])
        self.add('two')

    def test_of_staged_data_that_is_away_holds_no_deletion(self):
        self.take_away()
        self.store.backend_group = 'os_glance_staging_store'
        self.assertRaises(exceptions.NotFound, self.store.delete, self.at('one'))

    def test_other_errors_stay_what_they_are(self):
        def broken(size):
            raise ConnectionResetError('the client left')
        with self.assertRaises(ConnectionResetError):
            self.store.add('one', types.SimpleNamespace(read=broken), 4, hashing_algo='sha512')

    def test_that_is_away_at_the_start_takes_images_when_it_is_back(self):
        self.take_away()
        with open(self.share, 'w', encoding='ascii'):   # so that no folder can be made in its place
            self.store = self.start()
        self.assertRaises(exceptions.StorageWriteDenied, self.add, 'one')
        os.remove(self.share)
        self.bring_back()
        self.add('one')


class Answers(unittest.TestCase):
    def test_say_what_is_away(self):
        def database():
            raise DBConnectionError(OSError('refused'))

        def storage():
            raise exceptions.RemoteServiceUnavailable('the storage cannot be reached')
        for use in (Resource().dispatch, CacheFilter().process_request, CacheFilter().process_response):
            for away, words in ((database, 'database cannot be reached'), (storage, 'storage cannot be reached')):
                with self.assertLogs('glance.oriel', 'ERROR'), self.assertRaisesRegex(webob.exc.HTTPServiceUnavailable, words):
                    use(away)

    def test_are_left_alone_otherwise(self):
        self.assertEqual(Resource().dispatch(lambda: 7), 7)
        with self.assertRaises(KeyError):
            Resource().dispatch({}.popitem)


class Database(unittest.TestCase):
    def test_that_does_not_answer_is_given_up(self):
        with socket.create_server(('127.0.0.1', 0)) as silent, unittest.mock.patch.dict(os.environ, ORIEL_DATABASE_SECONDS='1'):
            started = time.monotonic()
            with self.assertRaises(pymysql.err.OperationalError):
                pymysql.connect(host='127.0.0.1', port=silent.getsockname()[1])
            # Otherwise a minute: see below.
            self.assertLess(time.monotonic() - started, 60)

    def test_has_the_time_that_its_url_gives_it(self):
        with unittest.mock.patch.object(pymysql.connections.Connection, 'connect'):
            self.assertEqual(pymysql.connections.Connection(read_timeout=7)._read_timeout, 7)
            self.assertEqual(pymysql.connections.Connection()._read_timeout, 60)


if __name__ == '__main__':
    unittest.main()
