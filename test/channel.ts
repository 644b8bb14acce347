import { keyOf } from '../src/kit/secret.ts';
import { systemClock } from '../src/kit/time.ts';
import type { Channel } from '../src/payments/channel.contract.ts';
import { sandboxChannel } from '../src/payments/sandbox-channel.actions.ts';

const nowhere = 'http://127.0.0.1:9/';
/** What the notices of this channel are signed with. */
export const noticeKey = keyOf(Buffer.alloc(32, 9));

/** A channel that says yes to everything and tells nothing; its notices come from the test, signed as the sandbox signs. */
export const quietChannel = (): Channel => ({
  ...sandboxChannel({
    url: nowhere,
    key: noticeKey,
    merchant: 'test',
    wall: systemClock,
    noticeUrl: () => nowhere,
    returnUrl: () => nowhere,
  }),
  create: async ({ number }) => ({ kind: 'ok', ref: number, payUrl: nowhere }),
  query: async () => ({ kind: 'unknown', why: 'this channel tells by notices only' }),
  close: async () => ({ kind: 'ok' }),
  refund: async () => ({ kind: 'ok' }),
  refundQuery: async () => ({ kind: 'ok', state: 'absent', message: '' }),
  bill: async () => ({ kind: 'unknown', why: 'no bills here' }),
});
