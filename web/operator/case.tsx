import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { reasons, remedies, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { findingKinds } from '../../src/aftersales/watch/contract.ts';
import { amountOf } from '../cases/act.server.ts';
import { exhibitOf } from '../cases/exhibit.server.ts';
import { Binder } from '../cases/Binder.tsx';
import { CaseAnswer, CaseTags } from '../cases/CaseHead.tsx';
import { Course, Decision } from '../cases/Course.tsx';
import { HearingLink } from '../cases/Hearing.tsx';
import { Sides } from '../cases/Sides.tsx';
import { Told } from '../cases/Told.tsx';
import type { CasePage } from '../cases/case.view.ts';
import { again, found, page, text, tried } from '../page.server.ts';
import { parseYuan } from '../../src/kit/money.ts';
import type { Api } from '../api.ts';
import { paths, withQuery } from '../paths.ts';
import { desk as words } from '../text/desk.ts';
import { cases } from '../text/cases.ts';
import { exhibits } from '../text/exhibits.ts';
import { money } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Tag } from '../ui/Tag.tsx';
import { DeskActs, DeskDefaults } from './DeskActs.tsx';
import { FactsFound, Hands, MyStrip } from './DeskFacts.tsx';
import { FindingPart } from './FindingPart.tsx';
import type { ArticleChoice, Payout } from './DeskJudgment.tsx';
import { liabilities, type LiabilityName } from './liabilities.ts';
import { PrecedentPart, Similar } from './PrecedentPart.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, viewer, language } = page(context);
  const caseId = params['caseId'] ?? '';
  const one = await found(api.cases.one({ caseId }));
  const [evidence, payout, standing, strip, book, told, similar, own] = await Promise.all([
    found(api.evidence.readEvidence({ orderId: one.orderId })),
    found(api.desk.preview({ caseId })),
    found(api.desk.standing({ caseId })),
    found(api.desk.queue({ view: 'mine', limit: stripShown })),
    found(api.rules.read({ version: one.rulebook })),
    found(api.cases.tellings({ caseId })),
    found(api.precedents.list({ reason: one.reason, limit: similarShown })),
    found(api.desk.precedent({ caseId })),
  ]);
  const near = new Set([reasons[one.reason].article, '5', '22', ...claimed(one)]);
  const articles = book.chapters
    .flatMap((chapter) => chapter.articles)
    .map(({ no, title }): ArticleChoice => ({ no, title: title[language], near: near.has(no) }));
  return {
    one,
    evidence,
    payout,
    standing,
    strip: strip.cases,
    told,
    similar: similar.precedents,
    precedent: own.precedent,
    articles,
    arbitrator: viewer.staff.some((role) => role === 'admin' || role === 'arbitrator'),
    did: new URL(request.url).searchParams.get('did'),
    title: one.title,
  };
}

const similarShown = 3;
const stripShown = 8;

/** The articles that the claim itself names. */
const claimed = (one: CasePage): string[] =>
  one.statements.flatMap((each) =>
    each.kind === 'claim' ? ((each.body['articles'] as string[] | undefined) ?? []) : [],
  );

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = text(form, 'intent');
  const caseId = params['caseId'] ?? '';
  const { api } = page(context);
  if (intent === 'preview') {
    const payout = await found(api.desk.preview({ caseId, ...previewOf(form) }));
    return { refusal: undefined, typed: typedIn(form), ticked: tickedIn(form), payout };
  }
  const outcome = await tried(done(api, intent, caseId, form));
  if (!outcome.ok) return withTicks(again(outcome.refusal, form), form);
  throw redirect(withQuery(paths.operatorCase(caseId), { did: intent }), 303);
}

const tickedIn = (form: FormData): string[] => form.getAll('article').map(String);
const typedIn = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
type Again = ReturnType<typeof again>;
const withTicks = (answer: Again, form: FormData) =>
  data(
    { ...answer.data, ticked: tickedIn(form), payout: undefined as Payout | undefined },
    answer.init ?? {},
  );

/** Which money the form as it stands would move: only a refund moves any at once. */
function previewOf(form: FormData) {
  const { platform } = liabilities[text(form, 'liability') as LiabilityName] ?? liabilities.merchant;
  if (text(form, 'remedy') !== 'refund') return { amount: '0', platform };
  const amount = parseYuan(text(form, 'amount'));
  return { platform, ...(amount === undefined ? {} : { amount: amount.toString() }) };
}

