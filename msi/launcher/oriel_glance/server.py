"""Repairs of the API server: connections, and an end that lets requests finish."""
import errno
import logging
import os
import time

import eventlet
import eventlet.wsgi
from glance.common import wsgi

from oriel_glance.events import drain_seconds, stop_event
from oriel_glance.fixes import fix, version

LOG = logging.getLogger('glance.oriel')
Server = getattr(wsgi, 'Win32Server', wsgi.Server)
IDLE, REQUEST, CLOSE = 'idle', 'request', 'close'
DRAIN_OVER = 3   # exit code of a process whose requests did not finish in time
CONNECTIONS = {}   # id of eventlet's connection state -> Connection


class Connection:
    def __init__(self, state, thread):
        self.state, self.thread, self.since = state, thread, time.monotonic()

    def is_idle(self):
        return self.state[2] == IDLE


class ConnectionPool(eventlet.GreenPool):
    """Bounded: when it is full, the connection that has been idle longest makes room. Where none is idle, new ones wait."""

    def spawn(self, function, *arguments, **options):
        if self.free() <= 0:
            idle = [c for c in CONNECTIONS.values() if c.is_idle()]
            if idle:
                eventlet.kill(min(idle, key=lambda c: c.since).thread)
                eventlet.sleep(0)
        return super().spawn(function, *arguments, **options)


def end_process(how, code=0):
    LOG.info('%s, process %s ends', how, os.getpid())
    logging.shutdown()
    os._exit(code)


@fix('after', 'glance.common.wsgi: Win32Server._sock is never set since 20.0.0, and run_child shares it',
     needed=lambda: os.name == 'nt' and version('glance') >= (20,))
def hand_over_listening_socket():
    configure = Server.configure_socket

    def configure_socket(self, *arguments, **options):
        configure(self, *arguments, **options)
        self._sock = self._sock or self.sock
    Server.configure_socket = configure_socket


@fix('after', 'eventlet: select() takes 512 sockets on Windows, one more ends the process; glance.common.wsgi has a pool of 1000. '
     'And accept on a closed socket is WSAENOTSOCK there, which eventlet.wsgi does not know')
def serve_bounded_and_drain():
    event = stop_event()

    def single_run(self, application, sock):
        eventlet.spawn(watch, event, sock)
        try:
            # A pool of its own: eventlet waits for it at the end, and self.pool holds this very thread.
            eventlet.wsgi.server(sock, application, log=self._logger, debug=False, keepalive=wsgi.CONF.http_keepalive,
                                 custom_pool=ConnectionPool(int(os.environ.get('ORIEL_CONNECTIONS', '400'))),
                                 socket_timeout=self.client_socket_timeout)
        except OSError:
            if not event.is_set():
                raise
        for pool in getattr(wsgi, 'ASYNC_EVENTLET_THREAD_POOL_LIST', []):
            if pool is not self.pool:
                pool.waitall()   # imports
        end_process('drained' if event.is_set() else 'the server ended')
    Server._single_run = single_run
    # The handlers of Glance end the process at once.
    Server.set_signal_handler = staticmethod(lambda *_: None)


def watch(event, sock):
    """Waits for the stop; then no new connections, idle ones end, the others have their time."""
    while not event.is_set():
        eventlet.sleep(0.2)
    LOG.info('stop asked, process %s accepts no more', os.getpid())
    eventlet.wsgi.is_accepting = False
    eventlet.spawn_after(drain_seconds(), cut_requests)
    idle = [c for c in CONNECTIONS.values() if c.is_idle()]
    sock.close()
    # eventlet shuts idle connections down, but on Windows that does not wake the select() that waits for them.
    for connection in idle:
        eventlet.kill(connection.thread)


def cut_requests():
    """The drain is over: requests in flight see their client gone, so that they clean up after themselves."""
    LOG.warning('drain time is over, %d requests are cut', len(CONNECTIONS))
    for connection in list(CONNECTIONS.values()):
        eventlet.spawn(eventlet.kill, connection.thread, ConnectionResetError(errno.ECONNRESET, 'the service stops'))
    with eventlet.Timeout(2, False):
        while CONNECTIONS:
            eventlet.sleep(0.05)
    end_process('drain time is over', DRAIN_OVER)


@fix('after', 'eventlet.wsgi has no way to ask which connections wait for a request')
def know_connections():
    process = eventlet.wsgi.Server.process_request

    def process_request(self, state):
        CONNECTIONS[id(state)] = Connection(state, eventlet.getcurrent())
        try:
            return process(self, state)
        finally:
            del CONNECTIONS[id(state)]
    eventlet.wsgi.Server.process_request = process_request

    respond = eventlet.wsgi.HttpProtocol.handle_one_response

    def handle_one_response(self):
        try:
            return respond(self)
        finally:
            known = CONNECTIONS.get(id(self.conn_state))
            if known:
                known.since = time.monotonic()
    eventlet.wsgi.HttpProtocol.handle_one_response = handle_one_response


@fix('after', 'eventlet < 0.36 never marks a connection busy and cuts uploads when its server ends',
     needed=lambda: version('eventlet') < (0, 36))
def mark_busy_connections():
    respond = eventlet.wsgi.HttpProtocol.handle_one_response

    def handle_one_response(self):
        self.conn_state[2] = REQUEST
        try:
            return respond(self)
        finally:
            self.conn_state[2] = IDLE if eventlet.wsgi.is_accepting else CLOSE
    eventlet.wsgi.HttpProtocol.handle_one_response = handle_one_response
