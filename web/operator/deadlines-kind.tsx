import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { arrivalText } from '../cases/Told.tsx';
import { deadline, exact, moment } from '../text/format.ts';
import { operator } from '../text/operator.ts';
import { rulebook } from '../text/rulebook.ts';
import { rulesText } from '../text/rules.ts';
import { told as words } from '../text/told.ts';
import { useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Cite } from '../ui/Cite.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Pager } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';
import { whatText } from './whats.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const what = params['what'] ?? '';
  const after = new URL(request.url).searchParams.get('after');
  const { api } = page(context);
  const asked = { what, ...(after ? { after } : {}) };
  const [answer, told] = await Promise.all([
    found(api.rules.derivations(asked)),
    found(api.cases.ofDeadlines(asked)),
  ]);
  const { unreminded } = told;
  return {
    what,
    ...answer,
    unreminded,
    told: Object.fromEntries(told.deadlines.map((one) => [one.about, one])),
    title: what,
  };
}

export default function DeadlinesOfKind() {
  const { what, deadlines, next, told, unreminded } = useLoaderData<typeof loader>();
  const w = useText(words);
  const { language } = useFrame();
  const t = useText(operator);
  const r = useText(rulebook);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.operatorDeadlines(), label: t('deadlines') }]}
        here={whatText(what, t)}
      />
      <header className="mh">
        <h1>{whatText(what, t)}</h1>
        <p className="mute">{r('kindLead')}</p>
      </header>
      {unreminded && <p className="mute">{w('unreminded', { why: unreminded[language] })}</p>}
      {deadlines.length === 0 && <Empty title={r('kindNone')}>{r('kindNoneText')}</Empty>}
      <ul className="stack">
        {deadlines.map((one) => (
          <Row key={one.about} one={one} told={told[one.about]} />
        ))}
      </ul>
      <Pager next={next ? paths.operatorDeadlinesOf(what, next) : undefined} />
    </>
  );
}

type Told = Answers['cases']['ofDeadlines']['deadlines'][number];

function Row({
  one,
  told,
}: {
  one: Answers['rules']['derivations']['deadlines'][number];
  told: Told | undefined;
}) {
  const r = useText(rulebook);
  const c = useText(rulesText);
  const { now, language } = useFrame();
  const { derivation } = one;
  return (
    <li className="card stack">
      <div className="between">
        <h2>{deadline(derivation.dueAt, now, language)}</h2>
        <span className="row">
          {derivation.provisional && <Tag tone="hold">{r('provisional')}</Tag>}
          {derivation.pauses.length > 0 && <Tag tone="hold">{r('pauses')}</Tag>}
          <Cite article={derivation.article} version={derivation.version} />
        </span>
      </div>
      <p>{derivation.text[language]}</p>
      <Facts
        facts={[
          {
            name: r('param'),
            value: derivation.said ? (
              <>
                {derivation.said[language]} <span className="mono mute">{derivation.param}</span>
              </>
            ) : (
              r('paramNone')
            ),
          },
          { name: r('paramClock'), value: r(`clock_${derivation.clock}`) },
          { name: r('startAt'), value: exact(derivation.startAt, language) },
          { name: r('nominalAt'), value: exact(derivation.nominalAt, language) },
          ...derivation.pauses.map((pause) => ({
            name: r('pauses'),
            value: `${c('outageSpan', { from: exact(pause.from, language), to: exact(pause.to, language) })} ${pause.reason[language]}`,
          })),
          { name: r('dueAt'), value: exact(derivation.dueAt, language) },
        ]}
      />
      <ToldOf told={told} />
      <p className="mute mono wrap-anywhere">{one.about}</p>
    </li>
  );
}

/** Who was told of this clock, by which channel, and whether it arrived and was read. */
function ToldOf({ told }: { told: Told | undefined }) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (!told || (told.tellings.length === 0 && told.waiting === 0))
    return <p className="mute">{t('toldNone')}</p>;
  return (
    <div>
      <h3>{t('told')}</h3>
      {told.waiting > 0 && <p className="mute">{t('waiting', { count: told.waiting })}</p>}
      <ul className="told">
        {told.tellings.map((each, index) => (
          <li key={index}>
            <time>{moment(each.at, now, language)}</time>
            <div>
              <b>{each.what[language]}</b>
              <p>
                {t('line', {
                  who: t(each.to === 'buyer' ? 'to_buyer_other' : `to_${each.to}`),
                  state: arrivalText(each, t, now, language),
                })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
