import { z } from 'zod';
import { identityRefusals, orderPasswordShape } from '../identity/contract.ts';
import { endpoint } from '../kit/endpoint.ts';
import { idIn, idOut } from '../kit/public-id.ts';
import type { RefusalCatalogue } from '../kit/result.ts';

const { ORDER_PASSWORD_WRONG } = identityRefusals;
export const guestOrderRefusals = {
  CLAIM_INSTEAD: {
    status: 409,
    zh: '你已经登录了，把这个订单认领到账户里就能看。',
    en: 'You are logged in. Claim the order, and your account has it.',
  },
} as const satisfies RefusalCatalogue;

const input = z.object({ orderId: idIn('order'), orderPassword: orderPasswordShape });
const output = z.object({ orderId: idOut('order') });

export const guestOrderContract = {
  open: endpoint({
    at: 'POST /order-lookups',
    who: 'anyone',
    summary:
      'Find an order that was bought without an account, by its number and password; the answer sets the session cookie of its guest',
    input,
    output,
    refusals: { ORDER_PASSWORD_WRONG, ...guestOrderRefusals },
  }),
  claim: endpoint({
    at: 'POST /claims',
    who: 'account',
    summary: "Take a guest's orders into my account, by the number and password of one of them",
    input,
    output,
    refusals: { ORDER_PASSWORD_WRONG },
  }),
};
