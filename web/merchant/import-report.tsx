import { useEffect } from 'react';
import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  useRevalidator,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { clock, count, fullDay, msOf } from '../text/format.ts';
import { stock as words } from '../text/stock.ts';
import { useFrame, useLanguage, useText, type Language } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input } from '../ui/Field.tsx';
import { Progress, Proportion, Steps } from '../ui/Progress.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useSteps } from './importSteps.ts';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api } = page(context);
  const [report, stock] = await Promise.all([
    found(api.inventory.readImport({ shopId: shop.id, importId: params['importId'] ?? '' })),
    found(api.inventory.readStock({ shopId: shop.id })),
  ]);
  const item = stock.items.find((one) => one.variantId === report.variantId);
  if (!item) throw data({ code: 'POOL_NOT_FOUND', message: '' }, { status: 404 });
  return {
    report,
    goods: `${item.title} ${item.variant}`,
    onHand: item.onHand,
    title: `${item.title} ${item.variant}`,
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const api = keyed(context, form).inventory;
  const asked = { shopId: shop.id, importId: params['importId'] ?? '' };
  if (text(form, 'intent') === 'discard') {
    const outcome = await tried(api.discardImport(asked));
    return outcome.ok ? redirect(paths.merchantImport()) : again(outcome.refusal, form);
  }
  const outcome = await tried(api.confirmImport({ ...asked, source: text(form, 'source') }));
  return outcome.ok ? redirect(paths.merchantImportReport(asked.importId)) : again(outcome.refusal, form);
}

type Report = Answers['inventory']['readImport'];
const step = { draft: 2, queued: 3, done: 4, refused: 2, discarded: 0 } as const;

export default function ImportReport() {
  const { report, goods } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  const steps = useSteps();
  const { state } = report;
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.merchantStock(), label: t('title') },
          { href: paths.merchantPool(report.variantId), label: goods },
        ]}
        here={t('importTitle')}
      />
      <h1>{t(`${state}Title`)}</h1>
      <Steps steps={steps} at={step[state]} />
      <Answer refused={answer?.refusal.message} />
      {report.refusal && <Note tone="bad">{report.refusal[language]}</Note>}
      {state === 'discarded' ? (
        <Empty
          title={t('discardedTitle')}
          next={<ButtonLink href={paths.merchantImport(report.variantId)}>{t('importTitle')}</ButtonLink>}
        >
          {t('discardedText')}
        </Empty>
      ) : (
        <div className="g2">
          <div className="stack">
            <Counts report={report} />
            {state === 'queued' && <Running report={report} />}
            <Problems report={report} />
            {report.preview.length > 0 && <Preview report={report} />}
          </div>
          <aside className="stack">
            {state === 'draft' ? <Decide report={report} /> : <After report={report} />}
          </aside>
        </div>
      )}
    </>
  );
}

function Counts({ report }: { report: Report }) {
  const t = useText(words);
  const language = useLanguage();
  const { rows, accepted, fixed, rejected } = report.counts;
  const number = (value: number) => count(value, language);
  return (
    <section className="card">
      <div className="between">
        <h2>{report.fileName || t('pasted')}</h2>
        <a href={paths.merchantImport(report.variantId)} className="mute">
          {t('another')}
        </a>
      </div>
      <div className="sum mt-3">
        <p>
          <b>{number(rows)}</b>
          <span>{t('rows')}</span>
        </p>
        <p>
          <b className="text-brand">{number(accepted)}</b>
          <span>{t('accepted')}</span>
        </p>
        <p>
          <b className="text-hold">{number(fixed)}</b>
          <span>{t('fixed')}</span>
        </p>
        <p>
          <b className="text-alarm">{number(rejected)}</b>
          <span>{t('rejected')}</span>
        </p>
      </div>
      <Proportion
        label={t('proportion', {
          accepted: number(accepted),
          fixed: number(fixed),
          rejected: number(rejected),
        })}
        parts={[
          { tone: 'brand', size: accepted - fixed },
          { tone: 'hold', size: fixed },
          { tone: 'alarm', size: rejected },
        ]}
      />
      {report.columns.length > 0 && <ReadAs report={report} />}
    </section>
  );
}

const letter = (index: number): string => String.fromCodePoint(65 + index);

/** What was recognised, so that a wrong guess is seen before anything is written. */
function ReadAs({ report }: { report: Report }) {
  const t = useText(words);
  return (
    <div className="stack mt-4">
      <h3>{t('readAs')}</h3>
      <Facts
        facts={[
          { name: t('encoding'), value: report.encoding.toUpperCase() },
          { name: t('delimiter'), value: t(`delimiter_${report.delimiter}`) },
          { name: t('header'), value: t(report.header ? 'headerYes' : 'headerNo') },
          {
            name: t('columns'),
            value: report.columns
              .map((kind, index) => t('columnIs', { letter: letter(index), kind: t(`column_${kind}`) }))
              .join(' · '),
          },
        ]}
      />
      <p className="mute">{t('readWrong')}</p>
    </div>
  );
}

/** How far the writing is; with JavaScript the page asks again every second, without it there is a link. */
function Running({ report }: { report: Report }) {
  const t = useText(words);
  const language = useLanguage();
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(() => void revalidate(), 1000);
    return () => clearInterval(timer);
  }, [revalidate]);
  const { done, all } = report.progress ?? { done: 0, all: report.counts.accepted };
  return (
    <section className="card stack">
      <Progress
        label={
          report.progress
            ? t('progress', { done: count(done, language), all: count(all, language) })
            : t('progressStart')
        }
        done={done}
        of={all}
      />
      <p className="mute">{t('progressText')}</p>
      <ButtonLink href={paths.merchantImportReport(report.importId)} kind="line" small>
        {t('refresh')}
      </ButtonLink>
    </section>
  );
}

