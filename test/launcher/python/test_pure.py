"""The parts of the launcher that need nothing of Windows and nothing of the payload."""
import os
import sys
import tempfile
import threading
import types
import unittest
import zipfile
import zipimport
from unittest import mock

from oriel_glance import cache, fixes, imports, maintenance, schema


class Versions(unittest.TestCase):
    def test_numbers_up_to_the_first_letter(self):
        for text, numbers in (('29.2.1', (29, 2, 1)), ('5.0.0rc1', (5, 0, 0)), ('0.36.1', (0, 36, 1)), ('1.dev3', (1,)), ('x', ())):
            self.assertEqual(fixes.parse_version(text), numbers)

    def test_a_package_that_is_not_there_has_none(self):
        self.assertEqual(fixes.version('no-such-package-at-all'), ())


class Register(unittest.TestCase):
    def setUp(self):
        for name in ('REGISTER', 'APPLIED'):
            patch = mock.patch.object(fixes, name, [])
            patch.start()
            self.addCleanup(patch.stop)
        self.made = []

    def add(self, name, stage='after', needed=True):
        def make():
            self.made.append(name)
        make.__name__ = name
        fixes.fix(stage, 'upstream', needed=lambda: needed)(make)

    def test_makes_what_is_needed_in_order_and_once(self):
        self.add('first')
        self.add('early', stage='before')
        self.add('unneeded', needed=False)
        self.add('second')
        fixes.apply('after')
        fixes.apply('after')
        self.assertEqual(self.made, ['first', 'second'])
        self.assertEqual(fixes.APPLIED, ['first', 'second'])

    def test_leaves_out_what_the_environment_names(self):
        self.add('first')
        self.add('second')
        with mock.patch.dict(os.environ, {'ORIEL_WITHOUT': 'first, other'}):
            fixes.apply('after')
        self.assertEqual(self.made, ['second'])


class PathStat(unittest.TestCase):
    def setUp(self):
        self.asked = []

    def stat(self, path):
        self.asked.append(path)
        if path.endswith('missing'):
            raise FileNotFoundError(path)
        return 'stat of ' + path

    def test_asks_once_below_the_root_also_for_what_is_missing(self):
        memoized = imports.memoized(self.stat, '/python')
        for _ in range(3):
            self.assertEqual(memoized('/python/lib'), 'stat of /python/lib')
            self.assertRaises(FileNotFoundError, memoized, '/python/missing')
        self.assertEqual(self.asked, ['/python/lib', '/python/missing'])

    def test_asks_every_time_elsewhere(self):
        memoized = imports.memoized(self.stat, '/python')
        memoized('/other')
        memoized('/other')
        self.assertEqual(self.asked, ['/other', '/other'])


class Archives(unittest.TestCase):
    def test_gives_what_zipimport_gives_and_opens_once(self):
        with tempfile.TemporaryDirectory() as folder:
            archive = os.path.join(folder, 'modules.zip')
            with zipfile.ZipFile(archive, 'w') as made:
                made.writestr('one.py', 'ONE = 1')
                made.writestr('empty.py', '')
                made.writestr('small.py', 'SMALL = 1' * 100, zipfile.ZIP_DEFLATED)
            entries = zipimport.zipimporter(archive)._files
            left = []
            get_data = imports.mapped(lambda _, entry: left.append(entry) or b'left')
            self.assertEqual(get_data(archive, entries['one.py']), b'ONE = 1')
            self.assertEqual(get_data(archive, entries['small.py']), b'left')
            self.assertEqual(left, [entries['small.py']])
            os.remove(archive)
            self.assertEqual(get_data(archive, entries['empty.py']), b'')
            self.assertEqual(get_data(archive, entries['one.py']), b'ONE = 1')


class CacheFiles(unittest.TestCase):
    def test_rename_replaces_and_the_rest_of_os_stays(self):
        system = types.SimpleNamespace(rename='rename', replace='replace', path='path')
        copy = cache.replacing(system)
        self.assertEqual((copy.rename, copy.path), ('replace', 'path'))
        self.assertEqual(system.rename, 'rename')

    def test_files_that_are_not_read_are_opened_as_ever(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'file')
            with cache.open_shared(path, 'wb') as file:
                file.write(b'x')
            with cache.open_shared(path) as file:
                self.assertEqual(file.read(), 'x')


