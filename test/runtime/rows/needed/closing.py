"""eventlet's own server: its listening socket is closed while it waits for the next client, as a stop has to. One connection asks
nothing, the other has a request, until 3 s after its answer."""
import logging
import os
import time
from threading import Thread

import eventlet
import eventlet.wsgi
from eventlet import patcher

socket, listener = patcher.original('socket'), eventlet.listen(('127.0.0.1', 0))


def clients(address):
    idle = socket.create_connection(address)
    asking = socket.create_connection(address)
    asking.sendall(b'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    time.sleep(0.5)
    eventlet.wsgi.is_accepting = False
    socket.close(listener.fd.detach())
    asking.recv(1000)
    time.sleep(3)
    idle.close()
    time.sleep(120)
    os._exit(9)


def application(environ, start):
    eventlet.sleep(1)
    start('200 OK', [('Content-Length', '0')])
    return [b'']


Thread(target=clients, args=[listener.getsockname()], daemon=True).start()
started = time.monotonic()
try:
    eventlet.wsgi.server(listener, application, log=logging.getLogger('quiet'))
    how = 0
except OSError as error:
    how = error.errno
print(how, time.monotonic() - started)
