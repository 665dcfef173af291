import type { KnownError } from '../model/known-error.ts';

/** Errors of files, folders and space. Windows: MS-ERREF; what Python makes of them: CPython PC/errmap.h. */
export const fileErrors: readonly KnownError[] = [
  {
    id: 'disk-full',
    title: 'There is not enough space on the disk',
    codes: {
      win32: [112, 39],
      ntstatus: { STATUS_DISK_FULL: 0xc000007f },
      http: [413],
      errno: { ENOSPC: 28 },
    },
    phrases: [
      'not enough space on the disk',
      'no space left on device',
      'not enough disk space on the image storage media',
      'storagefull',
    ],
    causes: [
      {
        cause: 'the volume of the share is full, or a thin pool has nothing left to give',
        remedy: 'remove images or extend the volume; a thin pool needs another disk before the volume does',
        checks: ['STO-20'],
      },
      {
        when: 'the volume has space left and the client gets 413',
        cause: 'the image is larger than image_size_cap, or a quota of the project is used up',
        remedy: 'see the options image_size_cap and user_storage_quota (oriel options)',
        checks: ['STO-20'],
      },
    ],
  },
  {
    id: 'quota',
    title: 'The quota is used up',
    codes: { win32: [1295, 1816], ntstatus: { STATUS_QUOTA_EXCEEDED: 0xc0000044 }, errno: { EDQUOT: 122 } },
    phrases: ['quota exceeded', 'disk quota limit', 'not enough quota'],
    causes: [
      {
        cause: 'a quota of the folder or of the user is reached',
        remedy:
          'raise or remove the quota of the folder; quotas of File Server Resource Manager are not supported on a Scale-Out File Server, use the option user_storage_quota',
        checks: ['STO-20'],
      },
    ],
  },
  {
    id: 'write-protected',
    title: 'The media is write protected',
    codes: {
      win32: [19],
      ntstatus: { STATUS_MEDIA_WRITE_PROTECTED: 0xc00000a2 },
      errno: { EROFS: 30 },
    },
    phrases: ['media is write protected', 'read-only file system'],
    causes: [
      {
        cause: 'the share, its volume or its pool is read-only',
        remedy:
          'Get-StoragePool and Get-ClusterSharedVolume on a storage node; Set-StoragePool -IsReadOnly $false when all its disks are back',
        checks: ['STO-14', 'STO-16', 'STO-27'],
      },
    ],
  },
  {
    id: 'file-in-use',
    title: 'The file is used by another process',
    codes: {
      win32: [32, 33],
      ntstatus: { STATUS_SHARING_VIOLATION: 0xc0000043, STATUS_FILE_LOCK_CONFLICT: 0xc0000054 },
    },
    phrases: ['being used by another process', 'another process has locked a portion'],
    causes: [
      {
        cause: 'an antivirus or backup program, or another client, has the file open a moment longer',
        remedy:
          'Get-SmbOpenFile on the storage node names the holder; exclude the folder from the antivirus program (Add-MpPreference -ExclusionPath FOLDER)',
        checks: ['STO-34'],
      },
      {
        when: 'it follows an error of writing, while the partial file is removed',
        cause: 'it hides the first error: that is the cause',
        remedy: 'look for the error before it in the log of the service',
        checks: ['STO-20', 'STO-37'],
      },
    ],
  },
  {
    id: 'delete-pending',
    title: 'A file or folder is about to be deleted',
    codes: { win32: [303], ntstatus: { STATUS_DELETE_PENDING: 0xc0000056 } },
    phrases: [
      'delete pending',
      'non close operation has been requested of a file object with a delete pending',
    ],
    causes: [
      {
        cause: 'a client still has the file or its folder open, and the name is taken until it lets go',
        remedy: 'wait some seconds; Get-SmbOpenFile on the storage node names who has it open',
        checks: ['STO-34'],
      },
    ],
  },
  {
    id: 'not-found',
    title: 'The system cannot find the file or path specified',
    codes: {
      win32: [2, 3],
      ntstatus: { STATUS_OBJECT_NAME_NOT_FOUND: 0xc0000034, STATUS_OBJECT_PATH_NOT_FOUND: 0xc000003a },
      errno: { ENOENT: 2 },
    },
    phrases: [
      'cannot find the file specified',
      'cannot find the path specified',
      'could not find a part of the path',
      'no such file or directory',
    ],
    causes: [
      {
        cause: 'the folder of the store is not there, or the image was written by a node with another path',
        remedy: 'all nodes need the same storage.shares.NAME.path; compare with oriel drift SITE',
        checks: ['STO-02', 'STO-03', 'STO-36'],
      },
      {
        when: 'the path begins with a drive letter that is there for a person',
        cause: 'a mapped drive belongs to one logon session, and the service has another',
        remedy: 'set storage.shares.NAME.path to the UNC path',
        checks: ['STO-02'],
      },
      {
        when: 'the file can be seen in Explorer',
        cause: 'the path is longer than 260 characters, or has a # or forward slashes',
        remedy: 'shorten the path of the store, and set LongPathsEnabled',
        checks: ['STO-02', 'STO-35'],
      },
      {
        when: 'the share was reachable before',
        cause: 'the server is not reached: Python tells errors 53 and 67 as this one',
        remedy: 'Test-NetConnection NAME -Port 445 from the node',
        checks: ['STO-05', 'STO-06', 'STO-21'],
      },
    ],
  },
  {
    id: 'invalid-parameter',
    title: 'The parameter is incorrect',
    codes: { win32: [87], ntstatus: { STATUS_INVALID_PARAMETER: 0xc000000d } },
    phrases: ['the parameter is incorrect'],
    causes: [
      {
        when: 'it came after a quarter of an hour without any access, and a second try succeeds',
        cause: 'the session was lost, and the credentials that opened it are not kept',
        remedy: 'run the service as the computer account or a gMSA in place of a mapping with a password',
        checks: ['STO-27', 'STO-28'],
      },
    ],
  },
  {
    id: 'io-error',
    title: 'A general I/O error',
    codes: {
      win32: [1117, 1359],
      ntstatus: { STATUS_IO_DEVICE_ERROR: 0xc0000185 },
      errno: { EIO: 5, EBUSY: 16 },
    },
    phrases: ['i/o device error', 'input/output error', 'an internal error occurred'],
    causes: [
      {
        when: 'the volume or its quota is full now',
        cause: 'some servers tell a full disk as a general error',
        remedy: 'remove images or extend the volume',
        checks: ['STO-20'],
      },
      {
        cause: 'a disk fails, or the volume was paused',
        remedy: 'Get-PhysicalDisk, Get-VirtualDisk and event 5120 on the storage nodes',
        checks: ['STO-14', 'STO-16', 'STO-17'],
      },
    ],
  },
];
