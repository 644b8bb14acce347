import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { deadline, moment } from '../text/format.ts';
import { rulebook } from '../text/rulebook.ts';
import { rulesText } from '../text/rules.ts';
import { useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Table } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { RuleHead } from './RuleHead.tsx';
import { RuleSteps } from './RuleSteps.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api } = page(context);
  const draft = await found(api.rules.draft({ version: params['version'] ?? '' }));
  const done = new URL(request.url).searchParams.get('done');
  return { draft, done, title: `VGSR ${draft.head.version}` };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const version = params['version'] ?? '';
  const { rules } = keyed(context, form);
  const [intent, sha256] = [text(form, 'intent'), text(form, 'sha256')];
  if (intent === 'add') return redirect(paths.operatorArticle(version, text(form, 'no')));
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    head: () =>
      rules.editDraft({
        version,
        sha256,
        importance: text(form, 'importance') as 'general',
        ordersBefore: text(form, 'ordersBefore') as 'old_version',
        because: { zh: text(form, 'reasonsZh'), en: text(form, 'reasonsEn') },
      }),
    consult: () => rules.consult({ version, sha256 }),
    propose: () => rules.propose({ version, sha256, effectiveOn: text(form, 'effectiveOn') }),
    announce: () => rules.announce({ version, sha256 }),
    withdraw: () => rules.withdraw({ version, note: text(form, 'note') }),
  };
  const act = acts[intent];
  if (!act) return redirect(paths.operatorRulebook(version));
  const outcome = await tried(act());
  return outcome.ok
    ? redirect(withQuery(paths.operatorRulebook(version), { done: intent }))
    : again(outcome.refusal, form);
}

export default function Rulebook() {
  const { draft, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulebook);
  const r = useText(rulesText);
  const { head } = draft;
  const editable = head.state === 'draft' || head.state === 'consultation';
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorRules(), label: t('title') }]} here={head.version} />
      <header className="mh">
        <h1>VGSR {head.version}</h1>
        <p className="row">
          <Tag tone={head.state === 'in_force' ? 'ok' : 'hold'}>
            {r(`state_${head.state}` as 'state_draft')}
          </Tag>
          <a href={paths.operatorComments(head.version)}>{t('commentsLine', draft.comments)}</a>
          {head.state !== 'draft' && head.state !== 'withdrawn' && (
            <a href={paths.rulesVersion(head.version)}>{t('publicLink')}</a>
          )}
        </p>
      </header>
      <Answer
        refused={
          answer && (
            <>
              {answer.refusal.message} <RefusalTime />
            </>
          )
        }
        did={done && t('saved')}
      />
      <div className="two">
        <div className="stack">
          <Gate />
          <Changes />
          {editable && <RuleHead draft={draft} />}
          <Articles editable={editable} />
        </div>
        <aside className="stack">
          <RuleSteps draft={draft} editable={editable} />
          <History />
        </aside>
      </div>
    </>
  );
}

/** The instant that a refusal names: until when comments run, or from when a version may be in force. */
function RefusalTime() {
  const answer = useActionData<typeof action>();
  const { now, language } = useFrame();
  const { until, earliest } = (answer?.refusal.detail ?? {}) as { until?: number; earliest?: number };
  const at = until ?? earliest;
  return at === undefined ? null : deadline(at, now, language);
}

function Gate() {
  const { draft } = useLoaderData<typeof loader>();
  const t = useText(rulebook);
  const { now, language } = useFrame();
  const { findings, notice, head } = draft;
  if (head.base === null) return null;
  const faults = findings.filter((one) => one.level === 'fault');
  return (
    <section className="card stack">
      <h2>{t('gate')}</h2>
      {faults.length === 0 ? (
        <Note>{t('gateGood')}</Note>
      ) : (
        <Note tone="bad">{t('gateFaults', { count: faults.length })}</Note>
      )}
      <ul className="lines">
        {findings.map((one, index) => (
          <li key={index}>
            <Tag tone={one.level === 'fault' ? 'bad' : 'hold'}>{t(one.level)}</Tag>{' '}
            {one.article ? (
              <a href={paths.operatorArticle(head.version, one.article)}>
                {t('articleNo', { no: one.article })}
              </a>
            ) : (
              t('wholeBook')
            )}{' '}
            {one[language]} {one.found && <code className="mono wrap-anywhere">{one.found}</code>}
          </li>
        ))}
      </ul>
      <p>
        {t('noticeLine', {
          importance: t(`importance_${notice.importance}`),
          days: notice.days,
          time: deadline(notice.earliest, now, language),
        })}{' '}
        <a className="cite" href={paths.article(notice.article)}>
          {t('articleNo', { no: notice.article })}
        </a>
      </p>
    </section>
  );
}

