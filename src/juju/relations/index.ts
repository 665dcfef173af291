import { adJoin } from './ad-join.ts';
import { amqp } from './amqp.ts';
import { certificates } from './certificates.ts';
import type { RelationHandler } from './handler.ts';
import { identityService } from './identity-service.ts';
import { imageService } from './image-service.ts';
import { nrpe } from './nrpe.ts';
import { sharedDb } from './shared-db.ts';
import { csv, smbShare } from './shares.ts';

/** By endpoint: what a charm has to say to the charms that it is related to, and what it makes of their answers. */
export const relationHandlers: Readonly<Record<string, RelationHandler>> = {
  'shared-db': sharedDb,
  'identity-service': identityService,
  'image-service': imageService,
  amqp,
  certificates,
  'smb-share': smbShare,
  csv,
  'ad-join': adJoin,
  'nrpe-external-master': nrpe,
};
