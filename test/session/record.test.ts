import { createHash } from 'node:crypto';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileError, InputError } from '../../src/errors.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { knownSecret } from '../../src/secret.ts';
import { openSession } from '../../src/session/open/open.ts';
import { openRecord } from '../../src/session/record/open-record.ts';
import { readRecord } from '../../src/session/record/read-record.ts';
import type { Recorder } from '../../src/session/recorder.ts';
import type { Session } from '../../src/session/session.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import type { Served } from './contract.ts';
import { recordedNode } from './kinds/recorded.ts';
import { overSsh } from './kinds/ssh.ts';
import { hello, onRequest } from './scripted.ts';

let folder: string;
let path: string;
let node: StandIn;
let served: Served;
let record: Recorder;
let ends: (() => Promise<unknown>)[];

beforeEach(async () => {
  const place = await temporaryFolder();
  folder = place.folder;
  path = join(folder, 'run.jsonl');
  node = await aSimulatedNode(folder);
  served = await overSsh.serve(node, folder);
  record = openRecord(path, { oriel: '1.2.3', verb: 'plan' });
  ends = [() => served.close(), () => node.backing.close(), place.remove];
});
afterEach(async () => {
  for (const end of ends) await end();
});

const state = (path: string) => ({ call: 'Get-FileState', path });
const set = (path: string, text: string) => ({
  ...{ call: 'Set-File', path, content: Buffer.from(text).toString('base64') },
});

async function recordedWhile(body: (session: Session) => Promise<unknown>): Promise<void> {
  const session = await served.open({ record });
  await body(session);
  await session.close();
}

describe('a replay', () => {
  it('answers in any order what differs, and in its own order what is asked again', async () => {
    await recordedWhile(async (session) => {
      await session.call(state('C:\\x'));
      await session.call(set('C:\\x', 'one'));
      await session.call(state('C:\\x'));
      await session.call(state('C:\\y'));
    });
    const session = await openSession(recordedNode(path));
    expect(await session.call(state('C:\\y'))).toEqual({ kind: 'absent' });
    expect(await session.call(state('C:\\x'))).toEqual({ kind: 'absent' });
    expect(await session.call({ path: 'C:\\x', call: 'Get-FileState' })).toMatchObject({ length: 3 });
  });

  it('that leaves the record says where, and goes no further', async () => {
    await recordedWhile(async (session) => {
      await session.call(state('C:\\x'));
      await session.call(state('C:\\y'));
    });
    const session = await openSession(recordedNode(path));
    await session.call(state('C:\\x'));
    const left = session.call(state('C:\\z'));
    await expect(left).rejects.toThrow(FileError);
    await expect(left).rejects.toMatchObject({
      path,
      message: `question 3 to glance-1 leaves the record: it was not asked: {"call":"Get-FileState","path":"C:\\\\z"}; next in the record is line 6, {"call":"Get-FileState","path":"C:\\\\y"}`,
      remedy: expect.stringContaining('`oriel plan` of oriel 1.2.3'),
    });
    await expect(session.call(state('C:\\y'))).rejects.toThrow('question 3 to glance-1');
  });

  it('says what was asked too often, and which node is not in the record', async () => {
    await recordedWhile((session) => session.call(state('C:\\x')));
    const session = await openSession(recordedNode(path));
    await session.call(state('C:\\x'));
    await expect(session.call(state('C:\\x'))).rejects.toThrow(
      'it was not asked so often: {"call":"Get-FileState","path":"C:\\\\x"}; next in the record is nothing more',
    );
    await expect(openSession(recordedNode(path, 'other'))).rejects.toThrow('question 1 to other leaves');
  });

  it('opens a session again as it was opened again', async () => {
    await recordedWhile((session) => session.call(state('C:\\x')));
    await recordedWhile((session) => session.call(set('C:\\x', 'one')));
    const settings = recordedNode(path);
    for (const _ of [1, 2]) await (await openSession(settings)).close();
    await expect(openSession(settings)).rejects.toThrow('it was not asked so often: {"open":"session"}');
  });

  it('brings a file by its size and hash, and no other', async () => {
    const source = join(folder, 'source');
    const bytes = Buffer.alloc(300_000, 'oriel');
    await writeFile(source, bytes);
    let transfer: unknown;
    await recordedWhile(async (session) => {
      transfer = await session.put(source, 'C:\\a.msi');
      await session.get('C:\\a.msi', join(folder, 'copy'));
    });
    expect((await stat(path)).size).toBeLessThan(10_000);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const text = await readFile(path, 'utf8');
    expect(text).toContain(`"answer":{"bytes":300000,"sha256":"${sha256}"}`);
    const session = await openSession(recordedNode(path));
    expect(await session.put(source, 'C:\\a.msi')).toEqual(transfer);
    await expect(session.get('C:\\a.msi', join(folder, 'again'))).rejects.toThrow('not their bytes');
    await writeFile(source, Buffer.alloc(300_000, 'other'));
    const other = await openSession(recordedNode(path));
    await expect(other.put(source, 'C:\\a.msi')).rejects.toThrow(
      /what is sent has the SHA-256 .*, then it was/,
    );
  });
});

