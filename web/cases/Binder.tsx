import type { ReactNode } from 'react';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { sealsOf, type Evidence } from '../buyer/order.view.ts';
import { cases as words } from '../text/cases.ts';
import { clock, moment } from '../text/format.ts';
import { exhibits as exhibitTexts } from '../text/exhibits.ts';
import { order as orderWords } from '../text/order.ts';
import { useFrame, useText } from '../text/use.ts';
import { Fix4 } from '../ui/Fix4.tsx';
import { Icon } from '../ui/Icon.tsx';
import { paths } from '../paths.ts';
import type { CasePage } from './case.view.ts';
import { ExhibitItem } from './ExhibitItem.tsx';

const hrefOf = (one: CasePage, number: number): string =>
  one.role === 'merchant'
    ? paths.merchantExhibit(one.caseId, number)
    : one.role === 'staff'
      ? paths.operatorExhibit(one.caseId, number)
      : paths.exhibit(one.caseId, number);

/** 证据夹: what the platform fixed by itself in its four slots, and what the parties added. */
export function Binder({
  one,
  evidence,
  children,
}: {
  one: CasePage;
  evidence: Pick<Evidence, 'lights'>;
  children?: ReactNode;
}) {
  const t = useText(words);
  const o = useText(orderWords);
  const x = useText(exhibitTexts);
  const { now, language } = useFrame();
  const seals = sealsOf(evidence, {
    pending: o('lightPending'),
    fixed: (at, count) => o('lightCount', { time: clock(at), count }),
  });
  const side = one.role === 'merchant' ? one.needs.merchant : one.needs.buyer;
  const missing = side.filter((kind) => !one.exhibits.some((each) => each.kind === kind));
  return (
    <section className="card" id="binder">
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
              {each.state === 'fixed' && each.at && (
                <p className="times">
                  <span>
                    {x('happened')} {moment(each.at, now, language)}
                  </span>
                  <span>
                    {x('lag')} {x('lagNone')}
                  </span>
                  <span>{x('system')}</span>
                </p>
              )}
            </div>
          </li>
        ))}
        {one.exhibits.map((each) => (
          <ExhibitItem key={each.number} one={one} each={each} href={hrefOf(one, each.number)} />
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
