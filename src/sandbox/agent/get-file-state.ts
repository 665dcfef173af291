import { createHash, createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { isAbsent } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

const parameters = z.strictObject({
  path: windowsPath,
  salt: z
    .string()
    .regex(/^(?:[0-9A-Fa-f]{2})+$/, 'is not hexadecimal')
    .optional(),
});

export const getFileState = agentFunction(parameters, async ({ path, salt }, { node, signal }) => {
  const file = node.backing.hostPath(path);
  const found = await stat(file).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (!found) return { kind: 'absent' };
  const modified = found.mtime.toISOString();
  if (found.isDirectory()) return { kind: 'directory', modified };
  const hash = salt === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(salt, 'hex'));
  for await (const chunk of createReadStream(file, { signal })) hash.update(chunk);
  const hex = hash.digest('hex');
  return {
    kind: 'file',
    length: found.size,
    modified,
    ...(salt === undefined ? { sha256: hex } : { digest: hex }),
  };
});
