import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lineCutter } from '../../src/session/agent-link/lines.ts';
import { AgentLink } from '../../src/session/agent-link/link.ts';
import { hello } from './scripted.ts';

const megabytes = 2 ** 20;

/** A link to an agent that prints whatever a test writes to its streams, and what of it was told. */
function printing() {
  const told: string[] = [];
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const link = new AgentLink('glance-1', { input, output, errors }, { onNoise: (line) => told.push(line) });
  return { link, told, output, errors };
}

async function print(stream: PassThrough, text: string): Promise<void> {
  stream.write(text);
  if (stream.writableLength + stream.readableLength > 0) await once(stream, 'drain');
}

describe('what a node prints', () => {
  it('is told in short: 12 lines of 15 MB are some kilobytes, in errors too', async () => {
    const { link, told, output, errors } = printing();
    const line = `${'A'.repeat(15 * megabytes)}\n`;
    for (let at = 0; at < 6; at += 1) {
      await print(output, line);
      await print(errors, line);
    }
    expect(told).toHaveLength(12);
    expect(told.join('').length).toBeLessThan(megabytes / 32);
    // Of standard error the rest of a line is not even read.
    expect(told[0]).toBe(`${'A'.repeat(1_000)} ... (15,727,640 more characters left out)`);
    link.fail('lost', 'gone');
    expect(link.failure?.message.length).toBeLessThan(megabytes / 32);
    expect(link.failure?.message).toMatch(/^gone\nIt printed:\n {2}AAAA/);
  });

  it('is told 200 lines of, and how many more there were, once', async () => {
    const { link, told, output, errors } = printing();
    await print(errors, 'a\n\n'.repeat(1_204));
    output.write(hello);
    await link.hello(60_000);
    await print(output, 'b\n'.repeat(200));
    expect(told).toEqual(Array(200).fill('a'));
    link.fail('lost', 'gone');
    await print(errors, 'too late\n');
    link.fail('lost', 'gone again');
    expect(told.slice(200)).toEqual(['1,204 more lines left out']);
    expect(link.failure?.message).toContain(`${'\n  b'.repeat(10)}`);
  });

  it('of a request that it could not read is quoted in short', async () => {
    const { link, output } = printing();
    await print(output, `${JSON.stringify({ id: null, error: { message: 'x'.repeat(megabytes) } })}\n`);
    expect(link.failure).toMatchObject({ kind: 'protocol' });
    expect(link.failure?.message.length).toBeLessThan(2_000);
  });
});

describe('lines', () => {
  const text = 'one\r\n\ntwo is longer\nthree';
  const cutWith = (size: number, limit: number, tooLong: (() => void) | 'shorten'): readonly string[] => {
    const lines: string[] = [];
    const feed = lineCutter((line) => lines.push(line), tooLong, limit);
    for (let at = 0; at < text.length; at += size) feed(Buffer.from(text.slice(at, at + size)));
    feed(Buffer.from('\n'));
    return lines;
  };

  it.each([1, 2, 3, 5, 100])('are the same in pieces of %i', (size) => {
    expect(cutWith(size, 100, 'shorten')).toEqual(['one', '', 'two is longer', 'three']);
    expect(cutWith(size, 5, 'shorten')).toEqual(['one', '', 'two i', 'three']);
    let times = 0;
    const tooLong = (): void => {
      times += 1;
    };
    expect(cutWith(size, 5, tooLong)).toEqual(['one', '']);
    expect(times).toBe(1);
  });
});