describe('a record', () => {
  it('is for its owner alone, and is no file that exists', async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(() => openRecord(path, { oriel: '1', verb: 'plan' })).toThrow(InputError);
    expect(() => openRecord(join(folder, 'no', 'x'), { oriel: '1', verb: 'plan' })).toThrow('cannot be made');
  });

  it('has a question before there is an answer, and loses at most a line', async () => {
    const scripted = await overSsh.script((streams) => {
      streams.write(hello);
      onRequest(streams, () => {});
    }, folder);
    ends.unshift(() => scripted.close());
    const session = await scripted.open({ record });
    const asked = session.call(state('C:\\x'));
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/\{"node":"glance-1","n":2,"ask":\{"call":"Get-FileState","path":"C:\\\\x"\}\}\n$/);
    await session.close();
    await expect(asked).rejects.toThrow();
    await writeFile(path, `${text}{"node":"glance-1","n":2,"ans`);
    const replay = await openSession(recordedNode(path));
    await expect(replay.call(state('C:\\x'))).rejects.toThrow('the record ends before its answer');
  });

  it('is refused with the line that is none', async () => {
    await recordedWhile((session) => session.call(state('C:\\x')));
    await appendFile(path, '{"node":"glance-1","n":9,"answer":1}\n');
    expect(() => readRecord(path)).toThrow('line 6 answers what glance-1 was not asked');
    await writeFile(path, '{"record":2}\n');
    expect(() => readRecord(path)).toThrow('line 1 is none of version 1');
    await writeFile(path, 'PK\u0003\u0004');
    expect(() => readRecord(path)).toThrow(InputError);
    expect(() => readRecord(join(folder, 'none'))).toThrow('cannot be read');
  });

  it('holds no secret, in whatever form a node was asked or answered', async () => {
    const canary = 'canary/P\u00e4ss "w0rd"$+&\\x';
    const pin = 'k7q';
    const before = 'old-canary-of-the-last-year';
    knownSecret('db', canary);
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const conf = `[database]\nconnection = mysql://glance:${before}@db/glance\npassword = ${before}\n`;
    const texts = [
      canary,
      encodeURIComponent(canary),
      JSON.stringify({ password: canary }),
      `x${base64(canary)}`,
      ...[1, 2, 3].map((more) => base64('a'.repeat(more) + canary)),
      base64(JSON.stringify({ files: [{ name: 'a.conf', content: base64(conf) }] })),
      Buffer.from(`p = ${canary}`, 'utf16le').toString('base64'),
    ];
    const scripted = await overSsh.script((streams) => {
      streams.write(hello);
      onRequest(streams, ({ id }) => {
        streams.write(`it says ${canary}\n`);
        const error = { kind: 'X', message: texts.join(' '), at: canary };
        streams.write(`${JSON.stringify(id % 2 === 0 ? { id, error } : { id, result: { lines: texts } })}\n`);
      });
    }, folder);
    ends.unshift(() => scripted.close());
    const session = await scripted.open({ record });
    for (const text of texts)
      for (const _ of [1, 2]) {
        const call = {
          call: 'Get-FileTail',
          path: text,
          arguments: [text],
          password: pin,
          salt: 'salt-canary',
        };
        await session.call({ ...call, content: base64(conf) }).catch(() => {});
      }
    await session.close();
    const text = await readFile(path, 'utf8');
    const spellings = [canary, before].flatMap((value) => [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      ...[0, 1, 2].map((at) => base64('a'.repeat(at) + value).slice(4, -4)),
      Buffer.from(value, 'utf16le').toString('base64').slice(0, -4),
    ]);
    for (const spelling of [...spellings, pin, 'salt-canary']) expect(text).not.toContain(spelling);
    for (const [word = ''] of text.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g))
      for (const value of [canary, before])
        expect(Buffer.from(word, 'base64').toString()).not.toContain(value);
    expect(text).toContain('[secret:db]');
    expect(readRecord(path).nodes.get('glance-1')).toHaveLength(1 + 2 * texts.length);
  });
});
