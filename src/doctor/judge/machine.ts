import type { Verdict } from '../../session/examine/finding.ts';
import { answered } from './answered.ts';
import type { Evidence } from './evidence.ts';

/** Seconds: Kerberos refuses at five minutes (RFC 4120, 8.2), and so do most services that check a time. */
const maxSkew = 300;
/** Seconds that are worth a word. */
const shownSkew = 30;

/** Pure: the clock of the node against ours. */
export function clockVerdict({ facts, now }: Pick<Evidence, 'facts' | 'now'>): Verdict {
  return answered(facts, ({ time }) => {
    const skew = Math.round((Date.parse(time) - now) / 1000);
    const evidence = { time, skewSeconds: skew };
    const seconds = Math.abs(skew);
    const message =
      seconds < 2 ? 'within 2 s of ours' : `${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} ours`;
    if (seconds < shownSkew) return { verdict: 'pass', message, evidence };
    return {
      verdict: seconds < maxSkew ? 'warn' : 'fail',
      message,
      cause:
        'One of both clocks is wrong; which one cannot be told from here. Kerberos, tokens and certificates fail from 5 minutes on.',
      remedy: 'Compare both with a third clock, then let the wrong one follow a time server. On the node:',
      command: 'w32tm /resync',
      evidence,
    };
  });
}

const mebibyte = 2 ** 20;
/** A package, its cache at the installer and a log of the installation. */
const minFree = 1024 * mebibyte;
const comfortable = 4 * minFree;

/** Pure: room on the system drive. */
export function diskVerdict({ facts }: Pick<Evidence, 'facts'>): Verdict {
  return answered(facts, ({ freeBytes }) => {
    const evidence = { freeBytes };
    const message = `${Math.floor(freeBytes / mebibyte)} MiB free on the system drive`;
    if (freeBytes >= comfortable) return { verdict: 'pass', message, evidence };
    return {
      verdict: freeBytes < minFree ? 'fail' : 'warn',
      message,
      cause: `A package, its copy at Windows Installer and its logs need ${minFree / mebibyte} MiB.`,
      remedy: 'Make room on the system drive. Old updates are often the most of it:',
      command: 'Dism.exe /Online /Cleanup-Image /StartComponentCleanup',
      evidence,
    };
  });
}

/** Pure: whether Windows waits for a restart. */
export function restartVerdict({ reboot }: Pick<Evidence, 'reboot'>): Verdict {
  return answered(reboot, ({ reasons, booted }) => {
    const evidence = { reasons, booted };
    if (reasons.length === 0)
      return { verdict: 'pass', message: `none pending; up since ${booted}`, evidence };
    return {
      verdict: 'warn',
      message: `Windows waits for a restart: ${reasons.join(', ')}`,
      cause:
        'Updates, features or a new computer name take effect with the next start; installers may refuse until then.',
      remedy:
        'Restart the node, or set `rollout.reboot: when-needed` so that oriel does it between two batches.',
      command: 'Restart-Computer',
      evidence,
    };
  });
}

/** Pure: the time zone that scheduled tasks of the node go by. */
export function timeZoneVerdict({ facts }: Pick<Evidence, 'facts'>): Verdict {
  return answered(facts, ({ timeZone }) => ({ verdict: 'pass', message: timeZone, evidence: { timeZone } }));
}
