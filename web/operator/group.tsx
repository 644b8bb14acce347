import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { caseStateWords, remedyWords } from '../../src/aftersales/words.contract.ts';
import type { Api, Answers } from '../api.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { judgedIn } from '../cases/hearing.server.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { cases } from '../text/cases.ts';
import { court as words } from '../text/court.ts';
import { moment, money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { FindingFields } from './FindingFields.tsx';
import { asStaff } from './staff.server.ts';

type Group = Answers['groups']['one'];

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const group = await found(page(context).api.groups.one({ groupId: params['groupId'] ?? '' }));
  return { group, did: new URL(request.url).searchParams.get('did'), title: group.title };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const groupId = params['groupId'] ?? '';
  const intent = text(form, 'intent');
  const outcome = await tried(act(page(context).api, intent, groupId, form));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.operatorGroup(groupId), { did: intent }), 303);
}

function act(api: Api, intent: string, groupId: string, form: FormData): Promise<unknown> {
  const said = text(form, 'text');
  if (intent === 'find') {
    const { facts, weighing, reasons: why, articles, remedy, liability } = judgedIn(form);
    return api.groups.find({ groupId, facts, weighing, reasons: why, articles, remedy, liability });
  }
  if (intent === 'sign' || intent === 'send_back')
    return api.groups.sign({ groupId, agrees: intent === 'sign', text: said });
  if (intent === 'dissolve') return api.groups.dissolve({ groupId, text: said });
  throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
}

/** One group: its cases, what its representative says, one finding for all, and how far that got. */
export default function GroupPage() {
  const { group, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(cases);
  const counts = {
    found: group.members.filter((one) => one.outcome === 'found').length,
    settled: group.members.filter((one) => one.outcome === 'settled').length,
    left: group.members.filter((one) => one.left).length,
    paid: group.members.filter((one) => one.paid !== null && BigInt(one.paid) > 0n).length,
  };
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorGroups(), label: t('groups') }]} here={group.title} />
      <header className="mh">
        <div>
          <h1>{group.title}</h1>
          <p className="mute">
            {group.shopName} · {t('progress', counts)}
          </p>
        </div>
        <Tag tone={group.state === 'decided' ? 'ok' : 'hold'}>{t(`group_${group.state}`)}</Tag>
      </header>
      <Answer refused={answer?.refusal.message} did={did && c('did')} />
      <div className="inbox">
        <div className="stack">
          {group.finding && <Finding group={group} />}
          {group.words.length > 0 && (
            <section className="card">
              <h2>{t('wordsTitle')}</h2>
              {group.words.map((said) => (
                <p key={said.number}>{said.text}</p>
              ))}
            </section>
          )}
          <Members group={group} />
        </div>
        <aside className="stack">
          <Acts group={group} typed={answer?.typed ?? {}} />
        </aside>
      </div>
    </>
  );
}

function Finding({ group }: { group: Group }) {
  const c = useText(cases);
  const { language } = useFrame();
  const { finding } = group;
  if (!finding) return null;
  return (
    <section className="card judgment">
      <h2 className="song">{c('decision')}</h2>
      <h4>{c('found')}</h4>
      <p>{finding.facts}</p>
      <h4>{c('weighed')}</h4>
      <p>{finding.weighing}</p>
      <h4>{c('reasoned')}</h4>
      <p>
        <Rich
          text={`${finding.reasons} ${finding.articles.map((no) => `[[${no}]]`).join('')}`}
          version={group.rulebook}
        />
      </p>
      <h4>{c('resolved')}</h4>
      <p>
        <b>{remedyWords[finding.remedy as keyof typeof remedyWords][language]}</b>
      </p>
    </section>
  );
}

function Members({ group }: { group: Group }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h2 className="mb-2">{t('members')}</h2>
      <ul className="lines">
        {group.members.map((one) => (
          <li key={one.caseId} className="between">
            <span>
              <a href={paths.operatorCase(one.caseId)}>{reasons[one.reason].words[language]}</a>{' '}
              {money(one.asked)}
              <br />
              <span className="mute">
                {moment(one.joinedAt, now, language)}
                {one.representative && ` · ${t('representative')}`}
                {one.paid !== null && ` · ${money(one.paid)}`}
              </span>
            </span>
            <span className="row">
              {(one.left || one.outcome) && (
                <Tag tone={one.outcome === 'found' ? 'ok' : undefined}>
                  {t(one.left ? 'outcome_left' : (`outcome_${one.outcome}` as 'outcome_found'))}
                </Tag>
              )}
              <Tag>{caseStateWords[one.state][language]}</Tag>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Acts({ group, typed }: { group: Group; typed: Readonly<Record<string, string>> }) {
  const t = useText(words);
  const waiting = group.members.filter((one) => !one.left && one.outcome === null);
  const limit = money(group.limit);
  if (group.state === 'signing')
    return (
      <section className="card">
        {group.mine ? (
          <p className="sub">{t('twoWait')}</p>
        ) : (
          <Form method="post" className="stack">
            <Textarea label={t('reasons')} name="text" maxLength={1000} />
            <Act consequence={<Rich text={t('findAfter', { limit })} version={group.rulebook} />}>
              <Submit intent="sign">{t('signGroup')}</Submit>
            </Act>
            <Submit intent="send_back" kind="line">
              {t('sendBackGroup')}
            </Submit>
          </Form>
        )}
      </section>
    );
  if (group.state !== 'open') return null;
  const [first] = waiting;
  return (
    <>
      {first && (
        <section className="card draft">
          <h2 className="song mb-3">{t('findTitle')}</h2>
          <Form method="post" className="stack">
            <FindingFields
              version={group.rulebook}
              reason={first.reason as ReasonCode}
              remedy={first.remedy}
              typed={typed}
            />
            <Act consequence={<Rich text={t('findAfter', { limit })} version={group.rulebook} />}>
              <Submit intent="find">{t('find', { count: waiting.length })}</Submit>
            </Act>
          </Form>
        </section>
      )}
      <section className="card">
        <Fold
          title={t('dissolve')}
          kind="risk"
          after={<Rich text={t('dissolveAfter')} version={group.rulebook} />}
        >
          <Form method="post" className="stack">
            <Textarea label={t('reasons')} name="text" required minLength={2} maxLength={1000} />
            <Submit intent="dissolve" kind="risk">
              {t('dissolve')}
            </Submit>
          </Form>
        </Fold>
      </section>
    </>
  );
}
