"""A stand-in for glance.common.wsgi, which needs all of Glance, and for the store; the rest is real."""
import os
import subprocess
import sys
import textwrap
import types

STAND_IN = '''
import os, sys, types
glance, common, wsgi = (types.ModuleType(name) for name in ('glance', 'glance.common', 'glance.common.wsgi'))
class Server: pass
class Win32ProcessLauncher:
    def add_process(self, command): pass
wsgi.Server, wsgi.Win32ProcessLauncher = Server, Win32ProcessLauncher
wsgi.CONF = types.SimpleNamespace(http_keepalive=True)
common.wsgi, glance.common = wsgi, common
sys.modules.update({'glance': glance, 'glance.common': common, 'glance.common.wsgi': wsgi})
cfg, filesystem = types.ModuleType('oslo_config.cfg'), types.ModuleType('glance_store._drivers.filesystem')
cfg.CONF, filesystem.Store = types.SimpleNamespace(oslo_concurrency=types.SimpleNamespace(lock_path=None)), type('Store', (), {'add': None})
for name, module in (('oslo_config', cfg), ('glance_store._drivers', filesystem)):
    sys.modules[name] = types.ModuleType(name)
    setattr(sys.modules[name], module.__name__.rpartition('.')[2], module)
sys.modules['glance_store'] = types.ModuleType('glance_store')
import eventlet, eventlet.wsgi, logging
from eventlet.green import socket
import oriel_glance.server as server
server.know_connections()
if server.version('eventlet') < (0, 36):
    server.mark_busy_connections()
class Event:
    def __init__(self): self.on = False
    def is_set(self): return self.on
    def set(self): self.on = True
event = Event()
quiet = logging.getLogger('quiet')
'''


def run(program, *more, **environment):
    """Runs a program, in parts, after the stand-in; returns its exit code and output."""
    done = subprocess.run([sys.executable, '-c', STAND_IN + ''.join(map(textwrap.dedent, (program,) + more))], capture_output=True, text=True, timeout=600, check=False,
                          env={**os.environ, **environment})
    return types.SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)
