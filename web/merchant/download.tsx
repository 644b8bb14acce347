import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { fileLimits, uploadRefusals } from '../../src/delivery/download/contract.ts';
import { sayBytes } from '../../src/kit/file-name.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { downloads as words } from '../text/downloads.ts';
import { deadline, moment } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { shopOf } from './shop.server.ts';
import { UploadForm } from './UploadForm.tsx';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const listingId = params['listingId'] ?? '';
  const answer = await found(api.downloads.listReleases({ shopId: shop.id, listingId }));
  const wasDone = new URL(request.url).searchParams.has('done');
  return { ...answer, shopId: shop.id, listingId, wasDone, title: textIn(words, language)('shopTitle') };
}

/** The form without a script: its file is held in memory, so less of it is taken than by the upload with progress. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { language } = page(context);
  if (Number(request.headers.get('content-length') ?? 0) > fileLimits.form_bytes) {
    const { status, ...said } = uploadRefusals.FILE_TOO_LARGE;
    const refusal = { code: 'FILE_TOO_LARGE', status, message: said[language], fields: {}, detail: {} };
    return data({ refusal, typed: {} as Record<string, string> }, { status });
  }
  const form = await request.formData();
  const api = keyed(context, form).downloads;
  const at = { shopId: shop.id, listingId: params['listingId'] ?? '', version: text(form, 'version') };
  const file = form.get('file');
  const outcome = await tried<unknown>(
    text(form, 'intent') === 'register'
      ? api.registerAddress({
          ...at,
          name: text(form, 'name'),
          url: text(form, 'url'),
          code: text(form, 'code'),
          sha256: text(form, 'sha256'),
          size: text(form, 'size') === '' ? null : Number(text(form, 'size')),
        })
      : api.uploadRelease({
          ...at,
          name: file instanceof File ? file.name : '',
          file: file instanceof File ? file : new Blob([]),
        }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(withQuery(paths.merchantDownload(at.listingId), { done: 1 }), 303);
}

export default function Download() {
  const { listing, listingId, problems, wasDone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.merchantDownloads(), label: t('shopTitle') }]}
        here={listing.title}
      />
      <header className="mh">
        <h1>{listing.title}</h1>
        <ButtonLink href={paths.merchantListing(listingId)} kind="line">
          {t('editListing')}
        </ButtonLink>
      </header>
      <Answer refused={answer?.refusal.message} did={wasDone && t('done_uploaded')} />
      {!listing.stated && (
        <Note tone="hold">
          <strong>{t('unstatedTitle')}</strong> {t('unstated')}
        </Note>
      )}
      <div className="inbox">
        <div className="stack">
          {problems.length > 0 && <Problems />}
          {listing.stated && <Upload />}
          {listing.stated && <Register typed={answer?.typed ?? {}} fields={answer?.refusal.fields ?? {}} />}
        </div>
        <Releases />
      </div>
    </>
  );
}

function Problems() {
  const { problems } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language, now } = useFrame();
  return (
    <section className="card">
      <h2>{t('problems')}</h2>
      <p className="mute">{t('problemsLead')}</p>
      <ul className="lines">
        {problems.map((one) => (
          <li key={`${one.orderId}.${one.line}`}>
            <a href={paths.merchantOrder(one.orderId)}>
              {t('problemRow', { order: one.orderId, reason: t(`reason_${one.reason}`) })}
            </a>
            <p className="row">
              <Tag tone={one.finding === 'alive' ? undefined : 'bad'}>{t(`found_${one.finding}`)}</Tag>
              <Tag tone="hold" icon="clock">
                {t('dueText', { time: deadline(one.dueAt, now, language) })}
              </Tag>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Upload() {
  const { shopId, listingId, listing, limits } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <section className="card">
      <h2>{t('upload')}</h2>
      <p className="mute">
        {t('uploadLead', { max: sayBytes(limits.bytes) })}
        <noscript> {t('uploadPlain', { max: sayBytes(limits.form_bytes) })}</noscript>
      </p>
      <UploadForm shopId={shopId} listingId={listingId} version={listing.version} />
    </section>
  );
}

function Register({
  typed,
  fields,
}: {
  typed: Readonly<Record<string, string>>;
  fields: Readonly<Record<string, string>>;
}) {
  const { listing } = useLoaderData<typeof loader>();
  const t = useText(words);
  const line = (name: 'url' | 'code' | 'name' | 'sha256' | 'size', required: boolean, max: number) => (
    <Input
      label={t(`f_${name}`)}
      name={name}
      required={required}
      maxLength={max}
      defaultValue={typed[name]}
      error={fields[name]}
      autoComplete="off"
    />
  );
  return (
    <section className="card">
      <h2>{t('register')}</h2>
      <p className="mute">{t('registerLead')}</p>
      <Form method="post" className="stack">
        {line('url', true, 500)}
        {line('code', false, 40)}
        <Input
          label={t('uploadVersion')}
          name="version"
          required
          maxLength={40}
          defaultValue={typed['version'] ?? listing.version}
        />
        {line('name', true, 120)}
        {line('sha256', true, 64)}
        {line('size', false, 13)}
        <Act consequence={t('registerAfter')}>
          <Submit intent="register" kind="line">
            {t('registerButton')}
          </Submit>
        </Act>
      </Form>
    </section>
  );
}

type Release = Answers['downloads']['listReleases']['releases'][number];

function Releases() {
  const { releases } = useLoaderData<typeof loader>();
  const t = useText(words);
  return (
    <section className="card">
      <h2>{t('releases')}</h2>
      {releases.length === 0 && <p className="mute">{t('fileNone')}</p>}
      <ul className="lines">
        {releases.map((release) => (
          <ReleaseRow key={release.releaseId} release={release} />
        ))}
      </ul>
    </section>
  );
}

function ReleaseRow({ release }: { release: Release }) {
  const t = useText(words);
  const { language, now } = useFrame();
  const isOurs = release.origin === 'platform';
  return (
    <li>
      <p className="row">
        <strong className="break-all">
          {t('releaseRow', { version: release.version, name: release.name })}
        </strong>
        {release.current && <Tag tone="ok">{t('current')}</Tag>}
        {release.reach === 'dead' && <Tag tone="bad">{t('addressDead')}</Tag>}
        {release.verdict === 'infected' && <Tag tone="bad">{t('infected')}</Tag>}
      </p>
      <p className="mute">
        {t('releaseBuyers', { time: moment(release.at, now, language), count: release.buyers })}
        {release.size !== null && `，${sayBytes(release.size)}`}
        {!isOurs && `，${release.host}`}
      </p>
      <p className="mono text-sm break-all">{release.sha256}</p>
    </li>
  );
}
