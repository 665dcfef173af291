import type { KnownError } from '../../../diagnosis/model/known-error.ts';

/** What Glance itself says: glance/api/v2/image_data.py and glance_store/_drivers/filesystem.py of the releases with Windows code. */
export const glanceErrors: readonly KnownError[] = [
  {
    id: 'storage-write-denied',
    title: 'Insufficient permissions on image storage media',
    codes: { http: [503] },
    phrases: [
      'insufficient permissions on image storage media',
      'storagewritedenied',
      'permission to write in the image storage',
    ],
    causes: [
      {
        cause: "the service's account may not write to the share or the folder of the store",
        remedy:
          'grant Change on the share and Modify on the folder to the account that the service is on the network: oriel explain access-denied',
        checks: ['STO-25', 'STO-26', 'STO-27'],
      },
      {
        when: 'the message says that the storage cannot be reached',
        cause: 'the share is away: its file server, its name or the way to it',
        remedy: 'make the share reachable; the service goes on by itself: oriel explain network-path',
        checks: ['STO-05', 'STO-06', 'STO-21'],
      },
      {
        when: 'requests without an upload get 503 too',
        cause: 'the identity service or the database is away',
        remedy: 'see glance-api.log on the node, and what the check token says',
        checks: ['token', 'health'],
      },
    ],
  },
  {
    id: 'duplicate-image-file',
    title: 'The image data is already there',
    codes: { http: [409] },
    phrases: ['glance_store.exceptions.duplicate', 'image file already exists', 'duplicate image'],
    causes: [
      {
        cause: 'a partial file of an earlier upload that failed has the name of the image',
        remedy: 'remove the file of that image id from the folder of the store, then upload again',
        checks: ['STO-37'],
      },
    ],
  },
  {
    id: 'internal-server-error',
    title: 'The image service failed inside',
    codes: { http: [500] },
    phrases: ['internal server error'],
    causes: [
      {
        when: 'the log has [Errno 22] or [WinError 64], 59 or 121',
        cause: 'the connection to the share was lost during the request',
        remedy: 'oriel explain connection-lost',
        checks: ['STO-22', 'STO-28'],
      },
      {
        cause: 'an error that Glance does not expect; its log has the reason',
        remedy: 'look for the request id in glance-api.log on the node',
        checks: ['log'],
      },
    ],
  },
  {
    id: 'store-gone',
    title: 'The store of the image is disabled',
    codes: { http: [410] },
    phrases: ['store add disabled', 'store is disabled', 'storeadddisabled'],
    causes: [
      {
        cause: 'the folder of the store was not there when the service started',
        remedy: 'make the share reachable, then restart the service',
        checks: ['STO-21', 'STO-27'],
      },
    ],
  },
  {
    id: 'unauthorized',
    title: 'The request needs authentication',
    codes: { http: [401] },
    phrases: ['401 unauthorized', 'the request you have made requires authentication'],
    causes: [
      {
        cause: "the service's user has another password in Keystone, or the clocks of both sides differ",
        remedy: 'see what the check token says, [keystone_authtoken] on the node, and w32tm /query /status',
        checks: ['token', 'STO-07'],
      },
    ],
  },
  {
    id: 'datadirs-on-windows',
    title: 'Invalid priority value in filesystem_store_datadirs',
    codes: {},
    phrases: ['invalid priority value', 'badstoreconfiguration'],
    causes: [
      {
        cause: 'filesystem_store_datadirs takes the colon of C:\\ for that before a priority',
        remedy: 'use filesystem_store_datadir: name a share in components.glance.stores',
        checks: ['STO-03'],
      },
    ],
  },
  {
    id: 'database-away',
    title: 'The database is not reached',
    codes: {},
    phrases: [
      "can't connect to mysql server",
      'lost connection to mysql server',
      'dbconnectionerror',
      'mysql server has gone away',
    ],
    causes: [
      {
        cause: 'the database server is stopped, restarted or not reachable from the node',
        remedy: 'Test-NetConnection SERVER -Port 3306 from the node, and see the log of the database',
        checks: ['create', 'health'],
      },
    ],
  },
];
