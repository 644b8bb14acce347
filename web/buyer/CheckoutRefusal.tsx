import { useEffect, useRef } from 'react';
import type { PageRefusal } from '../page.server.ts';
import { paths } from '../paths.ts';
import { checkout } from '../text/checkout.ts';
import { money } from '../text/format.ts';
import { useText } from '../text/use.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { isUnsure, type QuoteLine } from './checkout.view.ts';

const goods = ['GOODS_NOT_FOUND', 'GOODS_NOT_ON_SALE', 'GOODS_NOT_READY', 'OWN_GOODS'];
const todoOf = {
  PRICE_CHANGED: 'todoPRICE_CHANGED',
  OUT_OF_STOCK: 'todoOUT_OF_STOCK',
  WALLET_TOO_LOW: 'todoWALLET_TOO_LOW',
  QUANTITY_LIMIT: 'todoQUANTITY_LIMIT',
  RESERVATION_LIMIT: 'todoRESERVATION_LIMIT',
  ACKNOWLEDGEMENT_MISSING: 'todoACKNOWLEDGEMENT_MISSING',
  CONTACT_REQUIRED: 'todoCONTACT_REQUIRED',
  IDEMPOTENCY_KEY_REUSED: 'todoREUSED',
  BUSY: 'todoBUSY',
  DATABASE_UNAVAILABLE: 'todoBUSY',
} as const;

const todoFor = (code: string): keyof typeof checkout =>
  todoOf[code as keyof typeof todoOf] ?? (goods.includes(code) ? 'todoGOODS' : 'todoOther');

/** A refused payment: what happened, that no money moved, and what to do now. Takes the focus, since it answers what was pressed. */
export function CheckoutRefusal({
  refusal,
  before,
  total,
  line,
}: {
  refusal: PageRefusal;
  before: string | undefined;
  total: string;
  line: QuoteLine;
}) {
  const t = useText(checkout);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), [refusal]);
  const { code, detail } = refusal;
  const fenOf = (value: unknown): string => money(/^\d+$/.test(String(value)) ? String(value) : '0');
  const values = {
    before: fenOf(before),
    after: fenOf(total),
    left: line.stock,
    missing: fenOf(detail['missing']),
    limit: String(detail['limit'] ?? ''),
  };
  const toListing = [...goods, 'OUT_OF_STOCK', 'QUANTITY_LIMIT'].includes(code);
  return (
    <section className="note bad mb-4" role="alert" tabIndex={-1} ref={box}>
      <h2 className="text-lg">{t(isUnsure(refusal) ? 'unsureHead' : 'refusedHead')}</h2>
      <p>{refusal.message}</p>
      <p>{t(todoFor(code), values)}</p>
      {(code === 'WALLET_TOO_LOW' ||
        code === 'RESERVATION_LIMIT' ||
        code === 'IDEMPOTENCY_KEY_REUSED' ||
        toListing) && (
        <p className="row mt-2">
          {code === 'WALLET_TOO_LOW' && (
            <ButtonLink href={paths.wallet()} kind="line" small>
              {t('topUp')}
            </ButtonLink>
          )}
          {(code === 'RESERVATION_LIMIT' || code === 'IDEMPOTENCY_KEY_REUSED') && (
            <ButtonLink href={paths.orders()} kind="line" small>
              {t('toOrders')}
            </ButtonLink>
          )}
          {toListing && (
            <ButtonLink href={paths.listing(line.listingId, line.variantId)} kind="line" small>
              {t('toListing')}
            </ButtonLink>
          )}
        </p>
      )}
    </section>
  );
}
