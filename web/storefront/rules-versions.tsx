import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, signedIn, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { Schedule, Subscribe, VersionTag } from './RulesPieces.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context }: LoaderFunctionArgs) {
  const { api, viewer, language } = page(context);
  const [{ books }, subscription] = await Promise.all([
    found(api.rules.list({})),
    viewer.userId && !viewer.guest ? found(api.rules.subscription({})) : null,
  ]);
  return { books: books.toReversed(), subscription, title: textIn(rulesText, language)('versions') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  signedIn(context, request);
  const form = await request.formData();
  const outcome = await tried(keyed(context, form).rules.subscribe({ on: text(form, 'intent') === 'on' }));
  return outcome.ok ? redirect(`${paths.rulesVersions()}#subscribe`) : again(outcome.refusal, form);
}

export default function Versions() {
  const { books, subscription } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulesText);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.rules(), label: t('title') }]} here={t('versions')} />
      <header className="list-h">
        <h1>{t('versions')}</h1>
        <p className="sub">{t('versionsLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} />
      <div className="two">
        <div className="stack">
          {books.map((book) => (
            <Version key={book.version} book={book} />
          ))}
        </div>
        <aside className="stack">
          <Subscribe subscription={subscription} />
          <section className="card">
            <h3>{t('calendar')}</h3>
            <p className="mute">{t('calendarLead')}</p>
            <p className="mt-3">
              <ButtonLink kind="line" small href={paths.rulesCalendar()}>
                {t('calendar')}
              </ButtonLink>
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}

function Version({ book }: { book: Answers['rules']['list']['books'][number] }) {
  const t = useText(rulesText);
  const language = useLanguage();
  return (
    <section className="card stack">
      <div className="between">
        <h2>
          {book.title[language]} {book.version}
        </h2>
        <VersionTag book={book} />
      </div>
      <p className="row">
        <Tag tone={book.importance === 'important' ? 'hold' : undefined}>{t(book.importance)}</Tag>
      </p>
      <p>{book.reasons[language]}</p>
      <Schedule book={book} />
      <p className="row">
        <ButtonLink kind="line" small href={paths.rulesVersion(book.version)}>
          {t('read')}
        </ButtonLink>
        {book.base && (
          <ButtonLink kind="line" small href={paths.rulesChanges(book.version, book.base)}>
            {t('compare', { version: book.base })}
          </ButtonLink>
        )}
        <ButtonLink kind="line" small href={paths.rulesComments(book.version)}>
          {t('comments')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesPrint(book.version)}>
          {t('print')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesFile(book.version, 'md')}>
          {t('downloadMd')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.rulesFile(book.version, 'json')}>
          {t('downloadJson')}
        </ButtonLink>
      </p>
      <p className="mute mono wrap-anywhere">{t('fingerprint', { hash: book.sha256 })}</p>
    </section>
  );
}
