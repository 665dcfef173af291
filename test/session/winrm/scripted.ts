import { Duplex } from 'node:stream';
import { numberedLines } from '../../../src/sandbox/agent/numbered.ts';
import type { CommandStreams } from '../../../src/sandbox/node/command.ts';
import type { runCommand } from '../../../src/sandbox/server/run-command.ts';
import { lineCutter } from '../../../src/session/agent-link/lines.ts';

/** Runs every command as an agent that a test plays; its lines come and go without numbers. */
export function played(agent: (streams: Duplex) => void): typeof runCommand {
  return async (_node, _command, streams) => {
    agent(unnumbered(streams));
    await streams.closed;
    return 0;
  };
}

function unnumbered({ input, output, closed }: CommandStreams): Duplex {
  const lines = numberedLines((message) => output.write(lines.written(JSON.stringify(message))));
  const fromAgent = lineCutter((line) => output.write(lines.written(line)), 'shorten');
  const streams = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      fromAgent(chunk);
      done();
    },
  });
  const toAgent = lineCutter((line) => {
    const request = lines.select(line);
    if (request !== undefined) streams.push(`${request}\n`);
  }, 'shorten');
  input.on('data', toAgent);
  void closed.then(() => streams.destroy());
  streams.on('error', () => {});
  return streams;
}
