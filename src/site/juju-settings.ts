/** An application of a model of Juju. */
export interface JujuApplication {
  /** Of the store; absent: the charm of the component of that name, or the store charm. */
  readonly charm?: string;
  readonly channel?: string;
  readonly units: number;
  readonly constraints?: string;
  readonly to?: readonly string[];
  readonly options: { readonly [name: string]: string | number | boolean };
  readonly expose: boolean;
}

export interface JujuSettings {
  readonly flavour: 'proxy' | 'native';
  readonly version: '2.9' | '3';
  readonly space?: string;
  readonly applications: { readonly [name: string]: JujuApplication };
  /** Application, or application and its endpoint (`keystone:identity-service`), by endpoint of the charm. */
  readonly relations: { readonly [endpoint: string]: string };
}