function Changes() {
  const { draft } = useLoaderData<typeof loader>();
  const t = useText(rulebook);
  const { language } = useFrame();
  if (draft.head.base === null) return null;
  return (
    <section className="card">
      <h2>{t('changes')}</h2>
      <Table
        caption={t('changes')}
        rows={draft.changed}
        rowKey={(one) => one.no}
        empty={<Empty title={t('changesNone')}>{t('changesNoneText')}</Empty>}
        columns={[
          {
            key: 'no',
            head: t('colVersion'),
            cell: (one) => (
              <a href={paths.operatorArticle(draft.head.version, one.no)}>
                {t('articleNo', { no: one.no })} {one.title[language]}
              </a>
            ),
          },
          { key: 'kind', head: t('colChange'), cell: (one) => t(one.kind === 'added' ? 'added' : 'changed') },
          {
            key: 'important',
            head: t('importance'),
            cell: (one) => t(one.important ? 'changeImportant' : 'changeGeneral'),
          },
        ]}
      />
    </section>
  );
}

function Articles({ editable }: { editable: boolean }) {
  const { draft } = useLoaderData<typeof loader>();
  const t = useText(rulebook);
  const { language } = useFrame();
  return (
    <section className="card stack">
      <h2>{t('articles')}</h2>
      {draft.chapters.map((chapter) => (
        <details key={chapter.title.zh}>
          <summary>{chapter.title[language]}</summary>
          <ul className="lines">
            {chapter.articles.map((article) => (
              <li key={article.no} className="between">
                <span>
                  {t('articleNo', { no: article.no })} {article.title[language]}
                </span>
                <a href={paths.operatorArticle(draft.head.version, article.no)}>
                  {t(editable ? 'edit' : 'text')}
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {editable && (
        <form className="sift" method="post">
          <input type="hidden" name="intent" value="add" />
          <input
            className="in min-w-0 flex-1"
            name="no"
            required
            pattern="\d{1,3}(-\d{1,2})?"
            aria-label={t('addNo')}
            placeholder={t('addNo')}
          />
          <ButtonSend label={t('addButton')} />
        </form>
      )}
      {editable && <p className="mute">{t('addHint')}</p>}
    </section>
  );
}

const ButtonSend = ({ label }: { label: string }) => (
  <button className="btn line" type="submit">
    {label}
  </button>
);

const shownSteps = 12;

function History() {
  const { draft } = useLoaderData<typeof loader>();
  const t = useText(rulebook);
  const { now, language } = useFrame();
  return (
    <section className="card">
      <h3>{t('history')}</h3>
      <ol className="tlh">
        {draft.steps.slice(-shownSteps).map((step) => (
          <li key={step.step}>
            <b>{moment(step.at, now, language)}</b>
            <span>
              {step.mine ? t('me') : t(`by_${step.by}` as 'by_operator')}{' '}
              {t(`event_${step.event}` as 'event_draft')}{' '}
              {step.note && <span className="mute">{step.note}</span>}
              <br />
              <span className="mute mono">{step.sha256.slice(0, 12)}</span>
            </span>
          </li>
        ))}
      </ol>
      {draft.head.base && draft.head.state !== 'draft' && draft.head.state !== 'withdrawn' && (
        <p className="mt-3">
          <ButtonLink kind="line" small href={paths.rulesChanges(draft.head.version, draft.head.base)}>
            {t('changes')}
          </ButtonLink>
        </p>
      )}
    </section>
  );
}
