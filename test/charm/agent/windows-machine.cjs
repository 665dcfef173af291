// Read by Node before the program of a native charm, on a machine that is no Windows: its name, and its drive C: as far as files are brought there.
const os = require('node:os');
const { join } = require('node:path');
const files = require('node:fs/promises');

const { COMPUTERNAME, ORIEL_TEST_DRIVE } = process.env;
os.hostname = () => COMPUTERNAME;
const { open } = files;
files.open = (path, ...rest) =>
  open(/^C:\\/i.test(path) ? join(ORIEL_TEST_DRIVE, ...path.slice(3).split('\\')) : path, ...rest);
