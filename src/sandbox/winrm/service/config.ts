/** What an administrator of Windows sets for the service (`winrm get winrm/config`), with the same names and units. */
export interface WinRmConfig {
  readonly MaxEnvelopeSizekb: number;
  /** Longest OperationTimeout. */
  readonly MaxTimeoutms: number;
  /** Of the service: messages over HTTP that are not sealed. */
  readonly AllowUnencrypted: boolean;
  /** Of the service: schemes that are offered, in this order. */
  readonly authentication: readonly Scheme[];
  /** How strictly a token must be bound to the TLS connection. */
  readonly CbtHardeningLevel: 'None' | 'Relaxed' | 'Strict';
  readonly MaxConcurrentOperationsPerUser: number;
  readonly IdleTimeout: number;
  readonly MaxShellsPerUser: number;
  readonly MaxProcessesPerShell: number;
  readonly MaxMemoryPerShellMB: number;
}
export type Scheme = 'Negotiate' | 'Kerberos' | 'Basic' | 'Certificate';

/** As Windows Server 2016 comes, but with all that it can take switched on. */
export const usualConfig: WinRmConfig = {
  MaxEnvelopeSizekb: 500,
  MaxTimeoutms: 60_000,
  AllowUnencrypted: false,
  authentication: ['Negotiate', 'Kerberos', 'Basic', 'Certificate'],
  CbtHardeningLevel: 'Relaxed',
  MaxConcurrentOperationsPerUser: 1500,
  IdleTimeout: 7_200_000,
  MaxShellsPerUser: 30,
  MaxProcessesPerShell: 25,
  MaxMemoryPerShellMB: 1024,
};

/** What Get of `winrm/config` gives: the parts of it that clients ask. */
export function configXml(config: WinRmConfig): string {
  const { authentication, CbtHardeningLevel, AllowUnencrypted } = config;
  const auth = (['Basic', 'Kerberos', 'Negotiate', 'Certificate'] as const).map((scheme) =>
    element(scheme, authentication.includes(scheme)),
  );
  const service = [
    element('MaxConcurrentOperationsPerUser', config.MaxConcurrentOperationsPerUser),
    element('AllowUnencrypted', AllowUnencrypted),
    `<cfg:Auth>${auth.join('')}${element('CbtHardeningLevel', CbtHardeningLevel)}</cfg:Auth>`,
  ];
  return [
    '<cfg:Config xmlns:cfg="http://schemas.microsoft.com/wbem/wsman/1/config">',
    element('MaxEnvelopeSizekb', config.MaxEnvelopeSizekb),
    element('MaxTimeoutms', config.MaxTimeoutms),
    `<cfg:Service>${service.join('')}</cfg:Service>`,
    `<cfg:Winrs>${shellQuotas(config)}</cfg:Winrs></cfg:Config>`,
  ].join('');
}

/** What Get of `winrm/config/winrs` gives. */
export function winrsXml(config: WinRmConfig): string {
  return `<cfg:Winrs xmlns:cfg="http://schemas.microsoft.com/wbem/wsman/1/config">${shellQuotas(config)}</cfg:Winrs>`;
}

function shellQuotas(config: WinRmConfig): string {
  const names = ['IdleTimeout', 'MaxProcessesPerShell', 'MaxMemoryPerShellMB', 'MaxShellsPerUser'] as const;
  return [element('AllowRemoteShellAccess', true), ...names.map((name) => element(name, config[name]))].join(
    '',
  );
}

function element(name: string, value: string | number | boolean): string {
  return `<cfg:${name}>${value}</cfg:${name}>`;
}
