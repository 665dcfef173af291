/** What a Windows error of WS-Management is: its code, who is at fault, and its words. */
interface Kind {
  readonly code: number;
  readonly sender: boolean;
  /** Of the SOAP fault, with its prefix. */
  readonly subcode: string;
  readonly text: string;
}

const service = 'The WS-Management service cannot process the request.';

/** Codes of wsmerror.h and winerror.h; subcodes of DSP0226, section 14.6. */
export const faultKinds = {
  accessDenied: { code: 5, sender: true, subcode: 'w:AccessDenied', text: 'Access is denied. ' },
  badParameter: {
    code: 87,
    sender: true,
    subcode: 'w:InvalidParameter',
    text: 'The parameter is incorrect. ',
  },
  pipeEnded: { code: 109, sender: false, subcode: 'w:InternalError', text: 'The pipe has been ended. ' },
  badAction: {
    code: 0x80338000,
    sender: true,
    subcode: 'a:ActionNotSupported',
    text: `${service} The WS-Addressing action URI in the request is not supported. `,
  },
  timedOut: {
    code: 0x80338029,
    sender: false,
    subcode: 'w:TimedOut',
    text: 'The WS-Management service cannot complete the operation within the time specified in OperationTimeout.  ',
  },
  badResource: {
    code: 0x8033803b,
    sender: true,
    subcode: 'a:DestinationUnreachable',
    text: `${service} The resource URI is missing or it has an incorrect format. `,
  },
  badXml: {
    code: 0x80338043,
    sender: true,
    subcode: 'w:SchemaValidationError',
    text: 'The WS-Management service cannot process the request because the XML is invalid. ',
  },
  noShell: {
    code: 0x8033805b,
    sender: true,
    subcode: 'w:InvalidSelectors',
    text: 'The request for the Windows Remote Shell with ShellId {0} failed because the shell was not found on the server. Possible causes are: the specified ShellId is incorrect or the shell no longer exists on the server. Provide the correct ShellId or create a new shell and retry the operation. ',
  },
  tooManyShells: {
    code: 0x803381a5,
    sender: true,
    subcode: 'w:QuotaLimit',
    text: `${service} This user is allowed a maximum number of {0} concurrent shells, which has been exceeded. Close existing shells or raise the quota for this user. `,
  },
  tooManyOperations: {
    code: 0x803381a6,
    sender: true,
    subcode: 'w:QuotaLimit',
    text: `${service} This user is allowed a maximum number of {0} concurrent operations, which has been exceeded. Close existing operations for this user, or raise the quota for this user. `,
  },
  tooManyCommands: {
    code: 0x803381e9,
    sender: true,
    subcode: 'w:QuotaLimit',
    text: `${service} The maximum number of concurrent commands per shell has been exceeded. Retry the request later or raise the Maximum Commands per Shell quota. `,
  },
  disconnected: {
    code: 0x803381de,
    sender: true,
    subcode: 'w:InvalidParameter',
    text: 'The WS-Management service cannot process the request because the stream is currently disconnected. ',
  },
} as const satisfies Readonly<Record<string, Kind>>;
export type FaultKind = keyof typeof faultKinds;

/** The service answers with a fault of SOAP, and HTTP says 500. */
export class WsmanFault extends Error {
  override readonly name = 'WsmanFault';
  constructor(
    readonly kind: FaultKind,
    detail: string | number = '',
  ) {
    super(faultKinds[kind].text.replace('{0}', String(detail)));
  }
}
