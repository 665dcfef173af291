"""The program that writes the first configuration: checks, places, files, answers."""
import io
import json
import os
import tempfile
import unittest
from contextlib import redirect_stdout
from unittest import mock

import oriel_configure
from oriel_configuration import access, answers, checks, files, places

GIVEN = {
    'INSTALLDIR': 'C:\\Program Files\\oriel\\glance\\', 'CONFIGDIR': '', 'LOGDIR': 'D:\\log\\', 'DATADIR': 'C:\\data\\',
    'BINDHOST': '0.0.0.0', 'BINDPORT': '9292', 'WORKERS': '2', 'PUBLICENDPOINT': '', 'STOREPATH': '\\\\sofs1\\images',
    'DATABASE_CONNECTION': 'mysql+pymysql://glance:p%40ss%24w0rd@db/glance', 'KEYSTONE_AUTH_URL': 'https://keystone/v3',
    'KEYSTONE_USERNAME': 'glance', 'KEYSTONE_PASSWORD': 'a$b', 'KEYSTONE_PROJECT': 'service', 'KEYSTONE_USER_DOMAIN': 'Default',
    'KEYSTONE_PROJECT_DOMAIN': 'Default', 'SERVICEACCOUNT': 'LocalSystem', 'SERVICEPASSWORD': '', 'SYNCDATABASE': '0',
    'ANSWERFILE': '', 'ImageCache': '', 'DelayedDelete': '',
}
TEXT = '[DEFAULT]\r\npublic_endpoint = @PUBLICENDPOINT@\r\nbind_port = @BINDPORT@\r\npassword = @KEYSTONE_PASSWORD@\r\n'


def given(**more):
    return {**GIVEN, **more}


class Checks(unittest.TestCase):
    def test_nothing_is_wrong_with_good_values(self):
        for more in ({}, {'KEYSTONE_AUTH_URL': 'none', 'KEYSTONE_PASSWORD': ''}, {'BINDHOST': '::'}, {'STOREPATH': 'D:\\images\\'},
                     {'DATABASE_CONNECTION': 'sqlite:///C:/data/glance.sqlite'}, {'SERVICEACCOUNT': 'EXAMPLE\\glance$'}):
            self.assertEqual(checks.every(given(**more)), [], more)

    def test_each_mistake_is_named(self):
        for name, value in (('BINDPORT', '0'), ('BINDPORT', '65536'), ('BINDPORT', '9292x'), ('BINDPORT', ''), ('WORKERS', '61'),
                            ('STOREPATH', '\\\\sofs1'), ('STOREPATH', 'images'), ('STOREPATH', ''), ('STOREPATH', 'Z:images'),
                            ('DATABASE_CONNECTION', 'db.example.org'), ('DATABASE_CONNECTION', ''), ('BINDHOST', 'a b'),
                            ('KEYSTONE_AUTH_URL', 'keystone:5000'), ('KEYSTONE_AUTH_URL', ''), ('KEYSTONE_PASSWORD', ''),
                            ('PUBLICENDPOINT', 'images'), ('KEYSTONE_PASSWORD', 'two\nlines'), ('KEYSTONE_USERNAME', ' glance')):
            problems = checks.every(given(**{name: value}))
            self.assertEqual(len(problems), 1, (name, value, problems))
            self.assertTrue(problems[0].startswith(name), problems)

    def test_all_mistakes_come_at_once(self):
        self.assertEqual(len(checks.every(given(BINDPORT='x', STOREPATH='', WORKERS='0'))), 3)

    def test_a_user_needs_a_password_at_each_upgrade_too(self):
        self.assertIn('SERVICEPASSWORD', checks.service_account(given(SERVICEACCOUNT='EXAMPLE\\glance'))[0])


class Places(unittest.TestCase):
    def test_fills_values_and_leaves_empty_lines_out(self):
        filled = places.fill(TEXT, places.values(given()), places.oslo)
        self.assertEqual(filled, '[DEFAULT]\r\nbind_port = 9292\r\npassword = a$$b\r\n')

    def test_a_value_that_looks_like_a_place_stays_a_value(self):
        filled = places.fill(TEXT, places.values(given(KEYSTONE_PASSWORD='@BINDPORT@')), places.oslo)
        self.assertIn('password = @BINDPORT@\r\n', filled)

    def test_spelling_of_oslo_config(self):
        for value, text in (('a$b', 'a$$b'), ('a\\$b', 'a\\\\$b'), ('"x"', '""x""'), ("'", "\"'\""), ('plain', 'plain')):
            self.assertEqual(places.oslo(value), text)

    def test_paths_follow_from_directories(self):
        values = places.values(given(CONFIGDIR='C:\\etc\\', ImageCache='1'))
        self.assertEqual(values['STAGING'], '//./C:/data/staging/images')
        self.assertEqual(values['LOG_FILE'], 'D:\\log\\glance-api.log')
        self.assertEqual(values['CACHE_DIR'], 'C:\\data\\cache')
        self.assertEqual(places.values(given(DATADIR='\\\\nas\\x\\'))['TASKS'], '//nas/x/staging/tasks')
        self.assertEqual(places.values(given(BINDHOST='::1'))['SELF_URL'], 'http://[::1]:9292')


