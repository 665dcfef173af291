import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { examineNode } from '../../src/doctor/examine-node.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { winrmSettings } from '../session/winrm/served.ts';

/** Listens, and takes no connection: the system drops what comes once its queue is full, as a firewall does. */
const deaf = `
import socket, sys
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(0)
print(s.getsockname()[1], flush=True); sys.stdin.read()`;

it('the doctor tells a port that a firewall drops from one that is closed', async () => {
  const { folder, remove } = await temporaryFolder();
  const listener = spawn('python3', ['-c', deaf], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: Socket[] = [];
  try {
    const [port] = await once(createInterface(listener.stdout), 'line');
    for (let count = 0; count < 4; count += 1) waiting.push(connect(Number(port), '127.0.0.1'));
    for (const socket of waiting) socket.on('error', () => {});
    const [first] = waiting;
    if (first) await once(first, 'connect');
    const { findings } = await examineNode(await winrmSettings(folder, Number(port)), {
      limits: { port: 1_000 },
    });
    expect(findings.find(({ verdict }) => verdict === 'fail')).toMatchObject({
      layer: 'port',
      message: expect.stringContaining('127.0.0.1 does not answer'),
      cause: expect.stringContaining('A firewall drops what goes there'),
      command: expect.stringContaining(`-LocalPort ${port}`),
    });
  } finally {
    for (const socket of waiting) socket.destroy();
    listener.stdin.end();
    await once(listener, 'exit');
    await remove();
  }
});
