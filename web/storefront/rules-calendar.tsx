import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { day, exact, fullDay } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, language, now } = page(context);
  const query = new URL(request.url).searchParams;
  const [calendar, { current }] = await Promise.all([
    found(api.rules.calendars({})),
    found(api.rules.list({})),
  ]);
  const { chapters } = await found(api.rules.read({ version: current }));
  const limits = chapters
    .flatMap((chapter) => chapter.articles)
    .flatMap((article) =>
      article.params
        .filter((param) => param.clock !== null)
        .map((param) => ({
          value: `${article.no}.${param.name}`,
          no: article.no,
          said: param.said,
          title: article.title,
        })),
    );
  const chosen = limits.find((one) => one.value === query.get('limit')) ?? limits[0];
  const start = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.exec(query.get('start') ?? '')?.[0];
  const asked =
    chosen && start && query.has('limit')
      ? await tried(
          api.rules.due({
            version: current,
            no: chosen.no,
            param: chosen.value.slice(chosen.no.length + 1),
            startAt: `${start}:00+08:00`,
          }),
        )
      : null;
  return {
    calendar,
    limits,
    limit: chosen?.value ?? '',
    start: start ?? beijingInput(now),
    answer: asked?.ok ? asked.value.text : null,
    title: textIn(rulesText, language)('calendar'),
  };
}

const dayOf = (text: string, language: 'zh' | 'en'): string => day(`${text}T00:00:00+08:00`, language);

/** 2026-11-20T12:00 in Beijing, as a field of a form has it. */
const beijingInput = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 16);

export default function Calendar() {
  const { calendar } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.rules(), label: t('title') }]} here={t('calendar')} />
      <header className="list-h">
        <h1>{t('calendar')}</h1>
        <p className="sub">{t('calendarLead')}</p>
      </header>
      <div className="two">
        <div className="stack">
          <section className="card stack">
            <h2>
              {t('calendarCovers', {
                version: calendar.current,
                day: fullDay(Date.parse(calendar.coveredUntil) - 1, language),
              })}
            </h2>
            <p className="mute">{t('calendarProvisional')}</p>
            {calendar.years.toReversed().map((year) => (
              <section key={year.year}>
                <h3>{year.year}</h3>
                <Facts
                  wide
                  facts={[
                    {
                      name: t('yearOff'),
                      value: year.off
                        .map(([from, to]) =>
                          from === to
                            ? dayOf(from, language)
                            : `${dayOf(from, language)}–${dayOf(to, language)}`,
                        )
                        .join(' · '),
                    },
                    {
                      name: t('yearWork'),
                      value: year.work.map((one) => dayOf(one, language)).join(' · ') || '—',
                    },
                  ]}
                />
                <p className="mute" lang="zh-CN">
                  {year.source}
                </p>
              </section>
            ))}
          </section>
          <Outages />
        </div>
        <aside className="stack">
          <Calculator />
        </aside>
      </div>
    </>
  );
}

function Outages() {
  const { calendar } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <section className="card stack">
      <h2>{t('outages')}</h2>
      {calendar.outages.length === 0 && <Empty title={t('outagesNone')}>{t('outagesNoneText')}</Empty>}
      <ul className="lines">
        {calendar.outages.map((one) => (
          <li key={one.from + one.to}>
            <b>{t('outageSpan', { from: exact(one.from, language), to: exact(one.to, language) })}</b>{' '}
            <Tag tone={one.applied ? 'ok' : 'hold'}>
              {t(one.applied ? 'outageApplied' : 'outageApplying')}
            </Tag>
            <p className="sub">{one.reason[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Calculator() {
  const { limits, limit, start, answer } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <section className="card calc">
      <h3>{t('calcTitle')}</h3>
      <form className="stack" action={paths.rulesCalendar()}>
        <Select
          label={t('calcParam')}
          name="limit"
          defaultValue={limit}
          options={limits.map((one) => ({
            value: one.value,
            label: `${t('calcOption', { no: one.no, said: one.said[language] })} ${one.title[language]}`,
          }))}
        />
        <Input label={t('calcStart')} name="start" type="datetime-local" defaultValue={start} required />
        <Act consequence={t('calcAfter')}>
          <button className="btn line" type="submit">
            {t('calcButton')}
          </button>
        </Act>
      </form>
      {answer && <Note answer>{answer[language]}</Note>}
    </section>
  );
}