class Answers(unittest.TestCase):
    def write(self, text):
        file = tempfile.NamedTemporaryFile('w', delete=False)
        self.addCleanup(os.unlink, file.name)
        with file:
            file.write(text)
        return file.name

    def test_a_file_holds_what_no_command_line_should(self):
        path = self.write('# secrets\n\nKEYSTONE_PASSWORD = x=y\nBINDPORT=1\n')
        merged = answers.merge(given(ANSWERFILE=path))
        self.assertEqual((merged['KEYSTONE_PASSWORD'], merged['BINDPORT'], merged['WORKERS']), ('x=y', '1', '2'))

    def test_a_mistake_names_the_line_and_not_what_is_in_it(self):
        for line in ('hunter2', 'NO_SUCH=hunter2', 'SERVICEPASSWORD=hunter2', 'ImageCache=hunter2'):
            with self.assertRaisesRegex(answers.Unreadable, 'line 2') as raised:
                answers.merge(given(ANSWERFILE=self.write(f'BINDPORT=1\n{line}\n')))
            self.assertNotIn('hunter2', str(raised.exception))

    def test_secrets_are_masked_in_all_their_spellings(self):
        said = []
        say = answers.masked(lambda line, flush: said.append(line), given())
        say('cannot open mysql+pymysql://glance:p%40ss%24w0rd@db/glance: p@ss$w0rd of p%40ss%24w0rd, a$b')
        self.assertEqual(said, ['cannot open ***: *** of ***, ***'])


class Whole(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        texts = os.path.join(self.folder.name, 'texts', 'keystone')
        os.makedirs(texts)
        for name in ('glance-api.conf', 'glance-manage.conf'):
            with open(os.path.join(texts, name), 'w', newline='') as file:
                file.write(TEXT)
        patch = mock.patch.object(files, 'TEXTS', os.path.dirname(texts))
        patch.start()
        self.addCleanup(patch.stop)
        self.config = os.path.join(self.folder.name, 'etc')
        self.given = given(CONFIGDIR=self.config, LOGDIR=self.folder.name, DATADIR=self.folder.name)

    def run_it(self, **more):
        out = io.StringIO()
        # Paths of Windows are checked; the folders are those of this machine.
        with redirect_stdout(out), mock.patch.dict(checks.FORMS, {'DATADIR': (checks.URL, '')}), \
                mock.patch.object(checks, 'forms', lambda properties: []):
            return oriel_configure.main(json.dumps({**self.given, **more})), out.getvalue()

    def read(self, name):
        with open(os.path.join(self.config, name), newline='') as file:
            return file.read()

    def test_writes_and_notes_what_it_wrote(self):
        code, said = self.run_it()
        self.assertEqual(code, 0, said)
        self.assertEqual(self.read('glance-api.conf'), '[DEFAULT]\r\nbind_port = 9292\r\npassword = a$$b\r\n')
        self.assertEqual(self.read(files.NOTE).split(), ['glance-manage.conf', 'glance-api.conf'])
        self.assertNotIn('a$b', said)

    def test_never_changes_a_configuration(self):
        self.run_it()
        os.unlink(os.path.join(self.config, files.NOTE))
        code, said = self.run_it(BINDPORT='1', DATABASE_CONNECTION='', STOREPATH='')
        self.assertEqual(code, 0, said)
        self.assertIn('never changed', said)
        self.assertIn('bind_port = 9292', self.read('glance-api.conf'))
        self.assertFalse(os.path.exists(os.path.join(self.config, files.NOTE)))

    def test_a_mistake_leaves_nothing_behind(self):
        code, said = self.run_it(BINDPORT='x')
        self.assertEqual(code, 1)
        self.assertIn('BINDPORT must be', said)
        self.assertFalse(os.path.exists(self.config))


class Access(unittest.TestCase):
    def test_nobody_but_administrators_and_the_account(self):
        self.assertEqual(access.rules('', access.READ), 'O:S-1-5-32-544D:PAI(A;OICI;FA;;;S-1-5-18)(A;OICI;FA;;;S-1-5-32-544)')
        self.assertTrue(access.rules('S-1-5-20', access.READ).endswith('(A;OICI;0x1200a9;;;S-1-5-20)'))
        self.assertIsNone(access.account_sid('LocalSystem'))


if __name__ == '__main__':
    unittest.main()
