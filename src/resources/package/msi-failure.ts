import type { Explanation, Failure } from '../model/resource.ts';

/** Exit codes of msiexec worth more than their number (learn.microsoft.com, "MsiExec.exe and InstMsi.exe error messages"). */
const known: Readonly<Record<number, Explanation>> = {
  1601: {
    cause: 'the Windows Installer service cannot be reached',
    remedy: 'start the service msiserver on the node',
  },
  1602: { cause: 'the installation was cancelled on the node' },
  1603: { cause: 'a fatal error during the installation' },
  1612: {
    cause: 'the package that the installed version came from is gone, so it cannot be removed',
    remedy: 'put the old package back where it was',
  },
  1618: {
    cause: 'another installation was running all the time',
    remedy: 'let it end on the node, then apply again',
  },
  1619: { cause: 'the package could not be opened' },
  1620: { cause: 'the package is not a valid MSI', remedy: 'build it again: oriel build SITE' },
  1625: {
    cause: 'a policy of the node forbids the installation',
    remedy: 'allow MSI packages for this user',
  },
  1633: { cause: 'the package is for another processor: Windows for x64 is needed' },
  1638: {
    cause: 'another build with the same version is installed',
    remedy: 'remove it first: oriel remove SITE',
  },
};

/** What a failed msiexec means: its exit code in words, and of its log the line that says which action failed. */
export function explainMsi({ exitCode, message, log }: Failure): Explanation {
  const { cause, remedy }: Explanation = known[exitCode ?? -1] ?? { cause: message };
  const reason = reasonIn(log);
  return { cause: reason ? `${cause}: ${reason}` : cause, ...(remedy !== undefined && { remedy }) };
}

/**
 * In a verbose log the action that failed is the one before the first `Return value 3`; the installer's own message
 * (`Error 1920. Service ...`, or `Product: ... -- ...`) stands above it and says more where there is one.
 */
function reasonIn(log: readonly string[]): string | undefined {
  const failed = log.findIndex((line) => /return value 3/i.test(line));
  const before = failed < 0 ? log : log.slice(0, failed + 1);
  const message = before.findLast((line) => /\berror \d{4}\b|^product: .* -- /i.test(line));
  const action = failed < 0 ? undefined : log[failed];
  return (message ?? action)?.replace(/^MSI \([sc]\) \([^)]*\) \[[^\]]*\]: /, '').trim();
}
