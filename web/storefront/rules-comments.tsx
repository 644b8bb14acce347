import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, found, formKey, keyed, page, signedIn, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { deadline, moment } from '../text/format.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Pager } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { Schedule, VersionTag } from './RulesPieces.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, viewer, language } = page(context);
  const query = new URL(request.url).searchParams;
  const { books, current } = await found(api.rules.list({}));
  const open = books.find((book) => book.state === 'consultation');
  const version = query.get('version') || open?.version || current;
  const after = Math.max(0, Math.trunc(Number(query.get('after')) || 0));
  const [answers, book] = await Promise.all([
    found(api.rules.comments({ version, after })),
    found(api.rules.read({ version })),
  ]);
  return {
    ...answers,
    book,
    signedIn: viewer.userId !== null && !viewer.guest,
    sent: Number(query.get('sent')) || 0,
    key: formKey(context),
    title: textIn(rulesText, language)('comments'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  signedIn(context, request);
  const form = await request.formData();
  const [version, article] = [text(form, 'version'), text(form, 'article')];
  const outcome = await tried(
    keyed(context, form).rules.comment({
      version,
      text: text(form, 'text'),
      ...(article === '' ? {} : { article }),
    }),
  );
  return outcome.ok
    ? redirect(withQuery('/rules/comments', { version, sent: outcome.value.number }))
    : again(outcome.refusal, form);
}

export default function Comments() {
  const { comments, shown, next, until, book, sent } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  const { now, language } = useFrame();
  const home = [
    { href: paths.rules(), label: t('title') },
    { href: paths.rulesVersions(), label: t('versions') },
  ];
  return (
    <>
      <Breadcrumbs trail={home} here={t('comments')} />
      <header className="list-h">
        <h1>
          {t('comments')} {book.version}
        </h1>
        <p className="sub">{t('commentsLead')}</p>
        <p className="row">
          <VersionTag book={book} />
          {until && <Tag tone="hold">{t('commentsUntil', { time: deadline(until, now, language) })}</Tag>}
          <Tag>{t('commentsCount', { count: shown })}</Tag>
        </p>
      </header>
      <Answer did={sent > 0 && t('commentSent', { number: sent })} />
      <div className="two">
        <div className="stack">
          {comments.length === 0 && <Empty title={t('commentsNone')}>{until && t('commentsNoneText')}</Empty>}
          {comments.map((one) => (
            <Comment key={one.number} one={one} version={book.version} />
          ))}
          <Pager
            next={next ? withQuery('/rules/comments', { version: book.version, after: next }) : undefined}
          />
        </div>
        <aside className="stack">
          <section className="card">
            <h3>{t('whatChanges')}</h3>
            <p>{book.reasons[language]}</p>
            <Schedule book={book} />
            {book.base && (
              <p className="mt-3">
                <ButtonLink kind="line" small href={paths.rulesChanges(book.version, book.base)}>
                  {t('wholeComparison')}
                </ButtonLink>
              </p>
            )}
          </section>
          {until ? <Write /> : <Closed />}
        </aside>
      </div>
    </>
  );
}

function Closed() {
  const { book } = useLoaderData<typeof loader>();
  const t = useText(rulesText);
  return (
    <section className="card">
      <h3>{t('commentsClosed', { version: book.version })}</h3>
      <p className="mute">{t('commentsClosedText')}</p>
    </section>
  );
}

function Write() {
  const { book, signedIn: known, key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulesText);
  const { path, language } = useFrame();
  if (!known)
    return (
      <section className="card">
        <h3>{t('commentTitle')}</h3>
        <ButtonLink href={paths.login(path)}>{t('commentLogin')}</ButtonLink>
      </section>
    );
  const articles = book.chapters.flatMap((chapter) => chapter.articles);
  return (
    <section className="card">
      <h3>{t('commentTitle')}</h3>
      <Answer refused={answer?.refusal.message} />
      <Form method="post" className="stack">
        <IdempotencyKey value={key} />
        <input type="hidden" name="version" value={book.version} />
        <Select
          label={t('commentArticle')}
          name="article"
          defaultValue={answer?.typed['article'] ?? ''}
          options={[
            { value: '', label: t('commentWhole') },
            ...articles.map((one) => ({
              value: one.no,
              label: `${t('articleNo', { no: one.no })} ${one.title[language]}`,
            })),
          ]}
        />
        <Textarea
          label={t('commentText')}
          hint={t('commentHint')}
          name="text"
          rows={5}
          required
          minLength={5}
          maxLength={2000}
          defaultValue={answer?.typed['text']}
          error={answer?.refusal.fields['text']}
        />
        <Act consequence={t('commentAfter')}>
          <Submit>{t('commentSend')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Comment({
  one,
  version,
}: {
  one: Answers['rules']['comments']['comments'][number];
  version: string;
}) {
  const t = useText(rulesText);
  const { now, language } = useFrame();
  return (
    <article className="card stack" id={`c${one.number}`}>
      <p className="row">
        <b>{t('commentNo', { number: one.number })}</b>
        <span>{one.author}</span>
        <span className="mute">{moment(one.at, now, language)}</span>
        {one.article && (
          <a href={paths.article(one.article, version)}>{t('commentOn', { no: one.article })}</a>
        )}
        <Tag tone={one.state === 'answered' ? 'ok' : one.state === 'hidden' ? 'bad' : 'hold'}>
          {t(`comment_${one.state}`)}
        </Tag>
      </p>
      <p className="said">{one.text}</p>
      {one.outcome && (
        <div className="plain">
          <b>{t(`answer_${one.outcome}`)}</b> <span className="said">{one.reasons}</span>
        </div>
      )}
    </article>
  );
}
