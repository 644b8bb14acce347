import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Select } from '../ui/Field.tsx';
import type { PageHandle } from './frame.tsx';
import { ChangeCard, VersionTag } from './RulesPieces.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const { books, current } = await found(api.rules.list({}));
  const newest = books.at(-1);
  const to = query.get('to') || newest?.version || current;
  const from = query.get('from') || books.find((book) => book.version === to)?.base || current;
  const title = textIn(rulesText, language)('changes');
  const comparison = from === to ? null : await found(api.rules.diff({ version: to, from }));
  return { books, from, to, comparison, title };
}

export default function Changes() {
  const { books, from, to, comparison } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const language = useLanguage();
  const options = books.map((book) => ({
    value: book.version,
    label: `${book.version} ${t(`state_${book.state}`)}`,
  }));
  const home = [
    { href: paths.rules(), label: t('title') },
    { href: paths.rulesVersions(), label: t('versions') },
  ];
  return (
    <>
      <Breadcrumbs trail={home} here={t('changes')} />
      <header className="list-h">
        <h1>{t('changes')}</h1>
        <p className="sub">{t('changesLead', { from, to })}</p>
      </header>
      <form className="pick mb-4" action="/rules/changes">
        <Select label={t('from')} name="from" options={options} defaultValue={from} />
        <Select label={t('to')} name="to" options={options} defaultValue={to} />
        <button className="btn line" type="submit">
          {t('compareButton')}
        </button>
      </form>
      {comparison === null ? (
        <Empty
          title={t('sameVersion')}
          next={<ButtonLink href={paths.rulesVersions()}>{t('versions')}</ButtonLink>}
        >
          {t('sameVersionText')}
        </Empty>
      ) : (
        <div className="stack">
          <section className="card stack">
            <p className="row">
              <VersionTag book={comparison.from} />
              <VersionTag book={comparison.to} />
            </p>
            <h2>{t('whatChanges')}</h2>
            <p>{comparison.to.reasons[language]}</p>
            <p className="mute">
              {t(comparison.to.ordersBefore === 'old_version' ? 'ordersOld' : 'ordersBetter')}
            </p>
          </section>
          {comparison.articles.length === 0 && (
            <Empty
              title={t('noChanges')}
              next={<ButtonLink href={paths.rulesVersions()}>{t('versions')}</ButtonLink>}
            >
              {t('noChangesText')}
            </Empty>
          )}
          {comparison.articles.map((change) => (
            <ChangeCard key={change.no} change={change} version={comparison.to.version} />
          ))}
        </div>
      )}
    </>
  );
}
