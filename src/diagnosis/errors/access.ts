import type { KnownError } from '../model/known-error.ts';

/** Errors of who somebody is and what he may do. Windows: MS-ERREF; causes: Windows Server documentation and public reports. */
export const accessErrors: readonly KnownError[] = [
  {
    id: 'access-denied',
    title: 'Access is denied',
    codes: {
      win32: [5],
      ntstatus: { STATUS_ACCESS_DENIED: 0xc0000022 },
      errno: { EACCES: 13 },
    },
    phrases: ['access is denied', 'access denied', 'permission denied'],
    causes: [
      {
        when: 'it is denied for one share or one folder',
        cause:
          "the service's account, the computer account or the gMSA is missing in the access list of the share or of the folder",
        remedy:
          'grant Change on the share (Grant-SmbShareAccess -Name SHARE -ScopeName SCOPE -AccountName ACCOUNT -AccessRight Change) and Modify on the folder (Set-SmbPathAcl -ShareName SHARE -ScopeName SCOPE); then restart the node or run klist -li 0x3e7 purge',
        checks: ['STO-25', 'STO-26', 'STO-27'],
      },
      {
        when: 'the logon succeeds, and every share is denied right after it',
        cause: 'client and server do not agree on signing or encryption, or the session is one of a guest',
        remedy:
          'compare Get-SmbClientConfiguration and Get-SmbServerConfiguration; turn on signing where the other side demands it',
        checks: ['STO-09', 'STO-24'],
      },
      {
        when: 'it came after a quarter of an hour without any access, and a second try succeeds',
        cause: 'the session was lost, and the credentials that opened it are not kept',
        remedy: 'run the service as the computer account or a gMSA in place of a mapping with a password',
        checks: ['STO-27', 'STO-28'],
      },
      {
        when: 'only commands in a remote session are denied, and the service works',
        cause: 'the second hop: a remote session has no credentials to hand on',
        remedy:
          'nothing is wrong with the share; a probe has to run as a scheduled task with the account of the service',
        checks: ['STO-27'],
      },
      {
        when: 'it works for a person, and not for the service',
        cause:
          'LocalSystem and NetworkService are the computer account on the network, LocalService is nobody',
        remedy:
          'grant access to DOMAIN\\NODE$, or run the service as a gMSA (`service.account` of the component)',
        checks: ['STO-25', 'STO-26', 'STO-27'],
      },
    ],
  },
  {
    id: 'logon-failure',
    title: 'The user name or password is incorrect, or the account cannot log on',
    codes: {
      win32: [1326, 1327, 1330, 1331, 1909],
      ntstatus: {
        STATUS_LOGON_FAILURE: 0xc000006d,
        STATUS_ACCOUNT_RESTRICTION: 0xc000006e,
        STATUS_PASSWORD_EXPIRED: 0xc0000071,
        STATUS_ACCOUNT_DISABLED: 0xc0000072,
        STATUS_ACCOUNT_LOCKED_OUT: 0xc0000234,
      },
    },
    phrases: [
      'user name or password is incorrect',
      'unknown user name or bad password',
      'account is currently locked out',
    ],
    causes: [
      {
        cause:
          'the password of the service account was changed, has expired, or the account is locked or disabled',
        remedy:
          'set the password in the source of the secret and run oriel apply; a gMSA needs no password (`service.account` of the component)',
        checks: ['STO-08', 'STO-27'],
      },
      {
        when: 'a mapping says OK, and writing fails',
        cause: 'a stored credential is out of date',
        remedy:
          'Get-SmbGlobalMapping and Get-SmbMapping show it; remove it with Remove-SmbGlobalMapping, then restart the service',
        checks: ['STO-27', 'STO-28'],
      },
    ],
  },
  {
    id: 'no-logon-session',
    title: 'A specified logon session does not exist',
    codes: { win32: [1312], ntstatus: { STATUS_NO_SUCH_LOGON_SESSION: 0xc000005f } },
    phrases: ['specified logon session does not exist'],
    causes: [
      {
        cause: 'the gMSA is not installed on the node, or a scheduled task runs without a stored logon',
        remedy:
          'Install-ADServiceAccount and Test-ADServiceAccount on the node; give the task of a gMSA the logon type Password',
        checks: ['STO-08', 'STO-27'],
      },
    ],
  },
  {
    id: 'wrong-target',
    title: 'The target account name is incorrect',
    codes: { win32: [1396] },
    phrases: [
      'krb_ap_err_modified',
      'target account name is incorrect',
      'target principal name is incorrect',
    ],
    causes: [
      {
        cause:
          'a service principal name is there twice or belongs to another account, the name is a CNAME, or DNS leads to another host',
        remedy:
          'setspn -Q cifs/NAME and setspn -X show duplicates; replace a CNAME by A records; repair the computer object of the file server',
        checks: ['STO-05', 'STO-08'],
      },
    ],
  },
  {
    id: 'clock-skew',
    title: 'There is a time difference between the client and the server',
    codes: { win32: [1398], ntstatus: { STATUS_TIME_DIFFERENCE_AT_DC: 0xc0000133 } },
    phrases: [
      'krb_ap_err_skew',
      'clock skew too great',
      'time and/or date difference between the client and server',
    ],
    causes: [
      {
        cause:
          'the clocks of the node, the file server and the domain controller differ by more than five minutes',
        remedy: 'w32tm /resync /rediscover on the node, and see w32tm /query /status',
        checks: ['STO-07'],
      },
    ],
  },
  {
    id: 'credential-conflict',
    title: 'Multiple connections to a server by the same user are not allowed',
    codes: { win32: [1219], ntstatus: { STATUS_NETWORK_CREDENTIAL_CONFLICT: 0xc0000195 } },
    phrases: ['multiple connections to a server or shared resource by the same user'],
    causes: [
      {
        cause: 'the session of the service already has a connection to this server with other credentials',
        remedy:
          'see Get-SmbMapping and Get-SmbConnection in that session; net use \\\\SERVER\\SHARE /delete ends it',
        checks: ['STO-28'],
      },
    ],
  },
  {
    id: 'no-such-account',
    title: 'No mapping between account names and security IDs was done',
    codes: { win32: [1332], ntstatus: { STATUS_NONE_MAPPED: 0xc0000073 } },
    phrases: ['no mapping between account names and security ids'],
    causes: [
      {
        cause:
          'the name of the account is misspelt, lacks its domain or the $ of a computer, or is the English name of a group on a Windows of another language',
        remedy:
          'write DOMAIN\\NAME$ for a computer or a gMSA; well-known groups have a SID in place of a name',
        checks: ['STO-25'],
      },
    ],
  },
];
