"""The parts of the launcher that need eventlet."""
import textwrap
import unittest

from stand_in import run


class Pool(unittest.TestCase):
    def test_idle_connections_make_room_though_many_come_at_once(self):
        done = run('''
            def client():
                held = [socket.create_connection(listener.getsockname()) for _ in range(50)]
                asking = socket.create_connection(listener.getsockname())
                asking.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
                print(asking.recv(15), flush=True)
                os._exit(0)
            def app(environ, start):
                start('200 OK', [])
                return [b'']
            listener = eventlet.listen(('127.0.0.1', 0))
            eventlet.spawn(client)
            eventlet.spawn_after(120, os._exit, 9)
            eventlet.wsgi.server(listener, app, log=quiet, custom_pool=server.ConnectionPool(10))
        ''')
        self.assertEqual((done.code, done.out), (0, "b'HTTP/1.1 200 OK'\n"), done.err)

    def test_a_connection_with_a_request_is_not_ended_for_another(self):
        done = run('''
            def client():
                asking = socket.create_connection(listener.getsockname())
                asking.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
                eventlet.sleep(0.3)
                held = [socket.create_connection(listener.getsockname()) for _ in range(5)]
                print(asking.recv(15), flush=True)
                os._exit(0)
            def app(environ, start):
                eventlet.sleep(1.5)
                start('200 OK', [])
                return [b'']
            listener = eventlet.listen(('127.0.0.1', 0))
            eventlet.spawn(client)
            eventlet.spawn_after(120, os._exit, 9)
            eventlet.wsgi.server(listener, app, log=quiet, custom_pool=server.ConnectionPool(1))
        ''')
        self.assertEqual((done.code, done.out), (0, "b'HTTP/1.1 200 OK'\n"), done.err)


STOP = '''
from eventlet import patcher
def app(environ, start):
    try:
        for _ in range(int(environ['QUERY_STRING'])):
            eventlet.sleep(0.1)
    except ConnectionResetError as error:
        print('cut', error.errno == 104, flush=True)
        raise
    start('200 OK', [('Content-Length', '4')])
    return [b'done']
def client():
    keep = socket.create_connection(address)
    keep.sendall(b'GET /?0 HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
    keep.recv(1000)
    asking = socket.create_connection(address)
    asking.sendall(b'GET /?%s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' % os.environ['TICKS'].encode())
    eventlet.sleep(0.3)
    event.set()
    eventlet.sleep(0.3)
    try:
        socket.create_connection(address).close()
        print('accepted', flush=True)
    except OSError:
        print('refused', flush=True)
    print(asking.recv(1000)[-4:], flush=True)
class Glance(server.Server):
    _logger, client_socket_timeout, pool = quiet, 900, None
server.stop_event = lambda: event
server.serve_bounded_and_drain()
listener = eventlet.listen(('127.0.0.1', 0))
address = listener.getsockname()
eventlet.spawn(client)
Glance()._single_run(app, listener)
'''


class Stop(unittest.TestCase):
    def test_a_request_in_flight_is_answered_idle_connections_do_not_hold_the_end(self):
        done = run(STOP, TICKS='15', ORIEL_DRAIN='20')
        self.assertEqual((done.code, done.out), (0, "refused\nb'done'\n"), done.err)

    def test_a_request_that_does_not_end_is_cut_when_the_drain_is_over(self):
        done = run(STOP, TICKS='1000', ORIEL_DRAIN='1')
        self.assertEqual(done.code, 3, done.err)
        self.assertIn('refused\ncut True\n', done.out)

    def test_a_listener_that_is_closed_while_it_accepts_does_not_end_the_requests(self):
        racing = STOP.replace('    event.set()\n', '    event.set()\n    eventlet.spawn(socket.create_connection, address)\n')
        done = run('''
            eventlet.hubs.use_hub('selects')
            accept = server.Listening.accept
            def late(self):
                while event.on:
                    try:
                        self.fileno()
                    except OSError:
                        raise BlockingIOError
                    eventlet.patcher.original('time').sleep(0.01)
                return accept(self)
            server.Listening.accept = late
        ''', racing, TICKS='15', ORIEL_DRAIN='20')
        self.assertEqual((done.code, done.out), (0, "refused\nb'done'\n"), done.err)

    def test_a_process_that_hangs_ends_all_the_same(self):
        hanging = STOP.replace('eventlet.sleep(0.1)', "patcher.original('time').sleep(3000)")
        done = run("import threading\nthreading.Timer(2, lambda: event.set()).start()\n" + hanging, TICKS='1', ORIEL_DRAIN='1')
        self.assertEqual(done.code, 3, done.err)


class Accept(unittest.TestCase):
    LEFT = '''
        import errno, eventlet.greenio
        real, left = eventlet.greenio.GreenSocket.accept, [errno.ENOTCONN, errno.ECONNRESET]
        def accept(self):
            if left:
                raise OSError(left.pop(), 'the client has left')
            return real(self)
        eventlet.greenio.GreenSocket.accept = accept
        if REPAIRED:
            server.accept_after_clients_that_left()
        def client():
            asking = socket.create_connection(listener.getsockname())
            asking.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
            print(asking.recv(15), flush=True)
            os._exit(0)
        def app(environ, start):
            start('200 OK', [])
            return [b'']
        listener = eventlet.listen(('127.0.0.1', 0))
        eventlet.spawn(client)
        try:
            eventlet.wsgi.server(listener, app, log=quiet)
        except OSError:
            pass
        os._exit(7)
    '''

    def test_goes_on_after_clients_that_left(self):
        done = run('REPAIRED = True\n' + textwrap.dedent(self.LEFT))
        self.assertEqual((done.code, done.out), (0, "b'HTTP/1.1 200 OK'\n"), done.err)

    def test_eventlet_itself_does_not(self):
        self.assertEqual(run('REPAIRED = False\n' + textwrap.dedent(self.LEFT)).code, 7)


class Workers(unittest.TestCase):
    def test_delays_grow_with_quick_deaths(self):
        done = run('''
            import oriel_glance.workers as workers
            print([workers.delay_after(n) for n in (0, 1, 2, 3, 4, 20)])
        ''')
        self.assertEqual(done.out, '[0.5, 0.5, 1.0, 2.0, 4.0, 30]\n', done.err)

    def test_are_started_by_the_launcher_with_the_program_and_its_arguments(self):
        done = run('''
            import oriel_glance.workers as workers
            started = []
            Win32ProcessLauncher.add_process = lambda self, command: started.append(command)
            workers.start_workers_by_launcher()
            sys.modules['__main__'].__file__ = '/launcher/oriel_launcher.py'
            sys.argv = ['/launcher/glance-api', '--config-file', 'x y']
            Win32ProcessLauncher().add_process(sys.argv + ['--pipe-handle=7'])
            print(started[0][1:])
        ''', PYTHONUTF8='0')
        self.assertEqual(done.out, "['/launcher/oriel_launcher.py', 'glance-api', '--config-file', 'x y', '--pipe-handle=7']\n", done.err)


if __name__ == '__main__':
    unittest.main()
