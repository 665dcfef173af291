"""Tells the wrapper when the API answers."""
import logging

import eventlet
from eventlet.green import socket

from oriel_glance.events import ready_event
from oriel_glance.fixes import fix
from oriel_glance.server import Server

LOG = logging.getLogger('glance.oriel')
ANYWHERE = {'0.0.0.0': '127.0.0.1', '::': '::1'}


@fix('after', 'none: a service is running when it serves, not when its process is there')
def say_when_ready():
    start = Server.start

    def start_and_say(self, *arguments, **options):
        start(self, *arguments, **options)
        event = ready_event()
        if not getattr(wsgi_conf(), 'pipe_handle', None):
            eventlet.spawn(wait_for_answer, self, event)
    Server.start = start_and_say


def wsgi_conf():
    from glance.common import wsgi
    return wsgi.CONF


def wait_for_answer(server, event):
    host, port = server.sock.getsockname()[:2]
    while not answers(ANYWHERE.get(host, host), port):
        eventlet.sleep(0.3)
    server.answered = True
    LOG.info('the API answers on port %d', port)
    if event:
        event.set()


def answers(host, port):
    """Whether /healthcheck is answered at all: a status of 503 is an answer (it may be disabled by a file on purpose)."""
    try:
        with eventlet.Timeout(5), socket.create_connection((host, port), 5) as connection:
            connection.sendall(b'GET /healthcheck HTTP/1.0\r\nHost: localhost\r\n\r\n')
            return connection.recv(16).startswith(b'HTTP/')
    except (OSError, eventlet.Timeout):
        return False
