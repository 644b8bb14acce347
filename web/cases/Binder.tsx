import type { ReactNode } from 'react';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { sealsOf, type Evidence } from '../buyer/order.view.ts';
import { cases as words } from '../text/cases.ts';
import { clock, moment } from '../text/format.ts';
import { order as orderWords } from '../text/order.ts';
import { useFrame, useText } from '../text/use.ts';
import { Fix4 } from '../ui/Fix4.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { CasePage } from './case.view.ts';

/** 证据夹: what the platform fixed by itself in its four slots, and what the parties added. */
export function Binder({
  one,
  evidence,
  children,
}: {
  one: CasePage;
  evidence: Evidence;
  children?: ReactNode;
}) {
  const t = useText(words);
  const o = useText(orderWords);
  const { now, language } = useFrame();
  const seals = sealsOf(evidence, {
    pending: o('lightPending'),
    fixed: (at, count) => o('lightCount', { time: clock(at), count }),
  });
  const side = one.role === 'merchant' ? one.needs.merchant : one.needs.buyer;
  const missing = side.filter((kind) => !one.exhibits.some((each) => each.kind === kind));
  return (
    <section className="card">
      <div className="between">
        <h2>{t('binder')}</h2>
        <span className="mute">{t('binderNote')}</span>
      </div>
      <div className="fixes">
        <Fix4 seals={seals} />
      </div>
      <ul className="ev">
        {one.system.map((each, index) => (
          <li key={index} className={each.state === 'pending' ? 'wait' : undefined}>
            <Icon name={each.state === 'pending' ? 'clock' : 'check'} />
            <div>
              <b>{exhibitWords[each.kind][language]}</b>
              <p>
                {t('bySystem')} · {each.words[language]}
              </p>
            </div>
          </li>
        ))}
        {one.exhibits.map((each) => (
          <li key={each.number}>
            <Icon name="picture" />
            <div>
              <b>{each.caption || exhibitWords[each.kind][language]}</b>
              <p className="said">{each.text}</p>
              <p>
                {t(each.formedAt ? 'formedAt' : 'exhibitAt', {
                  by: t(each.by === 'merchant' ? 'byMerchant' : 'byBuyer'),
                  time: moment(each.at, now, language),
                  formed: each.formedAt ? moment(each.formedAt, now, language) : '',
                })}{' '}
                · <span className="mono">{each.sha256.slice(0, 12)}</span>
              </p>
            </div>
          </li>
        ))}
        {one.endedAt === null &&
          missing.map((kind) => (
            <li key={kind} className="wait">
              <Icon name="clock" />
              <div>
                <b>{t('wanted', { what: exhibitWords[kind][language] })}</b>
              </div>
            </li>
          ))}
      </ul>
      {children}
    </section>
  );
}
