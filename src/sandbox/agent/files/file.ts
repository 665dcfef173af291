import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeBase64 } from '../call/base64.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure, isAbsent } from '../failure/agent-failure.ts';
import { makeDirectory } from './make-directory.ts';
import { lastLines } from './tail.ts';

/** Bytes that one call may bring or take. */
const maxBytes = 1024 * 1024;

export const fileFunctions = {
  'Get-FileState': async ({ path, salt }, { node, signal }) => {
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
    const digest = salt === undefined ? { sha256: hex } : { digest: hex };
    return { kind: 'file', length: found.size, modified, ...digest };
  },

  'Set-File': async ({ path, content }, { node }) => {
    const bytes = decodeBase64('content', content);
    if (bytes.length > maxBytes)
      throw new AgentFailure('BadParameter', 'content: more than 1 MiB', 'InvalidArgument');
    const target = node.backing.hostPath(path);
    const before = await stat(target).catch(() => undefined);
    if (before?.isDirectory())
      throw new AgentFailure('PathExists', `${path} is a directory`, 'ResourceExists');
    await makeDirectory(dirname(target), path);
    const beside = `${target}.${randomUUID()}.oriel-new`;
    try {
      await writeFile(beside, bytes);
      if (before) await chmod(beside, before.mode);
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    return null;
  },

  'Get-FileContent': async ({ path }, { node }) => {
    const file = node.backing.hostPath(path);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return { exists: false };
    if (found.size > maxBytes)
      throw new AgentFailure('TooLarge', `${path} has more than 1 MiB`, 'LimitsExceeded');
    return { exists: true, content: (await readFile(file)).toString('base64') };
  },

  'Get-FileTail': async ({ path, lines }, { node }) => ({
    lines: await lastLines(node.backing.hostPath(path), path, lines),
  }),
} satisfies Partial<AgentFunctions>;
