import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { attemptStateWords, heldWords } from '../../src/supply/contract.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { money, moment } from '../text/format.ts';
import { supply as words } from '../text/supply.ts';
import { useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';
import { AttemptActs, toneOf } from './supply.tsx';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api } = page(context);
  const { attempt, exchanges } = await found(
    api.supply.attempt({ shopId: shop.id, attemptId: params['attemptId'] ?? '' }),
  );
  return { attempt, exchanges, title: attempt.masked };
}

/** One attempt: its facts, and everything that was asked and answered. */
export default function AttemptPage() {
  const { attempt, exchanges } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { now, language } = useFrame();
  const text = (value: string | null) => (value === null ? '—' : <span className="mono">{value}</span>);
  const why = attempt.why && (heldWords[attempt.why as keyof typeof heldWords]?.[language] ?? attempt.why);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantSupply(), label: t('title') }]} here={attempt.masked} />
      <header className="mh">
        <h1 className="mono">{attempt.masked}</h1>
        <Tag tone={toneOf(attempt.state)}>{attemptStateWords[attempt.state][language]}</Tag>
      </header>
      <div className="inbox">
        <section className="card">
          <h2>{t('attempt')}</h2>
          <Facts
            facts={[
              ...(why ? [{ name: t('why'), value: why }] : []),
              {
                name: t('order'),
                value: <a href={paths.merchantOrder(attempt.orderId)}>{attempt.orderId}</a>,
              },
              { name: t('colNumber'), value: text(attempt.number) },
              { name: t('colSupplier'), value: `${attempt.supplier} · ${attempt.productNo}` },
              { name: t('face'), value: money(attempt.face) },
              { name: t('charged'), value: attempt.charged === null ? '—' : money(attempt.charged) },
              { name: t('colCost'), value: attempt.cost === null ? '—' : money(attempt.cost) },
              { name: t('cap'), value: money(attempt.maxCost) },
              { name: t('serial'), value: text(attempt.supplierNo) },
              { name: t('voucher'), value: text(attempt.voucher) },
              { name: t('colTime'), value: moment(attempt.at, now, language) },
            ]}
          />
          <div className="mt-3">
            <AttemptActs attempt={attempt} />
          </div>
        </section>
        <section className="card">
          <h2>{t('exchanges')}</h2>
          {exchanges.length === 0 && <Empty title={t('exchangesNone')} />}
          <ul className="lines">
            {exchanges.map((one, index) => (
              <li key={index}>
                <p className="row">
                  <b>{t(`act_${one.act as 'send' | 'ask' | 'cancel' | 'notice'}`)}</b>
                  <Tag tone={one.answer === 'ok' ? 'ok' : one.answer === 'refused' ? 'bad' : 'hold'}>
                    {t(`answer_${one.answer as 'ok' | 'refused' | 'unknown'}`)}
                  </Tag>
                  <span className="sub">{moment(one.at, now, language)}</span>
                </p>
                <p className="mono text-sm break-all">{one.said}</p>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
