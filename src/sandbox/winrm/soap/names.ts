/** Namespaces of the messages, under the prefixes that Windows gives them ([MS-WSMV] 2.2.1). */
export const namespaces = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  a: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  x: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  p: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  rsp: 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell',
  cfg: 'http://schemas.microsoft.com/wbem/wsman/1/config',
  f: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  wsmid: 'http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd',
} as const;

/** The resource of a shell that starts command lines. */
export const commandShell = `${namespaces.rsp}/cmd`;

export const actions = {
  get: `${namespaces.x}/Get`,
  create: `${namespaces.x}/Create`,
  delete: `${namespaces.x}/Delete`,
  command: `${namespaces.rsp}/Command`,
  send: `${namespaces.rsp}/Send`,
  receive: `${namespaces.rsp}/Receive`,
  signal: `${namespaces.rsp}/Signal`,
  disconnect: `${namespaces.rsp}/Disconnect`,
  reconnect: `${namespaces.rsp}/Reconnect`,
} as const;
export type ActionName = keyof typeof actions;

export const faultAction = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault';
export const anonymous = `${namespaces.a}/role/anonymous`;
