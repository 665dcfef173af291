/** Formats of images that oriel can send: what the Images API calls `disk_format`. */
export const diskFormats = ['raw', 'qcow2', 'vhd', 'vhdx'] as const;

export type DiskFormat = (typeof diskFormats)[number];
