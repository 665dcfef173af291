import { z } from 'zod';
import { line, pathGrammar, words } from '../values/text.ts';

/** Those that Windows gives to its listeners. */
export const winrmPorts = { https: 5986, http: 5985 } as const;

/** Settings of nodes that are reached by WinRM, beside those that every way has. */
export const winrmSettings = {
  scheme: z.enum(['https', 'http']).optional().describe('`via: winrm`: over TLS or not. Default: https'),
  authentication: z
    .enum(['negotiate', 'kerberos', 'ntlm', 'basic', 'certificate'])
    .optional()
    .describe(
      '`via: winrm`: how to log in. Default: negotiate, which is NTLM with a password and Kerberos otherwise',
    ),
  certificate: pathGrammar('file')
    .optional()
    .describe(
      '`via: winrm`: own certificate to log in with, in PEM; with its key, or beside `certificate_key`',
    ),
  certificate_key: pathGrammar('file')
    .optional()
    .describe('`via: winrm`: private key of `certificate`, in PEM'),
  ca: pathGrammar('file')
    .optional()
    .describe(
      '`via: winrm`: certificates in PEM that sign those of nodes. Default: the issuers that Node.js knows',
    ),
  spn: line
    .regex(/^[^/\s]+\/\S+$/, words('must be the name of a service', 'HTTP/node.example.com'))
    .optional()
    .describe('`via: winrm`: name of the service for Kerberos. Default: HTTP/ and the address'),
  keytab: pathGrammar('file')
    .optional()
    .describe('`via: winrm`: keys for Kerberos. Default: the ticket that is there'),
  proxy: line
    .regex(/^http:\/\/[^\s/?#@]+\/?$/, words('must be the URL of a proxy', 'http://HOST:PORT'))
    .optional()
    .describe(
      '`via: winrm`: HTTP proxy that gives a connection to the node. Default: none, whatever the environment says',
    ),
  allow_unencrypted: z
    .boolean()
    .optional()
    .describe('`via: winrm`: lets everything go in clear over `scheme: http`, passwords too. Default: false'),
} as const;
