"""Stops what listens on an address though nobody serves it: close-listener.py HOST PORT.

Wine 8 never lets go of a socket when a process dies just as its select() was answered: wineserver goes on listening for nobody,
and nobody else can have the address. Windows closes the sockets of a process with it. Needs the right to trace wineserver.
"""
import ctypes
import glob
import os
import re
import socket
import sys

PIDFD_GETFD = 438
LISTEN = '0A'


def listening(host, port):
    """Inodes of sockets; /proc/net/tcp has addresses as the machine's own words in hexadecimal."""
    address = '%08X:%04X' % (int.from_bytes(socket.inet_aton(host), sys.byteorder), port)
    with open('/proc/net/tcp') as table:
        rows = [line.split() for line in table]
    return {row[9] for row in rows if row[1] == address and row[3] == LISTEN}


def holders(inodes):
    """(process, descriptor) of each descriptor of these sockets."""
    for path in glob.glob('/proc/[0-9]*/fd/*'):
        try:
            held = re.fullmatch(r'socket:\[(\d+)\]', os.readlink(path))
        except OSError:
            continue   # it is gone
        if held and held[1] in inodes:
            _, _, process, _, descriptor = path.split('/')
            yield int(process), int(descriptor)


def close(process, descriptor):
    copy = ctypes.CDLL(None, use_errno=True).syscall(PIDFD_GETFD, os.pidfd_open(process), descriptor, 0)
    if copy < 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    socket.socket(fileno=copy).shutdown(socket.SHUT_RDWR)


for found in list(holders(listening(sys.argv[1], int(sys.argv[2]))))[:1]:
    close(*found)
    print('closed what process %d held' % found[0])
