import { z } from 'zod';
import { fen } from '../../kit/money.ts';
import { instant } from '../../kit/time.ts';
import { exchange, type Speaking } from '../sandbox-channel.actions.ts';
import { signatureFault } from '../sandbox-channel.rules.ts';
import { complaintStates, type ComplaintDesk, type ParsedComplaint } from './contract.ts';

const amount = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((text) => fen(BigInt(text)));
const moment = z.iso.datetime().transform((text) => instant(text));
/** The fields of WeChat's complaint notices, in the sandbox's own envelope. */
const noticeShape = z.object({
  merchant: z.string(),
  complaint: z.object({
    complaint_id: z.string().min(1).max(64),
    version: z.number().int().min(1),
    transaction_id: z.string().min(1).max(64),
    amount,
    complaint_state: z.enum(['PENDING', 'PROCESSING', 'PROCESSED']),
    complaint_detail: z.string().max(2000),
    user_confirmed: z.boolean(),
    refunded: amount,
    refund_no: z.string().max(80).nullable(),
    answer_by: moment.nullable(),
    settle_by: moment.nullable(),
  }),
});
const doneShape = z.object({ ok: z.literal(true) });

/** The adapter of the sandbox's complaint desk: signed notices come, signed answers go. */
export function sandboxDesk(settings: Speaking): ComplaintDesk {
  return {
    channel: 'sandbox',
    acknowledgement: 'success',
    reply: ({ number, text, request }) =>
      exchange(
        settings,
        '/v1/complaints/reply',
        { complaint_id: number, response_content: text, request },
        doneShape,
      ),
    complete: ({ number, request }) =>
      exchange(settings, '/v1/complaints/complete', { complaint_id: number, request }, doneShape),
    parseNotice: (raw, wall): ParsedComplaint => {
      const refused = (why: string): ParsedComplaint => ({ verified: false, why });
      if (raw.method !== 'POST' || raw.query !== '') return refused('malformed');
      const part = { direction: 'notice', method: raw.method, path: raw.path, body: raw.body } as const;
      const fault = signatureFault(settings.key, raw.headers, part, wall);
      if (fault) return refused(fault);
      const notice = noticeShape.safeParse(readJson(raw.body));
      if (!notice.success) return refused('unreadable');
      const { merchant, complaint } = notice.data;
      if (merchant !== settings.merchant) return refused('not for us');
      return {
        verified: true,
        request: raw.headers['x-sandbox-request'] ?? '',
        news: {
          number: complaint.complaint_id,
          version: complaint.version,
          tradeNo: complaint.transaction_id,
          amount: complaint.amount,
          state: complaintStates.find((one) => one === complaint.complaint_state.toLowerCase()) ?? 'pending',
          text: complaint.complaint_detail,
          userConfirmed: complaint.user_confirmed,
          refunded: complaint.refunded,
          refundNo: complaint.refund_no,
          answerBy: complaint.answer_by,
          settleBy: complaint.settle_by,
        },
      };
    },
  };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
