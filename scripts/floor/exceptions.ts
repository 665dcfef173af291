/** Cmdlets that the agent may be asked for, of which no facts could be had, and why they stand on the list all the same. */
export const unverifiedCmdlets: Readonly<Record<string, string>> = {
  'Get-HealthFault': 'of the health service of Windows Server 2019 and later; no module documents it',
};

/** Cmdlets that an older Windows lacks, and why the agent is never asked for them there. */
export const laterCmdlets: Readonly<Record<string, string>> = {
  'New-Volume': 'makes volumes of Storage Spaces Direct, which came with Windows Server 2016',
};

/** Types that a later .NET brought. Each may stand within a `try` alone, and the reason says what the floor does without. */
export const laterTypes: Readonly<Record<string, string>> = {
  'System.Security.Cryptography.X509Certificates.RSACertificateExtensions':
    '.NET Framework 4.6: keys of new providers, which 4.5 cannot read at all',
};
