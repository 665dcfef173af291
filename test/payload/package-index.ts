import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../src/payload/cache/files.ts';

export interface IndexedFile {
  /** `one-1.0-py3-none-any.whl`, `two-2.0.tar.gz`. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** What the index says of it, where that is not true. */
  readonly sha256?: string;
}

/** A package index on the loopback that serves `files`, by the simple repository API (PEP 503); gives its address. */
export async function withIndex<T>(
  files: readonly IndexedFile[],
  work: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer(({ url = '' }, answer) => {
    const wanted = files.find(({ file }) => url.endsWith(file));
    const links = files
      .filter(({ file }) => url === `/simple/${file.split('-')[0]}/`)
      .map((each) => {
        const hash = each.sha256 ?? sha256(Buffer.from(each.bytes));
        return `<a href="/${each.file}#sha256=${hash}">${each.file}</a>`;
      });
    if (wanted) answer.end(wanted.bytes);
    else if (links.length > 0)
      answer.setHeader('Content-Type', 'text/html').end(`<html><body>${links.join('')}</body></html>`);
    else answer.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
