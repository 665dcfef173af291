import { expect, test } from 'vitest';
import { judgeLog } from '../../../../src/components/glance/checks/log.ts';

const line = (time: string, level: string, text: string): string =>
  `2026-12-01 ${time}.123 4711 ${level} glance.api.v2.image_data [None req-1 - - - - - -] ${text}`;

test('a log without known errors passes, whatever else it tells', () => {
  const lines = [line('10:00:00', 'INFO', 'Access is denied'), line('10:00:01', 'ERROR', 'something new')];
  expect(judgeLog(lines)).toMatchObject({ verdict: 'pass', evidence: { lines: 2, errors: 1 } });
  expect(judgeLog([])).toMatchObject({ verdict: 'pass' });
});

test('a known error of the last hour is a warning that names the first one, its cause and what to do', () => {
  const lines = [
    line('10:00:00', 'ERROR', 'OSError: [Errno 28] No space left on device'),
    line('10:00:01', 'ERROR', '[WinError 32] being used by another process'),
    line('10:00:02', 'ERROR', 'OSError: [Errno 28] No space left on device'),
    line('10:59:00', 'INFO', 'GET /healthcheck'),
  ];
  expect(judgeLog(lines)).toMatchObject({
    verdict: 'warn',
    message: expect.stringContaining('2026-12-01 10:00:00 (time of the node): There is not enough space'),
    cause: expect.stringContaining('the volume of the share is full'),
    remedy: 'oriel explain disk-full tells 2 causes apart',
    evidence: { lines: 4, errors: 3, known: { 'disk-full': 2, 'file-in-use': 1 } },
  });
});

test('an error that is older than an hour by the time of the log itself is over', () => {
  const lines = [line('09:00:00', 'ERROR', '[Errno 22] Invalid argument'), line('10:00:01', 'INFO', 'GET /')];
  expect(judgeLog(lines)).toMatchObject({ verdict: 'pass' });
});
