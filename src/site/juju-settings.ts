/** What the site file says of an application of a bundle. */
export interface JujuApplication {
  readonly units?: number | undefined;
  /** `mem=4G cores=2` */
  readonly constraints?: string | undefined;
  readonly space?: string | undefined;
  readonly channel?: string | undefined;
}

/** What the site file says of Juju. */
export interface JujuSettings {
  readonly flavour: 'proxy' | 'native';
  /** By name. */
  readonly applications: { readonly [name: string]: JujuApplication };
  /** An application, or the URL of an offer, by endpoint of the charm. */
  readonly relations: { readonly [endpoint: string]: string };
}
