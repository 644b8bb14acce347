import { grantDue } from '../../delivery/membership/grant.actions.ts';
import { assert, must } from '../../kit/assert.ts';
import { Secret } from '../../kit/secret.ts';
import { plus, type Span } from '../../kit/time.ts';
import { type Db } from '../../kit/tx.ts';
import { chanceOf } from './chance.ts';
import type { LaidOut } from './goods.ts';
import { buyAll, giveThePrice } from './shopping.ts';
import type { World } from './world.ts';

const orders = 14;
const names = [
  '小满',
  '阿澈',
  '南枝',
  '读书的鱼',
  '青柠',
  '木子',
  '半夏',
  '云上',
  '老陈',
  '桃子',
  '林深',
  '一一',
];

/** Members of the past month: some of the crowd, one of whom renewed, and the demo buyer with one that runs and one that waits. */
export function planMembers(world: World, laidOut: readonly LaidOut[]): void {
  const clubs = laidOut.filter((one) => one.membership);
  const called = (title: string): LaidOut =>
    must(
      clubs.find((one) => one.title.includes(title)),
      `the demo sells ${title}`,
    );
  for (let n = 0; n < orders; n++) {
    const chance = chanceOf(15_000 + n);
    const buyerId = must(world.people.crowd[n * 2], 'a buyer');
    const at = plus(world.begin, { days: chance.whole(0, 28), hours: chance.whole(9, 22), minutes: n });
    const club = chance.pick(clubs);
    world.agenda.add({
      at,
      run: () => join(world.db, { buyerId, club, name: names[n % names.length] ?? '' }),
    });
  }
  const ago = (span: Span, club: LaidOut): void =>
    world.agenda.add({
      at: plus(world.end, span),
      run: () => join(world.db, { buyerId: world.people.players.buyer, club, name: '小林' }),
    });
  ago({ days: -27, hours: -4 }, called('竹里读书社会员 月会员'));
  ago({ days: -3, hours: -6 }, called('青石训练营线上会员 三十天'));
}

type Joining = { readonly buyerId: string; readonly club: LaidOut; readonly name: string };

/** Buys one with the money for it, and lets the program grant it, as it does milliseconds after a purchase. */
async function join(db: Db, { buyerId, club, name }: Joining): Promise<void> {
  const variantId = must(club.variantIds[0], 'a listing has a variant');
  await giveThePrice(db, { buyerId, variantId });
  const answers = { nickname: new Secret(name) };
  const [answer] = await buyAll(db, [{ buyerId, variantId, quantity: 1, paidBy: 'wallet', answers }]);
  assert(
    answer?.ok,
    `a membership of the demo world is bought: ${answer && !answer.ok ? answer.refusal : ''}`,
  );
  const { orderId } = must(answer.value.orders[0], 'a purchase has an order');
  await grantDue(db, [
    { id: orderId, event: 'delivery.due', body: { about: [orderId], shops: [club.shopId], data: null } },
  ]);
}
