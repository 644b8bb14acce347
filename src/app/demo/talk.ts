import { seatOf, speak } from '../../aftersales/talk/actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { plus } from '../../kit/time.ts';
import { transaction } from '../../kit/tx.ts';
import { nobody } from '../../kit/viewer.ts';
import type { SayKind } from '../../messaging/contract.ts';
import type { World } from './world.ts';

type Line = {
  readonly ago_minutes: number;
  readonly by: 'buyer' | 'shop';
  readonly text: string;
  readonly as?: SayKind;
  readonly cite?: string;
};

// A key that does not work, from the first words to a time that runs when the visitor opens the page.
const lines: readonly Line[] = [
  { ago_minutes: 9, by: 'buyer', text: '你好，第一张卡密输进去提示“已使用”，我这边是第一次用。' },
  { ago_minutes: 7, by: 'shop', text: '收到，正在跟上游核对这一批，有结果马上说。' },
  { ago_minutes: 6, by: 'buyer', text: '我晚上要用，请补发或退款。', as: 'demand', cite: '5' },
];

/** The demo buyer talks with the shop about an order; the last words wait for an answer. */
export async function talkAbout(world: World, order: { orderId: string; buyerId: string }): Promise<void> {
  const { db, clock, end, people } = world;
  for (const line of lines) {
    clock.to(plus(end, { minutes: -line.ago_minutes }));
    await transaction(db, async (tx) => {
      const own = { ...nobody, userId: order.buyerId, buyerIds: [order.buyerId] };
      const seat = must(await seatOf(tx, own, order.orderId), 'the buyer may see the order');
      const shop = must(
        Object.values(people.shops).find((one) => one.shopId === seat.shopId),
        'the shop of the order',
      );
      const said = await speak(tx, {
        seat: line.by === 'buyer' ? seat : { ...seat, side: 'merchant' },
        userId: line.by === 'buyer' ? order.buyerId : shop.ownerId,
        text: line.text,
        as: line.as ?? 'text',
        hours: undefined,
        until: undefined,
        cite: line.cite ? [line.cite] : [],
        files: [],
      });
      assert(said.ok, `words of the demo are said: ${said.ok ? '' : said.refusal}`);
    });
  }
}
