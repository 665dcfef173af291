"""The part of netifaces that OpenStack uses, by psutil."""
import socket

import psutil

AF_INET = int(socket.AF_INET)
AF_INET6 = int(socket.AF_INET6)
AF_LINK = int(psutil.AF_LINK)


def interfaces():
    return list(psutil.net_if_addrs())


def ifaddresses(name):
    found = {}
    for entry in psutil.net_if_addrs()[name]:
        address = {'addr': entry.address}
        if entry.netmask:
            address['netmask'] = entry.netmask
        if entry.broadcast:
            address['broadcast'] = entry.broadcast
        found.setdefault(int(entry.family), []).append(address)
    return found


def gateways():
    """Only `default`, and in it the interface that a packet to the outside would take; psutil does not know the gateway's address."""
    default = {}
    for family, outside in ((AF_INET, '192.0.2.1'), (AF_INET6, '2001:db8::1')):
        name = _interface_towards(family, outside)
        if name:
            default[family] = (None, name)
    return {'default': default}


def _interface_towards(family, outside):
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((outside, 9))   # sends nothing
            local = probe.getsockname()[0]
    except OSError:
        return None
    for name, entries in psutil.net_if_addrs().items():
        if any(entry.address.split('%')[0] == local for entry in entries):
            return name
    return None
