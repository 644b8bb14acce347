import { must } from '../../kit/assert.ts';
import { done } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { plus } from '../../kit/time.ts';
import { reader, transaction, type Reader } from '../../kit/tx.ts';
import { answersOf, complaintsOf, complaintsSeen, oddNotices } from '../../payments/complaint/views.ts';
import { answerAtChannel, linkComplaint } from './complaint.actions.ts';
import { complaintContract } from './complaint.contract.ts';
import { caseClocks, linksByNumber, linksOfShop, ordersOfPayment } from './views.ts';

type Row = Awaited<ReturnType<typeof complaintsOf>>[number];

/** Complaints with their answers, their order and the clock of our own case. */
async function shown(on: Reader, rows: readonly Row[], chooses: boolean) {
  const named = { viewerChannels: rows.map((row) => row.channel), numbers: rows.map((row) => row.number) };
  const [answers, links] = await Promise.all([answersOf(on, named), linksByNumber(on, named)]);
  const cases = await caseClocks(on, {
    viewerShops: links.map((one) => one.shopId),
    cases: links.map((one) => one.caseId),
  });
  return Promise.all(
    rows.map(async (row) => {
      const same = (one: { channel: string; number: string }) =>
        one.channel === row.channel && one.number === row.number;
      const link = links.find(same) ?? null;
      const orders =
        chooses && !link && row.paymentId ? await ordersOfPayment(on, { viewerPayment: row.paymentId }) : [];
      return {
        ...row,
        link,
        ourClock: cases.find((one) => one.id === link?.caseId) ?? null,
        answers: answers.filter(same),
        orders: orders.map(({ id }) => ({ orderId: id })),
      };
    }),
  );
}

export const complaintRoutes = {
  shopComplaints: serve(complaintContract.shopComplaints, async ({ db }, { shopId }) => {
    const on = await reader(db);
    const links = await linksOfShop(on, { viewerShop: shopId, limit: 100 });
    const rows = await complaintsOf(on, {
      viewerChannels: links.map((one) => one.channel),
      numbers: links.map((one) => one.number),
    });
    return done({ complaints: await shown(on, rows, false), now: on.business });
  }),
  answerAsShop: serve(complaintContract.answerAsShop, ({ db, viewer }, input) =>
    transaction(db, (tx) =>
      answerAtChannel(tx, { ...input, byId: must(viewer.userId, 'the route needs a user') }),
    ),
  ),
  complaints: serve(complaintContract.complaints, async ({ db, viewer }) => {
    const on = await reader(db);
    const isStaff = viewer.staff.length > 0;
    const [rows, odd] = await Promise.all([
      complaintsSeen(on, { viewerStaff: isStaff, limit: 200 }),
      oddNotices(on, { viewerStaff: isStaff, since: plus(on.business, { days: -7 }), limit: 20 }),
    ]);
    return done({ complaints: await shown(on, rows, true), odd, now: on.business });
  }),
  answerAsStaff: serve(complaintContract.answerAsStaff, ({ db, viewer }, input) =>
    transaction(db, (tx) =>
      answerAtChannel(tx, { ...input, shopId: null, byId: must(viewer.userId, 'the route needs a user') }),
    ),
  ),
  link: serve(complaintContract.link, ({ db }, input) => transaction(db, (tx) => linkComplaint(tx, input))),
};
