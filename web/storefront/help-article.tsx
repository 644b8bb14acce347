import {
  data,
  Form,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { topicWords } from '../../src/community/guides.contract.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { community } from '../text/community.ts';
import { fullDay } from '../text/format.ts';
import { textIn, useFrame, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input, Textarea } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';
import { Official } from './help.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const slug = params['slug'] ?? '';
  // A reading counts once a session, so looking at a page again changes nothing.
  await found(api.community.readGuide({ slug }));
  const guide = await found(api.community.guide({ slug }));
  const title = `${guide.title[language]} · ${textIn(common, language)('brand')}`;
  return { guide, formKey: formKey(context), title };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const slug = params['slug'] ?? '';
  const api = keyed(context, form);
  if (text(form, 'intent') === 'ask') {
    const asked = await tried(api.community.askBelow({ slug, text: text(form, 'question') }));
    if (!asked.ok) return again(asked.refusal, form);
    return data({
      refusal: undefined,
      typed: undefined,
      did: asked.value.held ? ('askHeld' as const) : ('askDone' as const),
    });
  }
  const useful = text(form, 'useful') === 'yes';
  const judged = await tried(api.community.judgeGuide({ slug, useful, note: text(form, 'note') }));
  if (!judged.ok) return again(judged.refusal, form);
  return data({ refusal: undefined, typed: undefined, did: 'usefulDone' as const });
}

export default function HelpArticle() {
  const { guide } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.help(), label: t('helpTitle') },
          { href: paths.help({ topic: guide.topic }), label: topicWords[guide.topic][language] },
        ]}
        here={guide.title[language]}
      />
      <Answer refused={answer?.refusal?.message} did={answer && 'did' in answer && t(answer.did)} />
      <div className="two">
        <div className="stack">
          <article className="card stack">
            <h1>{guide.title[language]}</h1>
            <p className="mute">
              {t('byline', {
                by: guide.by,
                day: fullDay(guide.at, language),
                version: guide.version,
                count: guide.reads,
              })}
            </p>
            <div className="read">
              {guide.body[language].split(/\n\s*\n/).map((paragraph, index) => (
                <p key={index}>
                  <Rich text={paragraph} />
                </p>
              ))}
            </div>
          </article>
          <Useful />
          <Posts />
        </div>
        <aside className="stack">
          <Related />
          <Official />
        </aside>
      </div>
    </>
  );
}

function Useful() {
  const { guide } = useLoaderData<typeof loader>();
  const t = useText(community);
  return (
    <section className="card stack">
      <h2>{t('useful')}</h2>
      <p className="mute">{t('usefulCounts', { useful: guide.useful, useless: guide.useless })}</p>
      <Form method="post" className="stack">
        <Input label={t('usefulNote')} name="note" maxLength={500} />
        <p className="row">
          <button
            className="btn line"
            type="submit"
            name="useful"
            value="yes"
            aria-pressed={guide.mine === true}
          >
            {t('usefulYes')}
          </button>
          <button
            className="btn line"
            type="submit"
            name="useful"
            value="no"
            aria-pressed={guide.mine === false}
          >
            {t('usefulNo')}
          </button>
        </p>
      </Form>
    </section>
  );
}

function Related() {
  const { guide } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <section className="card">
      <h3>{t('related')}</h3>
      <ul className="hits">
        {guide.related.map((one) => (
          <li key={one.slug}>
            <a href={paths.guide(one.slug)}>{one.title[language]}</a>
            <span className="mute">{t('reads', { count: one.reads })}</span>
          </li>
        ))}
      </ul>
      <p className="mute">{t('relatedHow')}</p>
    </section>
  );
}

function Posts() {
  const { guide, formKey: key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const { viewer, path, language } = useFrame();
  return (
    <section className="card stack">
      <h2>{t('posts')}</h2>
      {guide.posts.length === 0 && <Empty title={t('postsNone')}>{t('postsNoneText')}</Empty>}
      <ul className="hits">
        {guide.posts.map((post) => (
          <li key={post.postId}>
            <span className="row">
              <b>{post.author}</b>
              <span className="mute">{fullDay(post.at, language)}</span>
              {post.held && <Tag tone="hold">{t('held')}</Tag>}
            </span>
            <span className="said">{post.text}</span>
            {post.answer && <span className="said mute">{t('answerBy', { text: post.answer })}</span>}
          </li>
        ))}
      </ul>
      {viewer.signedIn ? (
        <Form method="post" className="stack">
          <IdempotencyKey value={key} />
          <Textarea
            label={t('ask')}
            hint={t('askHint')}
            name="question"
            required
            minLength={4}
            maxLength={500}
            rows={3}
            defaultValue={answer?.typed?.['question']}
          />
          <Act consequence={t('askAfter')}>
            <Submit intent="ask" kind="line">
              {t('ask')}
            </Submit>
          </Act>
        </Form>
      ) : (
        <p>
          <ButtonLink kind="line" small href={paths.login(path)}>
            {t('askLogin')}
          </ButtonLink>
        </p>
      )}
    </section>
  );
}
