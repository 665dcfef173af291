import type { ByteChannel, OpenFile } from '../byte-channel.ts';
import type { Session } from '../session.ts';

/**
 * The bytes of files through calls of the agent, for ways to a node that have nothing else for them: a third more on the wire than
 * their number, as base64. An agent works on one call at a time, so what was sent first is written first. A block costs the agent more
 * than its bytes do (benchmarks/remoting), so blocks are large; a fourth on its way would gain nothing, and wait longest on a slow link.
 */
export function agentChannel(call: Session['call']): ByteChannel {
  return {
    block: 1024 * 1024,
    requests: 3,
    file: (path) => ({
      async open(mode) {
        // What is behind the offset goes with it, so this makes or empties the file.
        if (mode === 'write') await call({ call: 'Add-FileContent', path, offset: 0, content: '' });
        return openFile(call, path);
      },
    }),
  };
}

function openFile(call: Session['call'], path: string): OpenFile {
  return {
    async write(offset, bytes) {
      await call({ call: 'Add-FileContent', path, offset, content: bytes.toString('base64') });
    },
    async read(offset, length) {
      const { content } = await call<{ content: string }>({ call: 'Get-FileBlock', path, offset, length });
      return Buffer.from(content, 'base64');
    },
    close: async () => {},
  };
}