function done(api: Api, intent: string, caseId: string, form: FormData): Promise<unknown> {
  const said = text(form, 'text');
  switch (intent) {
    case 'assign':
      return api.desk.assign({ caseId, declared: (form.get('declared') === 'yes') as true });
    case 'decline':
      return api.desk.decline({ caseId, code: text(form, 'code') as 'NO_CLAIM', text: said });
    case 'ask':
      return api.desk.ask({
        caseId,
        party: text(form, 'party') === 'buyer' ? 'buyer' : 'merchant',
        kinds: [exhibitOf(form).kind],
        text: said,
      });
    case 'judge':
      return api.desk.judge({ caseId, ...judgedOf(form) });
    case 'rule':
      return api.desk.rule({ caseId, ...judgedOf(form) });
    case 'sign':
    case 'send_back':
      return api.desk.sign({ caseId, agrees: intent === 'sign', text: said });
    case 'review':
      return api.desk.review({ caseId, summary: text(form, 'summary') });
    case 'finding': {
      const kind = findingKinds.find((one) => one === text(form, 'kind')) ?? ('' as 'fraud');
      const exhibit = Number(text(form, 'exhibit'));
      return api.risk.finding({ caseId, kind, says: text(form, 'says'), ...(exhibit > 0 && { exhibit }) });
    }
    case 'uphold':
    case 'dismiss':
      return api.desk.objection({ caseId, upholds: intent === 'uphold', reasons: said });
    default:
      throw data({ code: 'NOT_FOUND', message: '' }, { status: 404 });
  }
}

function judgedOf(form: FormData) {
  const remedy = remedies.find((one) => one === text(form, 'remedy')) ?? ('none' as const);
  const reason = text(form, 'reason');
  return {
    facts: text(form, 'facts'),
    weighing: text(form, 'weighing'),
    reasons: text(form, 'reasons'),
    articles: [
      ...new Set([
        ...tickedIn(form),
        ...text(form, 'articles')
          .split(/[,，、\s]+/)
          .filter(Boolean),
      ]),
    ],
    remedy,
    ...amountOf(form),
    liability: liabilities[text(form, 'liability') as LiabilityName] ?? liabilities.merchant,
    ...(reason === '' ? {} : { reason: reason as ReasonCode }),
  };
}

/** One case on the desk: the facts, both sides, the binder, what the rules say by default, and the decision. */
const leaksOf = (
  refusal: { code: string; detail: Readonly<Record<string, unknown>> } | undefined,
): string | undefined =>
  refusal?.code === 'SUMMARY_IDENTIFIES' ? String(refusal.detail['found'] ?? '') : undefined;

export default function DeskCase() {
  const { one, evidence, payout, standing, strip, told, similar, precedent, articles, arbitrator, did } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(cases);
  const x = useText(exhibits);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.operatorCases(), label: t('title') }]}
        here={<span className="mono">{one.caseId.slice(-6)}</span>}
      />
      <DeskHead one={one} mine={standing.mine} />
      <Answer
        refused={answer?.refusal?.message}
        did={did && (did === 'finding' ? t('findingDone') : c('did'))}
      />
      <div className="arb">
        <MyStrip cases={strip} here={one.caseId} />
        <div className="stack">
          <CaseAnswer one={one} whose="staff" />
          {one.statements
            .filter((each) => ['decision', 'award', 'ruling', 'draft'].includes(each.kind))
            .map((said) => (
              <Decision key={said.number} one={one} said={said} />
            ))}
          <FactsFound evidence={evidence} />
          <Sides one={one} />
          <DeskDefaults one={one} />
          <Binder one={one} evidence={evidence}>
            <p className="mt-4">
              <a href={paths.operatorKeys(one.caseId)}>
                {x('a_title')} · {x('u_title')}
              </a>
            </p>
          </Binder>
        </div>
        <aside className="stack">
          <DeskActs
            one={one}
            payout={answer?.payout ?? payout}
            standing={standing}
            arbitrator={arbitrator}
            typed={answer?.typed ?? {}}
            ticked={answer?.ticked ?? []}
            articles={articles}
          />
          <FindingPart one={one} standing={standing} typed={answer?.typed ?? {}} />
          {arbitrator && (
            <PrecedentPart
              precedent={precedent}
              found={leaksOf(answer?.refusal)}
              typed={answer?.typed?.['summary']}
            />
          )}
          <Similar list={similar} />
          <Hands standing={standing} />
          <HearingLink one={one} href={paths.operatorHearing(one.caseId)} />
          <Course one={one} />
          <Told one={one} told={told} />
        </aside>
      </div>
    </>
  );
}

function DeskHead({ one, mine }: { one: CasePage; mine: boolean }) {
  const t = useText(words);
  const { language } = useFrame();
  return (
    <header className="mh">
      <div>
        <h1>{t('head', { reason: reasons[one.reason].words[language], amount: money(one.asked.amount) })}</h1>
        <p className="mute">
          {one.title} {one.variantName} ·{' '}
          {t('sub', { shop: one.shop.name, version: one.rulebook, count: one.places.join(', ') })}
        </p>
      </div>
      <div className="row">
        {mine && <Tag tone="ok">{t('noConflict')}</Tag>}
        <CaseTags one={one} />
      </div>
    </header>
  );
}
