import type { MsiFeature, MsiService } from '../../../msi/model/model.ts';
import { environmentFile, serviceName } from '../facts/paths.ts';
import { packageRecovery } from '../facts/recovery.ts';
import type { Product, ProductService } from './product-file.ts';

/** The features as the compiler takes them; the first one holds what all need. */
export function packageFeatures({ features }: Product): readonly MsiFeature[] {
  const [{ id: first } = { id: '' }] = features;
  return features.map(({ id, title, description, installed }) => ({
    id,
    title,
    ...(description && { description }),
    ...(id !== first && { parent: first }),
    // Above INSTALLLEVEL, which is 1.
    level: installed ? 1 : 2,
  }));
}

/** Target of the wrapper of a service: each has its own, as a service belongs to the component of its program. */
export function programOf({ name }: ProductService): string {
  return `bin/${name}.exe`;
}

/**
 * `oriel-service.exe NAME [OPTION]... -- PROGRAM [ARGUMENT]...`, see msi/service/README.md. Properties of folders stand for their
 * paths, as ServiceInstall.Arguments holds 255 characters.
 */
export function packageService(service: ProductService): MsiService {
  const { name, displayName, description, ready } = service;
  const drains = name === serviceName;
  const options = ['--log', `"[LOGDIR]${name}.log"`, '--ready', `${ready}`];
  if (drains) options.push('--environment-file', `"[CONFIGDIR]${environmentFile}"`);
  const program = [
    ...['"[INSTALLDIR]python\\python.exe"', '-s', '-X', 'utf8', '"[INSTALLDIR]launcher\\oriel_launcher.py"'],
    ...[service.program, '--config-file', '"[CONFIGDIR]glance-api.conf"'],
  ];
  return {
    name,
    displayName,
    description,
    file: programOf(service),
    arguments: [name, ...options, '--', ...program].join(' '),
    start: 'auto',
    account: '[SERVICEACCOUNT]',
    password: '[SERVICEPASSWORD]',
    dependencies: [],
    startOnInstall: 'STARTSERVICES <> 0',
    // It takes longer than the 30 seconds of Windows; AwaitServices has more patience.
    awaitStart: false,
    recovery: packageRecovery,
  };
}
