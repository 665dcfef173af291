import { atPath, merged, type SiteData, type SitePart } from './site-part.ts';

/** The part of the site that keeps images at a path of Windows. */
export function imagesAt(component: string, path: string): SitePart {
  const stores = (value: unknown): SiteData => atPath(`components.${component}.stores`, value);
  const share = { images: { share: 'images', default: true } };
  if (path.startsWith('\\\\'))
    return {
      site: merged(atPath('storage.shares.images', { kind: 'smb', path }), stores(share)),
    };
  if (/^[a-z]:\\ClusterStorage\\/i.test(path))
    return {
      site: merged(atPath('storage.shares.images', { kind: 'csv', path }), stores(share)),
    };
  const options = { filesystem_store_datadir: path };
  return { site: stores({ images: { type: 'file', default: true, options } }) };
}