class Launcher(unittest.TestCase):
    def setUp(self):
        import oriel_launcher
        self.launcher = oriel_launcher

    def test_programs_are_modules_of_glance(self):
        self.assertEqual(self.launcher.module_of('glance-cache-manage'), 'glance.cmd.cache_manage')

    def test_refuses_other_programs(self):
        with mock.patch.object(sys, 'stderr') as stderr:
            self.assertEqual(self.launcher.main(['glance-control']), 2)
            self.assertEqual(self.launcher.main([]), 2)
        self.assertIn('glance-api', stderr.write.call_args[0][0])

    def test_runs_a_module(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(sys, 'argv', []), mock.patch.object(sys, 'path', [folder]):
            with open(os.path.join(folder, 'a_module.py'), 'w') as file:
                file.write('import sys\nsys.ran = (__name__, sys.argv[1:])\n')
            self.assertEqual(self.launcher.main(['-m', 'a_module', 'x', '--y']), 0)
            self.assertEqual(sys.ran, ('__main__', ['x', '--y']))

    def test_is_alone_in_its_folder(self):
        """A module beside it would shadow one of the standard library of the same name."""
        folder = os.path.dirname(self.launcher.LAUNCHER)
        names = {name.partition('.')[0] for name in os.listdir(folder)}
        self.assertEqual(names & set(sys.stdlib_module_names), set())


class Maintenance(unittest.TestCase):
    def setUp(self):
        self.ran = []
        self.stop = threading.Event()
        for name, stand_in in (('stop_event', lambda: self.stop), ('ready_event', lambda: None), ('run', self.run_program), ('TICK', 0.01)):
            patch = mock.patch.object(maintenance, name, stand_in)
            patch.start()
            self.addCleanup(patch.stop)

    def run_program(self, program, arguments, launcher, stop):
        self.ran.append((program, arguments, launcher))
        if len(self.ran) == 5:
            self.stop.set()

    def test_runs_each_at_its_interval_until_it_is_stopped(self):
        intervals = {'glance-cache-pruner': 0, 'glance-cache-cleaner': 3600}
        self.assertEqual(maintenance.main(['--config-file', 'x'], 'l.py', intervals, first=0), 0)
        self.assertEqual([program for program, *_ in self.ran].count('glance-cache-cleaner'), 1)
        self.assertEqual(self.ran[0], ('glance-cache-pruner', ['--config-file', 'x'], 'l.py'))

    def test_intervals_come_from_the_environment(self):
        self.assertEqual(maintenance.intervals_of({}), maintenance.INTERVALS)
        given = maintenance.intervals_of({'ORIEL_CACHE_INTERVALS': '1,2.5'})
        self.assertEqual(given, {'glance-cache-pruner': 1, 'glance-cache-cleaner': 2.5})


class Schema(unittest.TestCase):
    def next_of(self, *heads, unknown=(), data=False):
        return schema.next_of(list(heads), list(unknown), '2024_1_expand01', '2024_1_contract01', lambda: data)

    def test_one_step_after_the_other(self):
        self.assertEqual(self.next_of(), 'create')
        self.assertEqual(self.next_of('2023_1_contract01'), 'expand')
        self.assertEqual(self.next_of('2023_1_contract01', '2024_1_expand01', data=True), 'migrate')
        self.assertEqual(self.next_of('2023_1_contract01', '2024_1_expand01'), 'contract')
        self.assertIsNone(self.next_of('2024_1_contract01'))

    def test_newer_only_when_it_was_contracted_by_a_newer_release(self):
        self.assertIsNone(self.next_of('2024_1_contract01', '2025_1_expand01', unknown=['2025_1_expand01']))
        self.assertEqual(self.next_of('2025_1_contract01', unknown=['2025_1_contract01']), 'newer')

    def test_the_commands_may_end_the_program_when_all_is_well(self):
        def end(code):
            raise SystemExit(code)
        schema.ended_well(lambda: end(None))
        schema.ended_well(lambda: end(0))
        with self.assertRaises(SystemExit):
            schema.ended_well(lambda: end('Database expansion failed'))

    def test_the_name_of_the_lock_fits_into_mysql(self):
        engine = types.SimpleNamespace(url=types.SimpleNamespace(database='d' * 100))
        self.assertEqual(len(schema.lock_name(engine)), 64)


if __name__ == '__main__':
    unittest.main()
