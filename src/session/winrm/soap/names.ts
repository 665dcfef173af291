/** Namespaces, by the prefixes that the documents have ([MS-WSMAN] 2.2, [MS-WSMV] 2.2.1). */
export const namespaces = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  a: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  p: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  rsp: 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell',
  f: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  cfg: 'http://schemas.microsoft.com/wbem/wsman/1/config',
} as const;

const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';

export const actions = {
  get: `${transfer}/Get`,
  create: `${transfer}/Create`,
  delete: `${transfer}/Delete`,
  command: `${namespaces.rsp}/Command`,
  send: `${namespaces.rsp}/Send`,
  receive: `${namespaces.rsp}/Receive`,
} as const;

export const resources = { shell: `${namespaces.rsp}/cmd`, config: namespaces.cfg } as const;

/** The end of `State` of a command that is over. */
export const doneState = '/CommandState/Done';
export const anonymous = `${namespaces.a}/role/anonymous`;
