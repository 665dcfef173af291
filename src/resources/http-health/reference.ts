import type { Reference } from '../model/reference.ts';
import type { HttpHealth } from './resource.ts';

export const httpHealthReference: Reference<HttpHealth> = {
  about:
    'Whether a URL answers 200, asked from the node itself. oriel observes it and never changes it. After its service started, oriel asks again until it does.',
  spec: { url: 'as seen from the node', wait: 'seconds that it may take' },
  observed: { status: 'the status of the answer' },
  examples: [{ url: 'http://127.0.0.1:9292/healthcheck', wait: 180 }],
};
