import { expect, it } from 'vitest';
import { CallError } from '../../../src/errors.ts';
import type { AgentCall, Session } from '../../../src/session/session.ts';
import type { ProbeProgram, Subject } from '../../../src/verify/checks/storage/model/check.ts';
import { removeProbe, waitFor } from '../../../src/verify/checks/storage/probe/task.ts';

const report = { state: 'done', steps: [], bytes: 1, leftovers: [] };
const content = Buffer.from(JSON.stringify(report)).toString('base64');

/** A node whose file cannot be opened for the first look, for this reason. */
function busyFirst(kind: string, asked: string[] = []): Session {
  const call = async ({ call: name }: AgentCall) => {
    asked.push(name);
    if (asked.length === 1)
      throw new CallError('glance-1', 'Get-FileContent', kind, 'used by another process');
    return { exists: true, content };
  };
  return { node: 'glance-1', call } as unknown as Session;
}

it('a result that is just being replaced is read again', async () => {
  expect(await waitFor(busyFirst('IOException'), 'C:\\a.json', ['done'])).toEqual(report);
});

it('a result that may not be read is an error at once', async () => {
  const waiting = waitFor(busyFirst('UnauthorizedAccessException'), 'C:\\a.json', ['done']);
  await expect(waiting).rejects.toThrow('used by another process');
});

it('a file that is in use for a moment is removed after it', async () => {
  const asked: string[] = [];
  const session = busyFirst('IOException', asked);
  const subject = { share: { name: 'images' } } as Subject;
  const removing = { folder: 'C:\\log' } as ProbeProgram;
  const call: Session['call'] = (request, options) =>
    request.call === 'Remove-ScheduledTask'
      ? (Promise.resolve(null) as never)
      : session.call(request, options);
  await removeProbe({ ...session, call }, subject, removing);
  expect(asked).toEqual(['Remove-Path', 'Remove-Path', 'Remove-Path', 'Remove-Path']);
});
