import { SessionError } from '../../errors.ts';
import type { ByteChannel, OpenFile, RemoteFile } from '../byte-channel.ts';
import { type Sftp, type SftpRequests, sftpRequests } from './sftp-requests.ts';

/** A channel, and the way its requests go. */
interface Link extends Sftp {
  readonly requests: SftpRequests;
}

/** Flags of `open` as ssh2 names them. */
const flags = { read: 'r', write: 'w', continue: 'r+' } as const;

/**
 * The bytes of files over SFTP: a request fills one SSH packet, which OpenSSH bounds at 32 KiB with all that belongs to the request, and
 * 2 MiB are on their way at once, enough for 160 Mbit/s over 100 ms. A larger one would gain nothing, and the sshd of Server 2019 answers
 * more than 100 KiB with `Failure`; ssh2 cuts a request to what `limits@openssh.com` of a server allows, where that is less.
 */
export function sftpChannel(sftp: Sftp): ByteChannel {
  const requests = sftpRequests(sftp);
  return {
    block: 31 * 1024,
    requests: 66,
    get failure() {
      return requests.failure;
    },
    file: (path) => remoteFile({ ...sftp, requests }, sftpPath(sftp.node, path)),
  };
}

function remoteFile(link: Link, path: string): RemoteFile {
  const { sftp, requests } = link;
  return {
    async open(mode) {
      const handle = await requests.send<Buffer>(`open ${path}`, (done) =>
        sftp.open(path, flags[mode], done),
      );
      return openFile(link, path, handle);
    },
  };
}

function openFile({ sftp, requests }: Link, path: string, handle: Buffer): OpenFile {
  return {
    write: (offset, bytes) =>
      requests.send<void>(`write ${path} at byte ${offset}`, (done) =>
        sftp.write(handle, bytes, 0, bytes.length, offset, (error) => done(error, undefined)),
      ),
    async read(offset, length) {
      const bytes = Buffer.allocUnsafe(length);
      const count = await requests.send<number>(`read ${path} at byte ${offset}`, (done) =>
        sftp.read(handle, bytes, 0, length, offset, (error, got) => done(error, got)),
      );
      return bytes.subarray(0, count);
    },
    close: () =>
      requests.send<void>(`close ${path}`, (done) => sftp.close(handle, (error) => done(error, undefined))),
  };
}

/** `C:\dir\file` as SFTP on Windows names it: `/C:/dir/file`. UNC paths cannot be reached by SFTP. */
function sftpPath(node: string, path: string): string {
  if (/^[A-Za-z]:\\/.test(path)) return `/${path.replaceAll('\\', '/')}`;
  throw new SessionError(node, 'transfer', `${path} is not a path on a drive of the node (C:\\dir\\file)`);
}
