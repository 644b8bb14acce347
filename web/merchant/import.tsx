import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { columnKinds, delimiters } from '../../src/inventory/contract.ts';
import type { Answers } from '../api.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { count, moment } from '../text/format.ts';
import { stock as words } from '../text/stock.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Fold } from '../ui/Dialog.tsx';
import { FileInput, Input, Select, Textarea } from '../ui/Field.tsx';
import { IdempotencyKey } from '../ui/IdempotencyKey.tsx';
import { Steps } from '../ui/Progress.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useSteps } from './importSteps.ts';
import { shopOf } from './shop.server.ts';

const recentShown = 5;
const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const [stock, imports] = await Promise.all([
    found(api.inventory.readStock({ shopId: shop.id })),
    found(api.inventory.listImports({ shopId: shop.id, limit: recentShown })),
  ]);
  return {
    formKey: formKey(context),
    variants: stock.items.map(({ variantId, title, variant }) => ({
      variantId,
      name: `${title} ${variant}`,
    })),
    imports: imports.items,
    chosen: new URL(request.url).searchParams.get('variant') ?? '',
    title: textIn(words, language)('importTitle'),
  };
}

/** The kinds of the columns as the api wants them; undefined when one in between was left out. */
function columnsOf(form: FormData): string | undefined {
  const kinds = letters.map((letter) => text(form, `column${letter}`));
  const last = kinds.findLastIndex((kind) => kind !== '');
  const set = kinds.slice(0, last + 1);
  return set.includes('') ? undefined : set.join(',');
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { language } = page(context);
  const form = await request.formData();
  const file = form.get('file');
  const columns = columnsOf(form);
  if (columns === undefined)
    return again(
      {
        code: 'COLUMN_GAP',
        status: 422,
        message: textIn(words, language)('columnGap'),
        fields: {},
        detail: {},
      },
      form,
      ['text'],
    );
  const delimiter = delimiters.find((one) => one === text(form, 'delimiter')) ?? 'auto';
  const header = (['yes', 'no'] as const).find((one) => one === text(form, 'header')) ?? 'auto';
  const outcome = await tried(
    keyed(context, form).inventory.importKeys({
      shopId: shop.id,
      variantId: text(form, 'variantId'),
      run: 'check',
      ...(file instanceof File && file.size > 0 ? { file } : {}),
      text: String(form.get('text') ?? ''),
      source: text(form, 'source'),
      delimiter,
      header,
      columns,
    }),
  );
  return outcome.ok
    ? redirect(paths.merchantImportReport(outcome.value.importId))
    : again(outcome.refusal, form, ['text']);
}

export default function Import() {
  const { variants, imports } = useLoaderData<typeof loader>();
  const t = useText(words);
  const steps = useSteps();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantStock(), label: t('title') }]} here={t('importTitle')} />
      <h1>{t('importTitle')}</h1>
      <p className="sub">{t('importLead')}</p>
      <Steps steps={steps} at={0} />
      <div className="g2">
        {variants.length === 0 ? (
          <Empty
            title={t('noVariants')}
            next={<ButtonLink href={paths.merchantNewListing()}>{t('emptyNext')}</ButtonLink>}
          >
            {t('emptyText')}
          </Empty>
        ) : (
          <Upload />
        )}
        <aside className="stack">
          <section className="card">
            <h2>{t('recent')}</h2>
            {imports.length === 0 && <p className="mute">{t('recentNone')}</p>}
            <ul className="lines">
              {imports.map((one) => (
                <Recent key={one.importId} one={one} />
              ))}
            </ul>
          </section>
          <p className="mute">{t('fileSafe')}</p>
        </aside>
      </div>
    </>
  );
}

function Upload() {
  const { formKey, variants, chosen } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <Form method="post" encType="multipart/form-data" className="card stack">
      {answer && (
        <Note tone="bad" answer>
          {answer.refusal.message}
        </Note>
      )}
      <IdempotencyKey value={formKey} />
      <Select
        label={t('variant')}
        name="variantId"
        defaultValue={answer?.typed['variantId'] ?? chosen}
        options={variants.map((one) => ({ value: one.variantId, label: one.name }))}
      />
      <FileInput label={t('file')} name="file" accept=".txt,.csv,text/plain,text/csv" hint={t('fileHint')} />
      <Textarea
        label={t('paste')}
        name="text"
        rows={5}
        hint={t('pasteHint')}
        spellCheck={false}
        autoComplete="off"
      />
      <Input
        label={t('source')}
        name="source"
        maxLength={200}
        defaultValue={answer?.typed['source']}
        hint={<Rich text={t('sourceHint')} />}
        error={answer?.refusal.fields['source']}
      />
      <Reading typed={answer?.typed ?? {}} />
      <Act consequence={t('checkAfter')}>
        <Submit wide busyText={t('checkBusy')}>
          {t('check')}
        </Submit>
      </Act>
    </Form>
  );
}

/** How the file is to be read, for who knows better than the recognition. */
function Reading({ typed }: { typed: Readonly<Record<string, string>> }) {
  const t = useText(words);
  const isSet = ['delimiter', 'header', ...letters.map((one) => `column${one}`)].some(
    (name) => !['', 'auto', undefined].includes(typed[name]),
  );
  return (
    <Fold label={<span className="underline">{t('columnsFold')}</span>} open={isSet}>
      <div className="stack">
        <p className="mute">{t('columnsLead')}</p>
        <Select
          label={t('delimiter')}
          name="delimiter"
          defaultValue={typed['delimiter']}
          options={(['auto', ...delimiters] as const).map((one) => ({
            value: one,
            label: t(`delimiter_${one}`),
          }))}
        />
        <Select
          label={t('header')}
          name="header"
          defaultValue={typed['header']}
          options={(['auto', 'yes', 'no'] as const).map((one) => ({ value: one, label: t(`header_${one}`) }))}
        />
        {letters.map((letter) => (
          <Select
            key={letter}
            label={t('column', { letter })}
            name={`column${letter}`}
            defaultValue={typed[`column${letter}`]}
            options={[
              { value: '', label: t('column_auto') },
              ...columnKinds.map((one) => ({ value: one, label: t(`column_${one}`) })),
            ]}
          />
        ))}
      </div>
    </Fold>
  );
}

const stateTone = {
  draft: 'hold',
  queued: 'hold',
  done: 'ok',
  refused: 'bad',
  discarded: undefined,
} as const;

function Recent({ one }: { one: Answers['inventory']['listImports']['items'][number] }) {
  const t = useText(words);
  const { now, language } = useFrame();
  return (
    <li>
      <a href={paths.merchantImportReport(one.importId)}>
        <b>{one.fileName || t('pasted')}</b>
      </a>{' '}
      <Tag tone={stateTone[one.state]}>{t(`state_${one.state}`)}</Tag>
      <p className="sub">{`${one.title} ${one.variant}`}</p>
      <p className="mute">
        {t('recentLine', {
          rows: count(one.rows, language),
          accepted: count(one.accepted, language),
          rejected: count(one.rejected, language),
        })}
        {' · '}
        {moment(one.at, now, language)}
      </p>
    </li>
  );
}
