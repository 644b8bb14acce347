import { Form } from 'react-router';
import { yuan } from '../../src/kit/money.ts';
import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { money } from '../text/format.ts';
import { supply as words } from '../text/supply.ts';
import { useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';

type Supplier = Answers['supply']['suppliers']['suppliers'][number];
type Variant = Answers['supply']['routes']['variants'][number];

/** So many suppliers of one variant can be named on the page. */
export const routeRows = 3;

/** 线路: who fills each variant, in which order, and what it may cost at most. */
export function RoutesCard({
  variants,
  suppliers,
  mayChange,
}: {
  variants: readonly Variant[];
  suppliers: readonly Supplier[];
  mayChange: boolean;
}) {
  const t = useText(words);
  return (
    <section className="card mb-4" id="routes">
      <h2>{t('routes')}</h2>
      <p className="mute">{t('routesLead')}</p>
      {variants.length === 0 && <Empty title={t('routesNone')}>{t('routesNoneText')}</Empty>}
      <ul className="lines">
        {variants.map((one) => (
          <li key={one.variantId}>
            <p>
              <a href={paths.merchantListing(one.listingId)}>{one.title}</a> {one.variantName}{' '}
              <span className="sub">
                {t('sells', { price: money(one.price), face: one.face === null ? '—' : money(one.face) })}
              </span>
            </p>
            {one.routes.length === 0 && <Tag tone="bad">{t('routeNone')}</Tag>}
            <ol className="text-sm">
              {one.routes.map((route, i) => (
                <li key={i}>
                  {t('route', { n: i + 1 })}: {route.supplier} · {route.product ?? route.productNo} ≤{' '}
                  {money(route.maxCost)}
                </li>
              ))}
            </ol>
            {mayChange && suppliers.length > 0 && <RouteForm variant={one} suppliers={suppliers} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RouteForm({ variant, suppliers }: { variant: Variant; suppliers: readonly Supplier[] }) {
  const t = useText(words);
  const options = [
    { value: '', label: t('routeNo') },
    ...suppliers.map((one) => ({ value: one.supplierId, label: one.name })),
  ];
  return (
    <details className="fold">
      <summary>
        <span className="text-brand">{t('edit')}</span>
      </summary>
      <Form method="post" className="stack">
        <input type="hidden" name="variantId" value={variant.variantId} />
        {Array.from({ length: routeRows }, (_, i) => {
          const route = variant.routes[i];
          return (
            <fieldset key={i} className="stack border-0 p-0 desk:grid-cols-3">
              <legend className="font-semibold">{t('route', { n: i + 1 })}</legend>
              <Select
                label={t('routeSupplier')}
                name={`supplier.${i}`}
                options={options}
                defaultValue={route?.supplierId ?? ''}
              />
              <Input
                label={t('routeProduct')}
                name={`product.${i}`}
                maxLength={64}
                defaultValue={route?.productNo ?? ''}
              />
              <Input
                label={t('routeCap')}
                name={`cap.${i}`}
                inputMode="decimal"
                defaultValue={route ? yuan(BigInt(route.maxCost)) : ''}
              />
            </fieldset>
          );
        })}
        <Act consequence={t('saveAfter')}>
          <Submit intent="routes" kind="line">
            {t('save')}
          </Submit>
        </Act>
      </Form>
    </details>
  );
}
