import type { Text } from '../site/deployment.ts';

/** A service in the catalogue; there is one of a type. */
export interface IdentityService {
  /** `image`. */
  readonly type: string;
  readonly name: string;
  readonly description: string;
}

/** Where a service is reached, as the catalogue tells clients. */
export interface IdentityEndpoint {
  /** Of the service it is of. */
  readonly type: string;
  readonly interface: 'public' | 'internal' | 'admin';
  readonly region: string;
  readonly url: string;
}

export interface IdentityUser {
  readonly name: string;
  readonly domain: string;
  readonly password: Text;
}

/** The role that a user has in a project. */
export interface IdentityRole {
  readonly user: string;
  readonly userDomain: string;
  readonly project: string;
  readonly projectDomain: string;
  readonly role: string;
}
