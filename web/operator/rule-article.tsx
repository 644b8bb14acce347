import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { clocks, units } from '../../src/rules/contract.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { rulebook } from '../text/rulebook.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

type Given = Answers['rules']['draftArticle']['article'];
const blank = (no: string): Given => ({
  no,
  title: { zh: '', en: '' },
  bold: false,
  text: '',
  plain: { zh: '', en: '' },
  params: [],
  law: [],
});

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api } = page(context);
  const [version = '', no = ''] = [params['version'], params['no']];
  const done = new URL(request.url).searchParams.has('done');
  const title = `VGSR ${version} ${no}`;
  const asked = await tried(api.rules.draftArticle({ version, no }));
  if (asked.ok) return { version, done, title, ...asked.value };
  // An article that is not there yet is a new one; its version must be.
  const { head } = await found(api.rules.draft({ version }));
  return {
    version,
    done,
    title,
    sha256: head.sha256,
    state: head.state,
    article: blank(no),
    base: null,
    findings: [],
  };
}

const rowsMax = 20;

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const [version = '', no = ''] = [params['version'], params['no']];
  const outcome = await tried(
    keyed(context, form).rules.writeArticle({
      version,
      no,
      sha256: text(form, 'sha256'),
      written: {
        title: { zh: text(form, 'titleZh'), en: text(form, 'titleEn') },
        bold: text(form, 'bold') === 'on',
        text: text(form, 'text'),
        plain: { zh: text(form, 'plainZh'), en: text(form, 'plainEn') },
        params: paramsIn(form),
        law: text(form, 'law')
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      },
    }),
  );
  return outcome.ok
    ? redirect(withQuery(paths.operatorArticle(version, no), { done: 1 }))
    : again(outcome.refusal, form);
}

/** The rows that have a name. */
function paramsIn(form: FormData): Given['params'] {
  return Array.from({ length: rowsMax }, (_, i) => i).flatMap((i) => {
    const name = text(form, `name${i}`);
    if (name === '') return [];
    const unit = units.find((one) => one === text(form, `unit${i}`)) ?? 'count';
    const clock = clocks.find((one) => one === text(form, `clock${i}`)) ?? null;
    const value = text(form, `value${i}`);
    return [{ name, v: unit === 'text' ? value : Number(value), unit, clock }];
  });
}

export default function RuleArticle() {
  const { version, article, base, findings, state, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulebook);
  const language = useLanguage();
  const editable = state === 'draft' || state === 'consultation';
  const home = [
    { href: paths.operatorRules(), label: t('title') },
    { href: paths.operatorRulebook(version), label: version },
  ];
  return (
    <>
      <Breadcrumbs trail={home} here={t('articleNo', { no: article.no })} />
      <header className="mh">
        <h1>{t('editing', { version, no: article.no })}</h1>
        <p className="mute">{t('editLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} did={done && t('saved')} />
      {findings.map((one, index) => (
        <Note key={index} tone="bad">
          <Tag tone="bad">{t(one.level)}</Tag> {one[language]} {one.found && <code>{one.found}</code>}
        </Note>
      ))}
      <div className="two">
        {editable ? <Editor /> : <Note tone="hold">{t('readOnly')}</Note>}
        <aside className="stack">
          <section className="card">
            <h3>{t('baseText')}</h3>
            {base ? (
              <>
                <p lang="zh-CN">{base.text}</p>
                <p className="mute mt-3">{base.plain[language]}</p>
              </>
            ) : (
              <p className="mute">{t('baseNone')}</p>
            )}
          </section>
        </aside>
      </div>
    </>
  );
}

function Editor() {
  const { article, sha256 } = useLoaderData<typeof loader>();
  const typed = useActionData<typeof action>()?.typed ?? {};
  const t = useText(rulebook);
  const { title, plain } = article;
  return (
    <Form method="post" className="card stack">
      <input type="hidden" name="sha256" value={sha256} />
      <Input
        label={t('titleZh')}
        name="titleZh"
        required
        maxLength={60}
        defaultValue={typed['titleZh'] ?? title.zh}
      />
      <Input
        label={t('titleEn')}
        name="titleEn"
        required
        maxLength={60}
        defaultValue={typed['titleEn'] ?? title.en}
      />
      <Textarea
        label={t('text')}
        name="text"
        rows={8}
        required
        maxLength={4000}
        defaultValue={typed['text'] ?? article.text}
      />
      <Textarea
        label={t('plainZh')}
        name="plainZh"
        rows={3}
        required
        maxLength={1000}
        defaultValue={typed['plainZh'] ?? plain.zh}
      />
      <Textarea
        label={t('plainEn')}
        name="plainEn"
        rows={3}
        required
        maxLength={1000}
        defaultValue={typed['plainEn'] ?? plain.en}
      />
      <Params />
      <Textarea label={t('law')} name="law" rows={3} defaultValue={typed['law'] ?? article.law.join('\n')} />
      <label className="row">
        <input type="checkbox" name="bold" defaultChecked={article.bold} /> {t('bold')}
      </label>
      <Act consequence={t('saveAfter')}>
        <Submit>{t('save')}</Submit>
      </Act>
    </Form>
  );
}

function Params() {
  const { article } = useLoaderData<typeof loader>();
  const typed = useActionData<typeof action>()?.typed ?? {};
  const t = useText(rulebook);
  const rows = [...article.params, null, null].slice(0, rowsMax);
  return (
    <fieldset className="stack">
      <legend>{t('params')}</legend>
      {rows.map((row, i) => (
        <div className="prow" key={i}>
          <input
            className="in mono"
            name={`name${i}`}
            aria-label={`${t('paramName')} ${i + 1}`}
            placeholder={t('paramName')}
            pattern="[A-Z][A-Z0-9_]*"
            defaultValue={typed[`name${i}`] ?? row?.name ?? ''}
          />
          <input
            className="in"
            name={`value${i}`}
            aria-label={`${t('paramValue')} ${i + 1}`}
            placeholder={t('paramValue')}
            defaultValue={typed[`value${i}`] ?? String(row?.v ?? '')}
          />
          <select
            className="in"
            name={`unit${i}`}
            aria-label={`${t('paramUnit')} ${i + 1}`}
            defaultValue={typed[`unit${i}`] ?? row?.unit ?? 'h'}
          >
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {t(unit === '%' ? 'unit_percent' : `unit_${unit}`)}
              </option>
            ))}
          </select>
          <select
            className="in"
            name={`clock${i}`}
            aria-label={`${t('paramClock')} ${i + 1}`}
            defaultValue={typed[`clock${i}`] ?? row?.clock ?? ''}
          >
            <option value="">{t('clock_none')}</option>
            {clocks.map((clock) => (
              <option key={clock} value={clock}>
                {t(`clock_${clock}`)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <small>{t('paramHint')}</small>
    </fieldset>
  );
}
