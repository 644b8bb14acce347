import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { topicWords } from '../../src/community/guides.contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { fullDay } from '../text/format.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const [{ guides }, { posts }] = await Promise.all([
    found(api.community.guides({})),
    found(api.community.heldPosts({})),
  ]);
  return { guides, posts, title: textIn(community, language)('o_help') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const decided = await tried(
    keyed(context, form).community.decidePost({
      postId: text(form, 'post'),
      show: text(form, 'intent') === 'show',
      answer: text(form, 'answer'),
    }),
  );
  if (!decided.ok) return again(decided.refusal, form);
  throw redirect(paths.operatorHelp(), 303);
}

export default function OperatorHelp() {
  const { guides, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <>
      <header className="mh">
        <h1>{title}</h1>
        <p>
          <ButtonLink small href={paths.operatorGuide('new')}>
            {t('o_new')}
          </ButtonLink>
        </p>
      </header>
      <Answer refused={answer?.refusal?.message} />
      <Waiting />
      <section className="card">
        <ul className="hits">
          {guides.map((guide) => (
            <li key={guide.slug}>
              <span className="row">
                <a href={paths.operatorGuide(guide.slug)}>{guide.title[language]}</a>
                <Tag tone={guide.published === null ? 'hold' : 'ok'}>
                  {guide.published === null ? t('o_draft') : t('o_published', { version: guide.published })}
                </Tag>
                {guide.published !== null && guide.newest > guide.published && (
                  <Tag tone="hold">{t('o_newer', { version: guide.newest })}</Tag>
                )}
              </span>
              <span className="mute">
                {topicWords[guide.topic][language]} · {guide.by} · {fullDay(guide.at, language)} ·{' '}
                {t('reads', { count: guide.reads })} ·{' '}
                {t('o_votes', { useful: guide.useful, useless: guide.useless })}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Waiting() {
  const { posts } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  return (
    <section className="card stack mb-4">
      <h2>{t('o_postsTitle')}</h2>
      {posts.length === 0 && <Empty title={t('o_postsNone')} />}
      {posts.map((post) => (
        <Form method="post" className="stack" key={post.postId}>
          <input type="hidden" name="post" value={post.postId} />
          <p className="row">
            <b>{post.author}</b> <a href={paths.guide(post.slug)}>{post.title[language]}</a>
            {post.held && <Tag tone="bad">{t('o_heldFor', { why: post.heldFor.join('、') })}</Tag>}
          </p>
          <p className="said">{post.text}</p>
          <Input label={t('o_answer')} name="answer" maxLength={1000} />
          <Act consequence={t('o_decideAfter')}>
            <Submit intent="show" small>
              {t('o_show')}
            </Submit>{' '}
            <Submit intent="hide" kind="line" small>
              {t('o_hide')}
            </Submit>
          </Act>
        </Form>
      ))}
    </section>
  );
}
