import type { ReasonCode } from '../reasons.data.ts';
import type { Ending, FactName, Stage } from './facts.data.ts';
import type { Answer, End, Step, Tree } from './tree.contract.ts';

// How the seeded trees are written: one line for each step, each answer and each end.

type Said = readonly [zh: string, en: string];
const words = ([zh, en]: Said) => ({ zh, en });
const nothing = { zh: '', en: '' };

export const to = (id: string, label: Said, next: string, value: string | null = null): Answer => ({
  id,
  label: words(label),
  value,
  next,
});

type More = { hint?: Said; fact?: FactName; note?: Said };
/** A question; where `fact` is known, it answers itself. */
export const ask = (
  stage: Stage,
  id: string,
  name: Said,
  text: Said,
  answers: Answer[],
  more: More = {},
): Step => ({
  id,
  stage,
  name: words(name),
  text: words(text),
  hint: more.hint ? words(more.hint) : nothing,
  fact: more.fact ?? null,
  asked: true,
  note: more.note ? words(more.note) : nothing,
  answers,
});

/** Something that is only looked up: values lead somewhere, everything else goes on. */
export const look = (
  id: string,
  name: Said,
  fact: FactName,
  values: Readonly<Record<string, string>>,
  otherwise: string,
): Step => ({
  id,
  stage: 'known',
  name: words(name),
  text: nothing,
  hint: nothing,
  fact,
  asked: false,
  note: nothing,
  answers: [
    ...Object.entries(values).map(([value, next]) => to(value, name, next, value)),
    to('otherwise', name, otherwise),
  ],
});

export const end = (id: string, kind: Ending, text: Said, reason: ReasonCode | null = null): End => ({
  id,
  end: kind,
  text: words(text),
  reason,
});

/** Every tree begins with the payment: what was not paid is no fault of the goods. */
export const paid = (next: string): Step =>
  look('paid', ['付款', 'Payment'], 'payment', { unpaid: 'unpaid' }, next);
const unpaid = end('unpaid', 'payment', [
  '这单还没匹配到付款。扣了款的话，核对支付就能对上，不用售后。',
  'No payment was matched to this order. If you were charged, checking the payment will match it; no case is needed.',
]);
const solved = end('solved', 'solved', [
  '好了就不用做什么。之后又不行，随时回来。',
  'Then there is nothing to do. If it fails again, come back any time.',
]);

export const network = (next: string, text?: Said): Step =>
  ask(
    'network',
    'network',
    ['换网络', 'Another network'],
    text ?? [
      '断开 Wi-Fi 换成流量（或者反过来），关掉代理，再试一次。行了吗？',
      'Change from Wi-Fi to mobile data or back, turn a proxy off, and try again. Does it work?',
    ],
    [
      to('fixed', ['行了', 'It works'], 'solved'),
      to('still', ['还是不行', 'Still not'], next),
      to('cannot', ['没法换', 'I cannot change it'], next),
    ],
  );

export const restart = (next: string, text?: Said): Step =>
  ask(
    'restart',
    'restart',
    ['清缓存、重启', 'Cache and restart'],
    text ?? [
      '退出应用，清一下缓存，重启设备，再试一次。行了吗？',
      'Close the app, clear its cache, restart the device and try again. Does it work?',
    ],
    [
      to('fixed', ['行了', 'It works'], 'solved'),
      to('still', ['还是不行', 'Still not'], next),
      to('cannot', ['没法试', 'I cannot try it'], next),
    ],
  );

export const tree = (steps: Step[], ends: End[]): Tree => ({
  start: 'paid',
  steps,
  ends: [unpaid, solved, ...ends],
});
