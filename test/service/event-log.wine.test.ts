import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { runInWine, serviceState, startService } from '../../src/sandbox/wine/prefix.ts';
import { bootedPrefix, hasWine } from '../sandbox/wine/wine.ts';

// Wine keeps no event log. Its debug channel shows what a program asks it to write: 0x0001 is EVENTLOG_ERROR_TYPE.
describe.skipIf(!hasWine)('what oriel-service.exe tells the Windows event log', () => {
  it('is why a start failed, with the last lines of the program', async () => {
    const node = await bootedPrefix();
    try {
      mkdirSync(join(node.drive, 'oriel'));
      copyFileSync(dataFile('msi', 'service', 'oriel-service.exe'), join(node.drive, 'oriel', 'service.exe'));
      writeFileSync(join(node.drive, 'oriel', 'fails.cmd'), '@echo no database\r\n@exit 99\r\n');
      const wrapper = 'C:\\oriel\\service.exe told --log C:\\oriel\\told.log --ready 20 --';
      const line = `cmd.exe /c "set WINEDEBUG=err+eventlog&& ${wrapper} cmd.exe /c C:\\oriel\\fails.cmd"`;
      await runInWine(node.prefix, 'sc.exe', ['create', 'told', 'binPath=', line, 'start=', 'demand']);
      // Wine says 1053 also of a service that ended before it looked.
      await startService(node.prefix, 'told', 20).catch(() => {});
      expect(await serviceState(node.prefix, 'told')).toMatchObject({ status: 'Stopped', exitCode: 99 });
      const written = readFileSync(join(node.prefix, 'boot.log'), 'utf8');
      expect(written).toContain('RegisterEventSourceW ((null),L"told")');
      expect(written).toMatch(/ReportEventW \(\w+,0x0001,/);
      const event = /err:eventlog:ReportEventW L"(.*)"/.exec(written)?.[1] ?? '';
      expect(event).toMatch(
        /^the program ended by itself with code 99\\n\\n.*starting told\\nno database\\r\\n/,
      );
    } finally {
      await node.end();
    }
  });
});
