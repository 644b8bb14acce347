import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import {
  guideKinds,
  topics,
  topicWords,
  type GuideKind,
  type Topic,
} from '../../src/community/guides.contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { fullDay } from '../text/format.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const slug = params['slug'] ?? 'new';
  const guide = slug === 'new' ? null : await found(api.community.guideDraft({ slug }));
  return {
    guide,
    did: new URL(request.url).searchParams.has('did'),
    title: guide?.title[language] ?? textIn(community, language)('o_new'),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const api = keyed(context, form).community;
  const slug = params['slug'] === 'new' ? text(form, 'slug') : (params['slug'] ?? '');
  const intent = text(form, 'intent');
  const both = (name: string) => ({ zh: text(form, name), en: text(form, `${name}En`) });
  const outcome = await tried<unknown>(
    intent === 'publish'
      ? api.publishGuide({ slug, newest: Number(text(form, 'version')) })
      : intent === 'withdraw'
        ? api.withdrawGuide({ slug })
        : api.writeGuide({
            slug,
            kind: text(form, 'kind') as GuideKind,
            topic: text(form, 'topic') as Topic,
            title: both('title'),
            lead: both('summary'),
            body: both('body'),
          }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(`${paths.operatorGuide(slug)}?did=1`, 303);
}

export default function OperatorGuide() {
  const { guide, title, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorHelp(), label: t('o_help') }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
        {guide && (
          <p className="row">
            <Tag tone={guide.published === null ? 'hold' : 'ok'}>
              {guide.published === null ? t('o_draft') : t('o_published', { version: guide.published })}
            </Tag>
            <span className="mute">{t('o_votes', { useful: guide.useful, useless: guide.useless })}</span>
          </p>
        )}
      </header>
      <Answer refused={answer?.refusal?.message} did={did && t('o_done')} />
      <div className="two">
        <Text />
        <aside className="stack">{guide && <Life />}</aside>
      </div>
    </>
  );
}

function Text() {
  const { guide } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const language = useLanguage();
  const typed = answer?.typed ?? {};
  const wrong = answer?.refusal?.fields ?? {};
  return (
    <section className="card">
      <Form method="post" className="stack">
        {!guide && (
          <Input
            label={t('o_slug')}
            name="slug"
            required
            pattern="[a-z0-9\-]{1,60}"
            defaultValue={typed['slug']}
            error={wrong['slug']}
          />
        )}
        <Select
          label={t('o_kind')}
          name="kind"
          defaultValue={typed['kind'] ?? guide?.kind}
          options={guideKinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
        />
        <Select
          label={t('o_topic')}
          name="topic"
          defaultValue={typed['topic'] ?? guide?.topic}
          options={topics.map((topic) => ({ value: topic, label: topicWords[topic][language] }))}
        />
        {(['title', 'summary'] as const).map((part) => (
          <div key={part} className="stack">
            <Input
              label={t(`o_${part}`)}
              name={part}
              required
              defaultValue={typed[part] ?? guide?.[part].zh}
            />
            <Input
              label={t('o_inEn', { field: t(`o_${part}`) })}
              name={`${part}En`}
              required
              defaultValue={typed[`${part}En`] ?? guide?.[part].en}
            />
          </div>
        ))}
        <Textarea
          label={t('o_body')}
          hint={t('o_bodyHint')}
          name="body"
          rows={10}
          required
          defaultValue={typed['body'] ?? guide?.body.zh}
        />
        <Textarea
          label={t('o_inEn', { field: t('o_body') })}
          name="bodyEn"
          rows={10}
          required
          defaultValue={typed['bodyEn'] ?? guide?.body.en}
        />
        <Act consequence={t('o_saveAfter')}>
          <Submit intent="save">{t('o_save')}</Submit>
        </Act>
      </Form>
    </section>
  );
}

function Life() {
  const { guide } = useLoaderData<typeof loader>();
  const t = useText(community);
  const language = useLanguage();
  if (!guide) return null;
  return (
    <>
      <section className="card stack">
        {guide.published !== guide.newest && (
          <Form method="post">
            <input type="hidden" name="version" value={guide.newest} />
            <Act consequence={t('o_publishAfter')}>
              <Submit intent="publish">{t('o_publish', { version: guide.newest })}</Submit>
            </Act>
          </Form>
        )}
        {guide.published !== null && (
          <Form method="post">
            <Act consequence={t('o_withdrawAfter')}>
              <Submit intent="withdraw" kind="line">
                {t('o_withdraw')}
              </Submit>
            </Act>
          </Form>
        )}
      </section>
      <section className="card">
        <h3>{t('o_versions')}</h3>
        <ul className="hits">
          {guide.versions.map((one) => (
            <li key={one.version}>
              {one.version} · {one.title[language]}
              <span className="mute">
                {one.by} · {fullDay(one.at, language)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {guide.notes.length > 0 && (
        <section className="card">
          <h3>{t('o_notes')}</h3>
          <ul className="hits">
            {guide.notes.map((one, index) => (
              <li key={index}>{one.note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
