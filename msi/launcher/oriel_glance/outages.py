"""Repairs of what clients are told while something that Glance needs is away."""
import functools
import logging
import os

import webob.exc
from glance.api.middleware import cache
from glance.common import wsgi
from glance_store import exceptions
from oslo_db.exception import DBConnectionError

from oriel_glance.fixes import fix, version

LOG = logging.getLogger('glance.oriel')


def saying_what_is_away(method):
    """`method` of a WSGI object, which answers 503 with the reason where Glance has 500 without one."""
    @functools.wraps(method)
    def answer(*arguments, **options):
        try:
            return method(*arguments, **options)
        except DBConnectionError as error:
            LOG.error('the database cannot be reached: %s', error.__cause__ or error)
            raise webob.exc.HTTPServiceUnavailable(
                explanation='the image database cannot be reached; try again when it is back')
        except exceptions.RemoteServiceUnavailable as error:
            LOG.error('%s', error)
            raise webob.exc.HTTPServiceUnavailable(explanation=str(error))
    return answer


@fix('after', 'glance.common.wsgi, glance.api.middleware.cache: a database or storage that is away is 500 without a reason')
def tell_what_is_away():
    wsgi.Resource.dispatch = saying_what_is_away(wsgi.Resource.dispatch)
    cache.CacheFilter.process_request = saying_what_is_away(cache.CacheFilter.process_request)
    cache.CacheFilter.process_response = saying_what_is_away(cache.CacheFilter.process_response)


def database_seconds():
    """More than the 50 s for which InnoDB lets a statement wait for a lock."""
    return int(os.environ.get('ORIEL_DATABASE_SECONDS', '60'))


@fix('after', 'PyMySQL: waits for ever for a server that has stopped answering, and so do the requests behind it',
     needed=lambda: version('pymysql') != ())
def bound_waits_for_database():
    from pymysql.connections import Connection
    make = Connection.__init__

    def make_bounded(self, *arguments, **options):
        options.setdefault('read_timeout', database_seconds())
        options.setdefault('write_timeout', database_seconds())
        make(self, *arguments, **options)
    Connection.__init__ = make_bounded
