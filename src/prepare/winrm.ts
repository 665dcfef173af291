import { firewallRule } from './firewall.ts';
import type { Measure, Preparation } from './script.ts';
import type { PrepareSettings } from './settings.ts';

const label = 'oriel WinRM';
const store = 'Cert:\\LocalMachine\\My';
const listeners = 'winrm/config/Listener';
const https = { table: { Address: '*', Transport: 'HTTPS' } } as const;
const httpsListener = { ResourceURI: listeners, SelectorSet: https } as const;
const policies = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System';
const filter = 'LocalAccountTokenFilterPolicy';

/** WinRM over HTTPS, or over HTTP with sealed messages. */
export function prepareWinrm(settings: PrepareSettings): Preparation {
  const { windows, from, http, tokenFilter } = settings;
  const port = http ? 5985 : 5986;
  return {
    title: `makes Windows Server ${windows} ready for via: winrm over ${http ? 'HTTP' : 'HTTPS'}`,
    remarks: [
      ...(http
        ? ['Over HTTP each message is sealed by Kerberos or NTLM; Basic and clear text stay off.']
        : ['Record the certificate in the site file: by its fingerprint, or by the file of its issuer.']),
      'Rules of the firewall that Windows made for WinRM stay as they are.',
      ...(tokenFilter ? [] : [tokenRemark]),
    ],
    measures: [
      service,
      ...(http ? [httpListener] : [...certificates(settings), httpsMeasure(settings)]),
      sealed,
      firewallRule(http ? 'oriel-winrm-http' : 'oriel-winrm-https', port, from),
      ...(tokenFilter ? [fullTokens] : []),
    ],
  };
}

const tokenRemark =
  'Use a domain account that is an administrator of the node. A local account other than Administrator gets a filtered token over the network; --token-filter changes that for all local administrators, so it is left alone.';

/** The service of WinRM, which psremoting needs as well. */
export const service: Measure = {
  step: {
    why: 'starts WinRM now and with Windows',
    commands: [
      { cmdlet: 'Set-Service', parameters: { Name: 'WinRM', StartupType: 'Automatic' } },
      { cmdlet: 'Start-Service', parameters: { Name: 'WinRM' } },
    ],
  },
  undo: 'WinRM runs on every Windows Server since 2012, and Server Manager needs it',
};

const httpListener: Measure = {
  step: {
    why: 'listens for WinRM on port 5985, as a new Windows Server does',
    unless: {
      finds: {
        cmdlet: 'Get-WSManInstance',
        parameters: { ResourceURI: listeners, SelectorSet: { table: { Address: '*', Transport: 'HTTP' } } },
      },
    },
    commands: [
      {
        cmdlet: 'New-WSManInstance',
        into: 'null',
        parameters: {
          ResourceURI: listeners,
          SelectorSet: { table: { Address: '*', Transport: 'HTTP' } },
          ValueSet: { table: { Enabled: 'true' } },
        },
      },
    ],
  },
  undo: 'the listener on port 5985 is that of a new Windows Server',
};

const sealed: Measure = {
  step: {
    why: 'takes no clear text and no Basic: passwords do not cross the network',
    commands: [
      {
        cmdlet: 'Set-WSManInstance',
        into: 'null',
        parameters: {
          ResourceURI: 'winrm/config/service',
          ValueSet: { table: { AllowUnencrypted: 'false' } },
        },
      },
      {
        cmdlet: 'Set-WSManInstance',
        into: 'null',
        parameters: {
          ResourceURI: 'winrm/config/service/auth',
          ValueSet: { table: { Basic: 'false', Negotiate: 'true', Kerberos: 'true' } },
        },
      },
    ],
  },
  undo: 'these are the values of a new Windows Server',
};

function certificates({ hostName, thumbprint }: PrepareSettings): readonly Measure[] {
  if (thumbprint !== undefined) return [];
  const name = hostName ?? { variable: 'env:COMPUTERNAME' };
  return [
    {
      step: {
        why: 'makes a certificate for HTTPS that the node signs itself; one of your own issuer is better (--thumbprint)',
        unless: { finds: { cmdlet: 'Get-WSManInstance', parameters: httpsListener } },
        commands: [
          {
            cmdlet: 'New-SelfSignedCertificate',
            into: 'certificate',
            parameters: { DnsName: name, CertStoreLocation: store },
          },
          { set: 'certificate.FriendlyName', to: label },
        ],
      },
      undo: {
        why: 'removes the certificate that was made',
        commands: [
          {
            pipeline: [
              { cmdlet: 'Get-ChildItem', parameters: { Path: store } },
              { property: 'FriendlyName', equals: label },
              { cmdlet: 'Remove-Item' },
            ],
          },
        ],
      },
    },
  ];
}

function httpsMeasure({ hostName, thumbprint }: PrepareSettings): Measure {
  const Hostname = hostName ?? { variable: 'env:COMPUTERNAME' };
  const CertificateThumbprint = thumbprint ?? { variable: 'certificate.Thumbprint' };
  return {
    step: {
      why: 'listens for WinRM over HTTPS on port 5986',
      unless: { finds: { cmdlet: 'Get-WSManInstance', parameters: httpsListener } },
      commands: [
        {
          cmdlet: 'New-WSManInstance',
          into: 'null',
          parameters: { ...httpsListener, ValueSet: { table: { Hostname, CertificateThumbprint } } },
        },
      ],
    },
    undo: {
      why: 'listens over HTTPS no longer',
      when: { finds: { cmdlet: 'Get-WSManInstance', parameters: httpsListener } },
      commands: [{ cmdlet: 'Remove-WSManInstance', parameters: httpsListener }],
    },
  };
}

/** Microsoft, "User Account Control and remote restrictions" (KB951016). */
const fullTokens: Measure = {
  step: {
    why: 'gives all local administrators full rights over the network: who has the password of one, has the node. A domain account needs no such policy',
    commands: [
      {
        cmdlet: 'New-ItemProperty',
        into: 'null',
        parameters: { Path: policies, Name: filter, PropertyType: 'DWord', Value: 1, Force: true },
      },
    ],
  },
  undo: {
    why: 'filters the tokens of local administrators again',
    when: { finds: { cmdlet: 'Get-ItemProperty', parameters: { Path: policies, Name: filter } } },
    commands: [{ cmdlet: 'Remove-ItemProperty', parameters: { Path: policies, Name: filter } }],
  },
};
