import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AgentLink } from '../../src/session/agent-link/link.ts';
import { openSession } from '../../src/session/open/open.ts';
import { plainText } from '../../src/session/plain-text.ts';
import { pathIn } from '../../src/session/ssh/shell-path.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { hello, scriptedServer } from './scripted.ts';
import { settingsFor } from './servers.ts';

const started = '{"event":"started"}\n';

/** A link to a program that has printed this, and what of it was told. */
function printed(...chunks: readonly (string | Buffer)[]) {
  const told: string[] = [];
  const output = new PassThrough();
  const link = new AgentLink(
    'glance-1',
    { input: new PassThrough(), output },
    { onNoise: (line) => told.push(line) },
  );
  for (const chunk of chunks) output.write(chunk);
  return { link, told };
}

describe('the start of an agent', () => {
  it.each([
    ['a byte order mark', '\ufeff', []],
    ['a prompt without a line end', 'PS C:\\> ', ['PS C:\\> ']],
    ['UTF-16 with its mark', Buffer.from('\ufeffGood morning\r\n', 'utf16le'), ['Good morning']],
    ['UTF-16 without a line end', Buffer.from('Good morning', 'utf16le'), ['Good morning']],
    ['a line in colour', '\u001b[31;1mWelcome\u001b[0m\r\n', ['Welcome']],
  ])('is understood behind %s', async (_, before, words) => {
    for (const first of [started + hello, hello]) {
      const { link, told } = printed(before, first);
      expect(await link.hello(60_000)).toMatchObject({ hello: 1 });
      expect(told).toEqual(words);
    }
  });

  it('is not looked for in what is printed later', async () => {
    const { link, told } = printed(hello, 'x{"hello":2}\n');
    expect(await link.hello(60_000)).toMatchObject({ hello: 1 });
    expect(told).toEqual(['x{"hello":2}']);
  });

  it('that PowerShell may not have says why, and what an administrator can allow', async () => {
    const { link } = printed('{"event":"refused","languageMode":"ConstrainedLanguage"}\r\n');
    await expect(link.hello(60_000)).rejects.toMatchObject({
      kind: 'protocol',
      message: expect.stringMatching(/^PowerShell runs in ConstrainedLanguage there .* needs FullLanguage$/),
      remedy: expect.stringContaining('AppLocker'),
    });
  });

  it('that takes too long is told apart from a program that gives no sign of life', async () => {
    await expect(printed(started).link.hello(20)).rejects.toMatchObject({
      message: 'PowerShell runs there, but the agent did not say hello within 0.02 s',
      remedy: expect.stringContaining('start_timeout'),
    });
    await expect(printed('Welcome\n').link.hello(20)).rejects.toMatchObject({
      message: expect.stringMatching(
        /PowerShell gave no sign of life within 0.02 s\nIt printed:\n {2}Welcome$/,
      ),
      remedy: expect.stringContaining('start_timeout'),
    });
  });

  it('takes as long as the settings of the node say', async () => {
    const { folder, remove } = await temporaryFolder();
    const server = await scriptedServer((channel) => channel.write(started));
    try {
      const settings = { ...(await settingsFor(folder, server.port)), startTimeout: 0.05 };
      await expect(openSession(settings)).rejects.toThrow('did not say hello within 0.05 s');
    } finally {
      await server.close();
      await remove();
    }
  });

  it('has as long again once PowerShell has started', async () => {
    const output = new PassThrough();
    const link = new AgentLink('glance-1', { input: new PassThrough(), output });
    const greeting = link.hello(60_000);
    output.write(started);
    await new Promise(setImmediate);
    output.write(hello);
    expect(await greeting).toMatchObject({ hello: 1 });
  });
});

describe('a shell that finds no PowerShell', () => {
  const cases = [
    [
      'cmd.exe',
      "'powershell' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
      1,
    ],
    [
      'cmd.exe in German',
      'Der Befehl "powershell" ist entweder falsch geschrieben oder konnte nicht gefunden werden.\r\n',
      1,
    ],
    ['sh', 'sh: 1: powershell: not found\n', 127],
    ['bash', 'bash: line 1: powershell: command not found\n', 127],
    ['PowerShell', "powershell: The term 'powershell' is not recognized as a name of a cmdlet\n", 1],
  ] as const;

  it.each(cases)('%s says so, and which PATH it has', async (_, words, code) => {
    const { folder, remove } = await temporaryFolder();
    const server = await scriptedServer((channel, command) => {
      const isQuestion = command.startsWith('echo ');
      if (isQuestion) channel.write('C:\\Windows\\system32;C:\\Windows $PATH $env:PATH\r\n');
      else channel.stderr.write(words);
      channel.exit(isQuestion ? 0 : code);
      channel.end();
    });
    try {
      await expect(openSession(await settingsFor(folder, server.port))).rejects.toMatchObject({
        kind: 'protocol',
        message: expect.stringContaining(
          'the shell of this account finds no powershell; its PATH is C:\\Windows\\system32;C:\\Windows\n',
        ),
        remedy: expect.stringContaining('PATH of the machine'),
      });
    } finally {
      await server.close();
      await remove();
    }
  });

  it('is not blamed for an agent that ended otherwise', async () => {
    const { folder, remove } = await temporaryFolder();
    const server = await scriptedServer((channel) => {
      channel.stderr.write('out of memory\n');
      channel.exit(1);
      channel.end();
    });
    try {
      await expect(openSession(await settingsFor(folder, server.port))).rejects.toMatchObject({
        kind: 'lost',
        message: expect.stringMatching(/^the agent ended with exit code 1\n/),
      });
    } finally {
      await server.close();
      await remove();
    }
  });

  it.each([
    ['cmd.exe', 'C:\\Windows;C:\\Tools and more $PATH $env:PATH\r\n', 'C:\\Windows;C:\\Tools and more'],
    ['sh', '%PATH% /usr/bin:/bin :PATH\n', '/usr/bin:/bin'],
    ['PowerShell', '%PATH%\r\n\r\nC:\\Windows;C:\\Tools\r\n', 'C:\\Windows;C:\\Tools'],
    ['nothing', '\r\n', undefined],
  ])('its PATH is read from what %s prints', (_, text, path) => {
    expect(pathIn(text)).toBe(path);
  });
});

describe('what a program prints for a terminal', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u009b1mbold', 'bold'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['a\u001b(Bb\u001b=c', 'abc'],
    ['open \u001b[31', 'open '],
    ['\u001b]0;never closed', ''],
    ['no escape [31m', 'no escape [31m'],
  ])('%j is %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});
