import pg from 'pg';
import { newId } from '../../src/kit/ids.ts';
import { copyAs, type Bench } from './bench.ts';
import type { BenchWorld } from './world.ts';

// One plpgsql call that writes the same rows as a purchase of one key, and decides nothing but price, wallet and stock: what a single
// purchase costs at the least. Its rows live in a database of their own, a copy, so that nothing of the program meets them.
const body = `
create function plain_purchase(p_buyer uuid, p_variant uuid, p_key text, p_order uuid, p_event bytea, p_payload bytea) returns bigint language plpgsql as $$
declare v record; n bigint; b bigint; d bigint; at_ timestamptz := '2026-11-20Z';
begin
  select c.input_hash into v from checkout.checkouts c where c.buyer_id = p_buyer and c.idempotency_key = p_key;
  if found then return 0; end if;
  select balance_fen, debits into b, d from ledger.accounts where kind = 'wallet' and id = p_buyer::text for update;
  select w.shop_id, w.listing_id, l.version, s.fee_bps into v from catalog.variants w join catalog.listings l on l.shop_id = w.shop_id and l.id = w.listing_id join merchants.shops s on s.id = w.shop_id where w.id = p_variant;
  update inventory.pools set next_number = next_number + 1, on_hand = on_hand - 1 where shop_id = v.shop_id and id = p_variant and on_hand - reserved > 0 returning next_number - 1 into n;
  if not found or b < 9750 then raise exception 'refused'; end if;
  insert into checkout.checkouts (buyer_id, idempotency_key, input_hash, state, shop_ids, order_ids, total_fen, paid_by, acknowledgements, at) values (p_buyer, p_key, p_event, 'paid', array[v.shop_id], array[p_order], 9750, 'wallet', '[]', at_);
  insert into orders.orders (shop_id, id, buyer_id, checkout_key, state, first_event, total_fen, rulebook, settle_days, placed_at, paid_at) values (v.shop_id, p_order, p_buyer, p_key, 'delivered', 'purchase', 9750, '1.0.0', 3, at_, at_);
  insert into orders.lines (shop_id, order_id, number, listing_id, version, variant_id, pool_id, goods, quantity, price_fen, total_fen, components, fee_bps, numbers) values (v.shop_id, p_order, 1, v.listing_id, v.version, p_variant, p_variant, 'card', 1, 9750, 9750, '[{"kind":"base","unit":"9750","amount":"9750"}]', v.fee_bps, array[n]);
  insert into delivery.units (shop_id, pool_id, number, order_id, line, delivered_at) values (v.shop_id, p_variant, n, p_order, 1, at_);
  insert into ledger.transfers (key, leg, kind, debit_kind, debit_id, debit_seq, debit_left_fen, credit_kind, credit_id, amount_fen, about, at) values (p_order, 1, 'order.funded', 'wallet', p_buyer::text, d + 1, b - 9750, 'escrow', p_order || '.1', 9750, p_order, at_);
  update ledger.accounts set balance_fen = b - 9750, debits = d + 1 where kind = 'wallet' and id = p_buyer::text;
  insert into evidence.events (shop_id, about, seq, kind, at, commitment, payload, key_owner, batch, place) values (v.shop_id, p_order, 1, 'order.purchased', at_, p_event, p_payload, p_buyer, p_order, 1);
  insert into evidence.pending (id, events, commitments, at) values (p_order, 1, p_event, at_);
  insert into kit.deadlines (shop_id, about, what, due_at, start_at, article, version, clock) values (v.shop_id, p_order, 'order.confirm', at_, at_, '41', '1.0.0', 'elapsed');
  insert into kit.outbox (id, event, body, at) values (p_order, 'order.purchased', jsonb_build_object('about', array[p_order], 'shops', array[v.shop_id], 'data', null), at_);
  return n;
end $$`;

export async function plainPurchase(
  bench: Bench,
  world: BenchWorld,
): Promise<{ buy: (i: number) => Promise<boolean>; end: () => Promise<void> }> {
  await copyAs(bench, 'plain');
  const client = new pg.Client({ connectionString: bench.server.urlOf('plain', 'mengyue_owner') });
  await client.connect();
  await client.query(body);
  const bytes = Buffer.alloc(32, 1),
    payload = Buffer.alloc(900, 2);
  return {
    buy: async (i) => {
      const wall = bench.db.wall.now();
      const buyer = world.buyers[(i * 7919) % world.buyers.length],
        goods = world.spread[(i * 7919) % world.spread.length];
      await client.query({
        name: 'plain',
        text: 'select plain_purchase($1, $2, $3, $4, $5, $6)',
        values: [buyer, goods?.variantId, newId(wall), newId(wall), bytes, payload],
      });
      return true;
    },
    end: () => client.end(),
  };
}
