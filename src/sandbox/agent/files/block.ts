import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeBase64 } from '../call/base64.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';
import { makeDirectory } from './make-directory.ts';

/** Files a block at a time, for sessions that have no other way for their bytes. */
export const blockFunctions = {
  'Add-FileContent': async ({ path, offset, content }, { node }) => {
    const bytes = decodeBase64('content', content);
    const target = node.backing.hostPath(path);
    const before = await stat(target).catch(() => undefined);
    if (before?.isDirectory())
      throw new AgentFailure('PathExists', `${path} is a directory`, 'ResourceExists');
    if (offset > (before?.size ?? 0))
      throw new AgentFailure('BadParameter', `offset is behind the end of ${path}`, 'InvalidArgument');
    await makeDirectory(dirname(target), path);
    const file = await open(target, before ? 'r+' : 'w');
    try {
      await file.truncate(offset);
      await file.write(bytes, 0, bytes.length, offset);
    } finally {
      await file.close();
    }
    return null;
  },

  'Get-FileBlock': async ({ path, offset, length }, { node }) => {
    const host = node.backing.hostPath(path);
    const found = await stat(host).catch(() => undefined);
    if (!found?.isFile())
      throw new AgentFailure('PathNotFound', `there is no file ${path}`, 'ObjectNotFound');
    const file = await open(host);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return { content: buffer.subarray(0, bytesRead).toString('base64') };
    } finally {
      await file.close();
    }
  },
} satisfies Partial<AgentFunctions>;
