import type { RelationHandler } from './handler.ts';
import { identityService } from './identity-service.ts';
import { imageService } from './image-service.ts';
import { sharedDb } from './shared-db.ts';

/** By endpoint: what a charm has to say to the charms that it is related to, and what it makes of their answers. */
export const relationHandlers: Readonly<Record<string, RelationHandler>> = {
  'shared-db': sharedDb,
  'identity-service': identityService,
  'image-service': imageService,
};
