import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { bulkMost } from '../../src/aftersales/bulk/contract.ts';
import type { Answers } from '../api.ts';
import { again, found, page, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { money } from '../text/format.ts';
import { inbox as words } from '../text/shop-inbox.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Kpis } from '../ui/Facts.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Table } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';

type Row = Answers['cases']['outlook']['rows'][number];
type Result = Answers['cases']['agreeAll']['results'][number];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const chosen = [...new Set(new URL(request.url).searchParams.getAll('case'))].slice(0, bulkMost);
  if (chosen.length === 0) throw redirect(`${paths.merchantCases()}?none`);
  const outlook = await found(api.cases.outlook({ shopId: shop.id, caseIds: chosen }));
  return { ...outlook, title: textIn(words, language)('agreeTitle', { count: chosen.length }) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const caseIds = [...new Set(form.getAll('case').map(String))].slice(0, bulkMost);
  const outcome = await tried(page(context).api.cases.agreeAll({ shopId: shop.id, caseIds }));
  return outcome.ok ? { refusal: undefined, ...outcome.value } : again(outcome.refusal, form);
}

/** Agreeing to many at once: first what each costs, then, once it is pressed, what became of each. */
export default function Agreement() {
  const { rows, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const results = answer && 'results' in answer ? answer : undefined;
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantCases(), label: t('hrefBack') }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{t('agreeLead')}</p>
      </header>
      <Answer refused={answer?.refusal?.message} />
      {results ? <Outcome rows={rows} results={results} /> : <Outlook />}
    </>
  );
}

function Outlook() {
  const { rows, amount, escrow, own, units, title } = useLoaderData<typeof loader>();
  const t = useText(words);
  const able = rows.filter((row) => row.able.ok);
  return (
    <>
      <Kpis
        items={[
          { value: money(amount), text: t('sumBack') },
          { value: money(escrow), text: t('sumEscrow') },
          { value: money(own), text: t('sumOwn') },
          { value: t('units', { count: units }), text: t('sumUnits') },
        ]}
      />
      <Form method="post" className="card stack">
        <CaseTable rows={rows} caption={title} />
        {able.map((row) => (
          <input key={row.caseId} type="hidden" name="case" value={row.caseId} />
        ))}
        {able.length === 0 ? (
          <Why label={t('agreeDo', { count: 0, amount: money('0') })} reason={t('agreeNothing')} />
        ) : (
          <Act consequence={<Rich text={t('agreeAfter')} />}>
            <Submit intent="agree">{t('agreeDo', { count: able.length, amount: money(amount) })}</Submit>
          </Act>
        )}
        <ButtonLink href={paths.merchantCases()} kind="line">
          {t('back')}
        </ButtonLink>
      </Form>
    </>
  );
}

function Outcome({
  rows,
  results,
}: {
  rows: readonly Row[];
  results: { results: readonly Result[]; done: number; failed: number };
}) {
  const t = useText(words);
  const { done, failed } = results;
  return (
    <>
      <div className="mb-4">
        <Note answer {...(failed > 0 ? { tone: 'hold' as const } : {})}>
          {failed > 0 ? t('results', { done, failed }) : t('resultsAll', { done })}
        </Note>
      </div>
      <section className="card stack">
        <CaseTable
          rows={rows.filter((row) => results.results.some((one) => one.caseId === row.caseId))}
          results={results.results}
          caption={t('hrefBack')}
        />
        <ButtonLink href={paths.merchantCases()} kind="line">
          {t('back')}
        </ButtonLink>
      </section>
    </>
  );
}

/** One row a case: what agreeing does, or did. */
function CaseTable({
  rows,
  results,
  caption,
}: {
  rows: readonly Row[];
  results?: readonly Result[];
  caption: string;
}) {
  const t = useText(words);
  const { language } = useFrame();
  const said = (row: Row) => {
    const result = results?.find((one) => one.caseId === row.caseId);
    if (result)
      return (
        <>
          <Tag tone={result.done ? 'ok' : 'bad'}>{t(result.done ? 'resultDone' : 'resultFailed')}</Tag>
          {!result.done && <span className="sub"> {result.why?.[language]}</span>}
        </>
      );
    if (!row.able.ok) return t('cannot', { why: row.able.why?.[language] ?? '' });
    return t(`does_${row.remedy}`, { count: row.units });
  };
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(row) => row.caseId}
      empty={null}
      columns={[
        {
          key: 'case',
          head: t('colCase'),
          cell: (row) => (
            <a href={paths.merchantCase(row.caseId)}>
              {row.title} <span className="mono">{row.caseId.slice(-6)}</span>
            </a>
          ),
        },
        { key: 'what', head: t('colWhat'), cell: said },
        {
          key: 'money',
          head: t('colMoney'),
          right: true,
          cell: (row) => (BigInt(row.amount) > 0n ? money(row.amount) : '—'),
        },
      ]}
    />
  );
}
