import type { Resource } from './resource.ts';

export interface Directory {
  readonly ensure: 'present' | 'absent';
  /** Path on the node. */
  readonly path: string;
}

/** A directory; `absent` takes it away with all that is in it. */
export const directory: Resource<Directory> = {
  kind: 'directory',
  desired: ({ ensure }) => ({ exists: ensure === 'present' }),
  observe: ({ path }) => [{ call: 'Get-FileState', path }],
  read(_, [result]) {
    const { kind } = result as { kind: 'absent' | 'file' | 'directory' };
    if (kind === 'file') return { unreadable: 'a file stands where the directory belongs' };
    return { exists: kind === 'directory' };
  },
  change({ ensure, path }) {
    if (ensure === 'present')
      return [{ do: 'call', says: `makes ${path}`, call: { call: 'Set-Directory', path } }];
    const call = { call: 'Remove-Item', path, recurse: true };
    return [{ do: 'call', says: `removes ${path} and what is in it`, call }];
  },
};
