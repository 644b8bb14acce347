import type { ReactNode } from 'react';
import type { Answers } from '../api.ts';
import { cases } from '../text/cases.ts';
import { court as words } from '../text/court.ts';
import { money } from '../text/format.ts';
import { useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Rich } from '../ui/Rich.tsx';
import { CaseAnswer, CaseTags, Phrases } from './CaseHead.tsx';
import { decisionsOf, headOf, sumOf } from './case.view.ts';
import { Course, Decision } from './Course.tsx';
import { Bench, Draw, InGroup, Verdict, Wishes } from './Hearing.tsx';

type Props = {
  one: Answers['cases']['one'];
  hearing: Answers['panel']['tribunals'];
  group: Answers['groups']['ofCase'];
  whose: 'buyer' | 'merchant' | 'staff';
  casePath: string;
  here: string;
  refused: string | undefined;
  did: string | null;
  children?: ReactNode;
};

/** The second instance of one case: the list, the lot, the seats, the votes, and what somebody can do about it. */
export function HearingPage({ one, hearing, group, whose, casePath, here, refused, did, children }: Props) {
  const t = useText(words);
  const c = useText(cases);
  const head = headOf(one);
  const values = { amount: money(sumOf(one)) };
  // The decision that is fought over stands below what came of it.
  const decisions = decisionsOf(one).toReversed();
  return (
    <>
      <Breadcrumbs trail={[{ href: casePath, label: one.title }]} here={t('crumb')} />
      <header className={whose === 'buyer' ? 'oh' : 'mh'}>
        <div>
          <h1>
            <Phrases text={whose === 'buyer' ? c(head, values) : t('title')} />
          </h1>
          <p className="sub">
            {whose === 'buyer' && (
              <>
                <Rich text={c(`${head}_x` as keyof typeof cases, values)} version={one.rulebook} />
                <br />
              </>
            )}
            {t('lead')}
          </p>
        </div>
        <CaseTags one={one} />
      </header>
      <Answer refused={refused} did={did && c('did')} />
      {whose === 'buyer' && <CaseAnswer one={one} whose="buyer" />}
      <div className={whose === 'buyer' ? 'two' : 'inbox'}>
        <div className="stack">
          {whose !== 'buyer' && <CaseAnswer one={one} whose={whose} />}
          {children}
          {decisions.map((said) => (
            <Decision key={said.number} one={one} said={said} />
          ))}
          <Verdict one={one} />
          {hearing.tribunals.toReversed().map((w) => (
            <Bench key={w.kind} one={one} w={w} staff={whose === 'staff'} />
          ))}
          {hearing.tribunals.map((w) => (
            <Draw key={w.kind} w={w} />
          ))}
        </div>
        <aside className="stack">
          {whose !== 'staff' && <Wishes one={one} hearing={hearing} />}
          <InGroup one={one} group={group} to={here} />
          <Course one={one} />
          <p>
            <a href={casePath}>{t('backToCase')}</a>
          </p>
        </aside>
      </div>
    </>
  );
}