const problemsShown = 200;

function Problems({ report }: { report: Report }) {
  const t = useText(words);
  const { language } = useFrame();
  if (report.problems.length === 0 && report.counts.rejected > 0) return null;
  return (
    <section className="card">
      <h2>{t('problems')}</h2>
      {report.problems.length === 0 && <p className="sub">{t('problemsNone')}</p>}
      <ul className="er">
        {report.problems.map((one) => {
          const size = one.toRow - one.row + 1;
          const what = one.what[language];
          return (
            <li key={one.row}>
              <p className="ln">
                {size > 1 ? t('rowRun', { row: one.row, to: one.toRow }) : t('row', { row: one.row })}
              </p>
              <b className="text-alarm">
                {size > 1 ? t('problemCount', { what, count: count(size, language) }) : what}
              </b>
              <span className="v">{one.shown || '—'}</span>
              <span className="sub text-sm">{one.cure[language]}</span>
            </li>
          );
        })}
      </ul>
      {report.problems.length >= problemsShown && <p className="mute">{t('problemsMore')}</p>}
      {report.problems.some((one) => one.reason === 'NOT_ACCEPTED') && (
        <p className="mute mt-3">{t('foreign')}</p>
      )}
    </section>
  );
}

/** A key that runs out at midnight is good until the day before has ended, as its card says. */
const expiry = (at: string, language: Language): string =>
  clock(at) === '00:00' ? fullDay(msOf(at) - 1, language) : `${fullDay(at, language)} ${clock(at)}`;

function Preview({ report }: { report: Report }) {
  const t = useText(words);
  const { language } = useFrame();
  const under = (kind: Report['columns'][number], name: string): string => {
    const index = report.columns.indexOf(kind);
    return index < 0 ? name : `${name} ← ${letter(index)}`;
  };
  const columns: Column<Report['preview'][number]>[] = [
    { key: 'row', head: t('colRow'), cell: (one) => one.row },
    {
      key: 'card',
      head: under('card_no', t('colCardNo')),
      cell: (one) => <span className="mono">{one.cardNo || '—'}</span>,
    },
    {
      key: 'secret',
      head: under('secret', t('colSecret')),
      cell: (one) => <span className="mono">{one.secret || '—'}</span>,
    },
    {
      key: 'expires',
      head: under('expires_at', t('colExpires')),
      cell: (one) => (one.expiresAt === null ? '—' : expiry(one.expiresAt, language)),
    },
    {
      key: 'result',
      head: t('colResult'),
      cell: (one) => <Tag tone={one.accepted ? 'ok' : 'bad'}>{one.result[language]}</Tag>,
    },
  ];
  return (
    <section className="card pv">
      <h2>{t('preview')}</h2>
      <Table
        caption={t('previewCaption')}
        columns={columns}
        rows={report.preview}
        rowKey={(one) => String(one.row)}
        empty={null}
      />
    </section>
  );
}

/** Nothing has been written: confirm, download the errors, or delete. */
function Decide({ report }: { report: Report }) {
  const { onHand } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  const { rows, accepted, rejected } = report.counts;
  const number = (value: number) => count(value, language);
  const label = t('confirm', { count: number(accepted) });
  return (
    <Form method="post" className="stack">
      <section className="card">
        <h3>{t('sourceTitle')}</h3>
        <Input
          label={t('source')}
          name="source"
          maxLength={200}
          defaultValue={answer?.typed['source'] ?? report.source}
          hint={<Rich text={t('sourceHint')} />}
          error={answer?.refusal.fields['source']}
        />
      </section>
      <section className="card stack">
        {accepted === 0 ? (
          <Why label={label} kind="filled" reason={t('confirmNothing')} />
        ) : (
          <Act
            consequence={
              <>
                {t('confirmAfter', { stock: number(onHand + accepted) })}
                {rejected > 0 && t('confirmRest', { rejected: number(rejected) })}
                {report.until && <> {t('until', { time: clock(report.until) })}</>}
              </>
            }
          >
            <Submit intent="confirm" busyText={t('confirmBusy')}>
              {label}
            </Submit>
          </Act>
        )}
        {rejected > 0 && <Rejects report={report} />}
        {rejected > 0 && accepted > 0 && (
          <Why
            label={t('whole', { count: number(rows) })}
            reason={t('wholeWhy', { count: number(rejected) })}
          />
        )}
        <Act consequence={t('discardAfter')}>
          <Submit intent="discard" kind="line">
            {t('discard')}
          </Submit>
        </Act>
      </section>
      <p className="mute">{t('fileSafe')}</p>
    </Form>
  );
}

function Rejects({ report }: { report: Report }) {
  const t = useText(words);
  const language = useLanguage();
  return (
    <Act consequence={t('rejectsAfter')}>
      <ButtonLink href={paths.merchantRejects(report.importId)} kind="line" icon="download">
        {t('rejects', { count: count(report.counts.rejected, language) })}
      </ButtonLink>
    </Act>
  );
}

function After({ report }: { report: Report }) {
  const t = useText(words);
  const language = useLanguage();
  return (
    <section className="card stack">
      {report.state === 'done' && (
        <p role="status">{t('doneText', { accepted: count(report.counts.accepted, language) })}</p>
      )}
      <ButtonLink href={paths.merchantPool(report.variantId)}>{t('seeStock')}</ButtonLink>
      {report.counts.rejected > 0 && report.problems.length > 0 && <Rejects report={report} />}
      <ButtonLink href={paths.merchantImport(report.variantId)} kind="line">
        {t('another')}
      </ButtonLink>
    </section>
  );
}
