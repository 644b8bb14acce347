import { assert } from './assert.ts';

/** Every place where a test may kill the program. A domain adds its own lines; test/faults prints them with their count. */
export const faultPoints = [
  'evidence.sequence.after-take',
  'evidence.sequence.after-insert',
  'evidence.sequence.after-commit',
  'evidence.sign.before-head',
  'evidence.head.before-rename',
  'evidence.sign.after-head',
  'evidence.sign.after-publish',
  'payments.start.before-create',
  'payments.start.after-create',
  'payments.notice.before-trades',
  'payments.notice.after-trades',
  'payments.notice.after-payments',
  'payments.notice.after-transfers',
  'payments.notice.after-news',
  'payments.notice.after-commit',
  'payments.credit.before-decide',
  'payments.credit.after-transfers',
  'payments.credit.after-commit',
  'payments.refund.after-take',
  'payments.refund.after-send',
  'payments.refund.after-write',
  'payments.close.after-close',
  'inventory.import.after-lock',
  'inventory.import.after-chunk',
  'inventory.import.before-batch',
  'inventory.import.after-batch',
  'inventory.import.after-pool',
  'inventory.import.before-commit',
  'inventory.import.after-commit',
  'inventory.draft.after-upload',
  'inventory.draft.after-commit',
  'inventory.confirm.after-queue',
] as const;
export type FaultPoint = (typeof faultPoints)[number];

/** FAULTS='name' dies there the first time, 'name:3' the third time; several are separated by commas. */
const armed = new Map<string, number>(
  (process.env['FAULTS'] ?? '')
    .split(',')
    .filter((text) => text !== '')
    .map((text) => {
      const [name = '', times = '1'] = text.split(':');
      assert((faultPoints as readonly string[]).includes(name), `FAULTS names a known point: ${name}`);
      return [name, Number(times)] as const;
    }),
);

/** Kills this process with SIGKILL when FAULTS names the point, as a power cut would; otherwise nothing. */
export function faultPoint(name: FaultPoint): void {
  const left = armed.get(name);
  if (left === undefined) return;
  armed.set(name, left - 1);
  if (left === 1) process.kill(process.pid, 'SIGKILL');
}
