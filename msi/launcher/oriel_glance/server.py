"""Repairs of the API server: connections, and an end that lets requests finish."""
import errno
import logging
import os
import time

import eventlet
import eventlet.wsgi
from eventlet import patcher
from glance.common import wsgi

from oriel_glance.events import drain_seconds, stop_event
from oriel_glance.fixes import fix, version

LOG = logging.getLogger('glance.oriel')
Server = getattr(wsgi, 'Win32Server', wsgi.Server)
IDLE, REQUEST, CLOSE = 'idle', 'request', 'close'
DRAIN_OVER = 3   # exit code of a process whose requests did not finish in time
EXIT = {'code': 0}
GONE = (errno.ECONNRESET, errno.ECONNABORTED, errno.ENOTCONN)   # what accept says of a client that has left already
CONNECTIONS = {}   # id of eventlet's connection state -> Connection


class Connection:
    """An open connection: idle until the headers of a request are read, and again when it is answered."""

    def __init__(self, thread):
        self.thread, self.idle, self.since = thread, True, time.monotonic()

    def becomes(self, idle):
        self.idle, self.since = idle, time.monotonic()


def idle_connections():
    return sorted((c for c in CONNECTIONS.values() if c.idle), key=lambda c: c.since)


class ConnectionPool(eventlet.GreenPool):
    """Bounded: when it is full, the connection that has been idle longest makes room. Where none is idle, new ones wait."""

    def spawn(self, function, *arguments, **options):
        while self.free() <= 0:
            eventlet.sleep(0)   # those that were accepted just now begin to wait for their request
            for connection in idle_connections()[:1]:
                eventlet.kill(connection.thread)
            eventlet.sleep(0 if self.free() > 0 else 0.05)
        return super().spawn(function, *arguments, **options)


class Listening(patcher.original('socket').socket):
    """A listening socket that another thread may close at any moment. To wait for a closed one would end the whole process, as
    select() refuses -1; here it ends the accept loop."""

    def fileno(self):
        number = super().fileno()
        if number < 0:
            raise OSError(errno.ENOTSOCK, 'the listening socket is closed')
        return number


def end_process(how, code=None):
    LOG.info('%s, process %s ends', how, os.getpid())
    logging.shutdown()
    os._exit(EXIT['code'] if code is None else code)


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
        sock = self.sock = type(sock)(Listening(fileno=sock.fd.detach()))
        eventlet.spawn(watch, event)
        patcher.original('threading').Thread(target=stop_from_outside, args=(event, sock), daemon=True).start()
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


@fix('after', 'eventlet.wsgi ends its server where accept fails because the client has left already: Windows says so (Wine: WSAENOTCONN), '
     'Linux does not. Health checks of load balancers leave like that', needed=lambda: os.name == 'nt')
def accept_after_clients_that_left():
    accept = eventlet.greenio.GreenSocket.accept

    def accept_next(self):
        while True:
            try:
                return accept(self)
            except OSError as error:
                if error.errno not in GONE:
                    raise
    eventlet.greenio.GreenSocket.accept = accept_next


def close_listener(sock):
    """Closes the handle behind a green socket from another thread; the hub finds a bad socket and wakes the accept loop."""
    patcher.original('socket').close(sock.fd.detach())


def stop_from_outside(event, sock):
    """In a thread of the system, because a green one waits as long as a request hangs in a write to a slow share: refuses new
    connections at once, and ends the process when its own end did not come."""
    sleep = patcher.original('time').sleep
    while not event.is_set():
        sleep(0.1)
    eventlet.wsgi.is_accepting = False
    close_listener(sock)
    sleep(drain_seconds() + 1.5)
    os._exit(DRAIN_OVER)


def watch(event):
    """Waits for the stop; then idle connections end, the others have their time."""
    while not event.is_set():
        eventlet.sleep(0.2)
    LOG.info('stop asked, process %s accepts no more', os.getpid())
    eventlet.spawn_after(drain_seconds(), cut_requests)
    while True:
        # eventlet shuts idle connections down, but on Windows that does not wake the select() that waits for them.
        for connection in idle_connections():
            eventlet.kill(connection.thread)
        eventlet.sleep(0.2)


def cut_requests():
    """The drain is over: requests in flight see their client gone, so that they clean up after themselves."""
    LOG.warning('drain time is over, %d requests are cut', len(CONNECTIONS))
    EXIT['code'] = DRAIN_OVER
    for connection in list(CONNECTIONS.values()):
        eventlet.spawn(eventlet.kill, connection.thread, ConnectionResetError(errno.ECONNRESET, 'the service stops'))
    with eventlet.Timeout(1, False):
        while CONNECTIONS:
            eventlet.sleep(0.05)
    end_process('requests did not end')


@fix('after', 'eventlet.wsgi has no way to ask which connections wait for a request')
def know_connections():
    process = eventlet.wsgi.Server.process_request

    def process_request(self, state):
        CONNECTIONS[id(state)] = Connection(eventlet.getcurrent())
        try:
            return process(self, state)
        finally:
            del CONNECTIONS[id(state)]
    eventlet.wsgi.Server.process_request = process_request

    respond = eventlet.wsgi.HttpProtocol.handle_one_response

    def handle_one_response(self):
        connection = CONNECTIONS[id(self.conn_state)]
        connection.becomes(idle=False)
        try:
            return respond(self)
        finally:
            connection.becomes(idle=True)
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
