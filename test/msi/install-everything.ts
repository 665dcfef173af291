import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { everything } from './everything.ts';
import { msiexec, type Prefix, place } from './wine.ts';

const query = async (prefix: Prefix, key: string) => (await prefix.cmd(`reg query "${key}"`)).output;
const machine = 'HKLM\\Software\\Example Ltd\\Everything';
const environment = 'HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\Environment';

// Windows has the menu of all users; Wine that of the one who installs.
const menu = 'dir /b "%APPDATA%\\Microsoft\\Windows\\Start Menu\\Programs\\Oriel"';
const home = ({ drive }: Prefix) => join(drive, 'Program Files', 'oriel', 'everything');
const data = ({ drive }: Prefix) => join(drive, 'ProgramData', 'oriel', 'everything');

/** Installs and removes the model with a row in every table, and looks at the machine after each; `work` holds its service. */
export async function installEverything(prefix: Prefix, work: string): Promise<void> {
  const path = await place(prefix, 'everything.msi', everything(join(work, 'service.exe')));
  await msiexec(prefix, `/i ${path} BINDPORT=77 START=0 ACCOUNT=EXAMPLE\\svc PASSWORD=hush`, 0);
  await expectInstalled(prefix);
  writeFileSync(join(home(prefix), 'made by the program.txt'), '');
  await msiexec(prefix, `/x ${path}`, 0);
  await expectRemoved(prefix);
}

async function expectInstalled(prefix: Prefix): Promise<void> {
  const values = await query(prefix, machine);
  for (const line of [
    /\(Default\)\s+REG_SZ\s+default/,
    /hash\s+REG_SZ\s+#1 and 77/,
    /expandable\s+REG_EXPAND_SZ\s+%SystemRoot%\\x/,
    /several\s+REG_MULTI_SZ\s+one\\0two/,
    /single\s+REG_MULTI_SZ\s+one\s/,
    /number\s+REG_DWORD\s+0xfffffff0/,
    /port\s+REG_DWORD\s+0x4d/,
    /bytes\s+REG_BINARY\s+00FF10/i,
  ])
    expect(values).toMatch(line);
  expect(await query(prefix, 'HKCU\\Software\\Example Ltd\\Everything')).toMatch(/user\s+REG_SZ\s+u/);
  expect(values).not.toMatch(/extra/);
  expect(values).toMatch(/Everything\\empty/);

  const variables = await query(prefix, environment);
  expect(variables).toMatch(/ORIEL_KEPT\s+REG_\w+\s+kept/);
  expect(variables).toMatch(/ORIEL_HOME\s+REG_\w+\s+C:\\Program Files\\oriel\\everything\\/);
  expect(variables).toMatch(/PATH\s+REG_\w+\s+.*;C:\\Program Files\\oriel\\everything\\bin\s/);
  expect(readFileSync(join(home(prefix), 'settings.ini'), 'latin1')).toMatch(/\[server\]\s+port=77/);
  expect(readFileSync(join(data(prefix), 'log', 'settings.ini'), 'latin1')).toContain(
    'log=C:\\ProgramData\\oriel',
  );
  expect((await prefix.cmd(menu)).output).toContain('Everything.lnk');
  const service = await query(prefix, 'HKLM\\System\\CurrentControlSet\\Services\\oriel-everything');
  expect(service).toMatch(/ObjectName\s+REG_SZ\s+EXAMPLE\\svc/);
  expect(service).toMatch(/--port 77/);
}

async function expectRemoved(prefix: Prefix): Promise<void> {
  const gone = [await query(prefix, machine), await query(prefix, 'HKCU\\Software\\Example Ltd\\Everything')];
  for (const output of gone) expect(output).not.toMatch(/REG_/);
  expect(await query(prefix, `${machine} kept`)).toMatch(/kept\s+REG_SZ\s+k/);
  expect(await query(prefix, environment)).toMatch(/ORIEL_KEPT\s+REG_\w+\s+kept/);
  expect(await query(prefix, environment)).not.toMatch(/ORIEL_HOME|everything\\bin/);
  expect((await prefix.cmd(menu)).output).not.toMatch(/Oriel$|lnk/m);
  // The line goes, its file stays.
  expect(readFileSync(join(home(prefix), 'settings.ini'), 'latin1')).not.toContain('port');
  expect(readdirSync(home(prefix), { recursive: true }).sort()).toEqual([
    'etc',
    'etc/site.conf',
    'settings.ini',
  ]);
  expect([existsSync(join(data(prefix), 'log')), existsSync(join(data(prefix), 'cache'))]).toEqual([
    true,
    false,
  ]);
}
