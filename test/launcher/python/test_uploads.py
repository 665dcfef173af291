"""What is left of uploads, with a stand-in for the store."""
import unittest

from stand_in import run

UPLOADS = '''
import json, tempfile
import oriel_glance.uploads as uploads
folder = tempfile.mkdtemp()
cfg.CONF.oslo_concurrency.lock_path = os.path.join(folder, 'lock')
share = os.path.join(folder, 'share')
os.mkdir(share)
path = os.path.join(share, 'image')
class Cut(Exception): pass
def add(self, fails=None, removes=False):
    with filesystem.open(path, 'wb') as file:
        file.write(b'half')
        self.seen = os.listdir(uploads.folder())
        if fails and removes:
            os.remove(path)
        if fails:
            raise fails
filesystem.Store.add = add
Server.start = lambda self: None
uploads.remove_half_files()
store = filesystem.Store()
'''


class Uploads(unittest.TestCase):
    def test_a_file_is_noted_as_long_as_it_is_written(self):
        done = run(UPLOADS, '''
            store.add()
            print(len(store.seen), os.listdir(uploads.folder()), os.path.exists(path))
            uploads.sweep()
            print(os.path.exists(path))
        ''')
        self.assertEqual(done.out, '1 [] True\nTrue\n', done.err)

    def test_a_file_that_failed_and_could_not_be_removed_goes_at_the_next_sweep_with_its_note(self):
        done = run(UPLOADS, '''
            for removes in (True, False):
                try:
                    store.add(Cut(), removes)
                except Cut:
                    print(len(os.listdir(uploads.folder())))
            uploads.sweep()
            print(os.path.exists(path), os.listdir(uploads.folder()))
        ''')
        self.assertEqual(done.out, '0\n1\nFalse []\n', done.err)

    def test_a_file_that_somebody_wrote_anew_stays_and_so_does_one_whose_note_is_broken(self):
        done = run(UPLOADS, '''
            for spoil in ('another', 'broken'):
                try:
                    store.add(Cut())
                except Cut:
                    pass
                note, = os.listdir(uploads.folder())
                if spoil == 'another':
                    os.link(path, path + '.kept')   # so that its number is not given again
                    os.remove(path)
                    open(path, 'w').close()
                else:
                    open(os.path.join(uploads.folder(), note), 'w').write('{"path": ')
                uploads.sweep()
                print(os.path.exists(path), os.listdir(uploads.folder()))
        ''')
        self.assertEqual(done.out, 'True []\nTrue []\n', done.err)

    def test_a_note_stays_while_the_share_is_away(self):
        done = run(UPLOADS, '''
            try:
                store.add(Cut())
            except Cut:
                pass
            os.rename(share, share + '.away')
            uploads.sweep()
            print(len(os.listdir(uploads.folder())))
            os.rename(share + '.away', share)
            uploads.sweep()
            print(os.path.exists(path), os.listdir(uploads.folder()))
        ''')
        self.assertEqual(done.out, '1\nFalse []\n', done.err)


if __name__ == '__main__':
    unittest.main()
