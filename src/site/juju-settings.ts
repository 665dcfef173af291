/** What the site file says of Juju. */
export interface JujuSettings {
  readonly flavour: 'proxy' | 'native';
}
