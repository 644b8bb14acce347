import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import {
  endings,
  endingWords,
  factNames,
  facts,
  stages,
  stageWords,
} from '../../src/aftersales/diagnosis/facts.data.ts';
import type { End, Step, TreeNode } from '../../src/aftersales/diagnosis/tree.contract.ts';
import type { GoodsKind } from '../../src/catalog/content.contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { diagnosis } from '../text/diagnosis.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { asStaff } from './staff.server.ts';

const nothing = { zh: '', en: '' };
const blankStep: Step = {
  id: '',
  stage: 'special',
  name: nothing,
  text: nothing,
  hint: nothing,
  fact: null,
  asked: true,
  note: nothing,
  answers: [],
};
const blankEnd: End = { id: '', end: 'case', text: nothing, reason: null };

const named = (params: Readonly<Record<string, string | undefined>>) => ({
  goods: (params['goods'] ?? '') as GoodsKind,
  treeVersion: Number(params['version']),
});

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api } = page(context);
  const shown = await found(api.diagnosis.tree(named(params)));
  const id = params['node'] ?? '';
  const step = shown.tree.steps.find((one) => one.id === id);
  const end = shown.tree.ends.find((one) => one.id === id);
  const isEnd = end !== undefined || (!step && new URL(request.url).searchParams.get('kind') === 'end');
  return {
    ...shown,
    id,
    step: isEnd ? null : ((step ?? blankStep) as Step),
    end: isEnd ? ((end ?? blankEnd) as End) : null,
    title: id,
  };
}

const rowsMax = 8;
const pair = (form: FormData, name: string) => ({
  zh: text(form, `${name}Zh`),
  en: text(form, `${name}En`),
});

/** The form as a step or an end; what its lists do not know falls back to their first. */
function nodeIn(form: FormData): TreeNode {
  const id = text(form, 'id');
  if (text(form, 'kind') === 'end')
    return {
      kind: 'end',
      id,
      end: endings.find((one) => one === text(form, 'end')) ?? 'case',
      text: pair(form, 'text'),
      reason: (text(form, 'reason') || null) as End['reason'],
    };
  const fact = factNames.find((one) => one === text(form, 'fact')) ?? null;
  return {
    kind: 'step',
    id,
    stage: stages.find((one) => one === text(form, 'stage')) ?? 'special',
    name: pair(form, 'name'),
    text: pair(form, 'text'),
    hint: pair(form, 'hint'),
    fact,
    asked: text(form, 'asked') === 'on',
    note: pair(form, 'note'),
    answers: Array.from({ length: rowsMax }, (_, i) => i).flatMap((i) => {
      const own = text(form, `answer${i}`);
      if (own === '') return [];
      const value = text(form, `value${i}`);
      return [
        {
          id: own,
          label: pair(form, `label${i}`),
          value: value === '' ? null : value,
          next: text(form, `next${i}`),
        },
      ];
    }),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const at = named(params);
  const outcome = await tried(
    keyed(context, form).diagnosis.writeNode({
      ...at,
      sha256: text(form, 'sha256'),
      first: text(form, 'first') === 'on',
      node: nodeIn(form),
    }),
  );
  return outcome.ok
    ? redirect(paths.operatorTree(at.goods, at.treeVersion, 'saved'), 303)
    : again(outcome.refusal, form);
}

export default function TreeNodePage() {
  const { goods, version, state, id, step, end, sha256 } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(diagnosis);
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.operatorTrees(), label: t('o_title') },
          { href: paths.operatorTree(goods, version), label: t('o_versionLine', { version }) },
        ]}
        here={id}
      />
      <header className="mh">
        <h1>{step ? t('o_steps') : t('o_ends')}</h1>
      </header>
      <Answer refused={answer?.refusal.message} />
      {state !== 'draft' ? (
        <Note tone="hold">{t('o_readOnly')}</Note>
      ) : (
        <Form method="post" className="card stack">
          <input type="hidden" name="sha256" value={sha256} />
          {step && <StepFields step={step} />}
          {end && <EndFields end={end} />}
          <Act consequence={t('o_saveAfter')}>
            <Submit>{t('o_save')}</Submit>
          </Act>
        </Form>
      )}
    </>
  );
}

const useTyped = (): Readonly<Record<string, string>> => useActionData<typeof action>()?.typed ?? {};

function IdField({ id }: { id: string }) {
  const t = useText(diagnosis);
  const typed = useTyped();
  return (
    <Input
      label={t('o_id')}
      name="id"
      required
      pattern="[a-z][a-z0-9_]{0,23}"
      defaultValue={typed['id'] ?? id}
      readOnly={id !== ''}
    />
  );
}

type Pair = { zh: string; en: string };
/** One text in both languages. */
function PairFields({
  name,
  words,
  long,
}: {
  name: 'name' | 'text' | 'hint' | 'note';
  words: Pair;
  long?: boolean;
}) {
  const t = useText(diagnosis);
  const typed = useTyped();
  const Field = long ? Textarea : Input;
  return (
    <>
      <Field
        label={t(`o_${name}Zh`)}
        name={`${name}Zh`}
        maxLength={300}
        defaultValue={typed[`${name}Zh`] ?? words.zh}
      />
      <Field
        label={t(`o_${name}En`)}
        name={`${name}En`}
        maxLength={300}
        defaultValue={typed[`${name}En`] ?? words.en}
      />
    </>
  );
}

function EndFields({ end }: { end: End }) {
  const { reasons } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  const typed = useTyped();
  const { language } = useFrame();
  return (
    <>
      <input type="hidden" name="kind" value="end" />
      <IdField id={end.id} />
      <Select
        label={t('o_end')}
        name="end"
        defaultValue={typed['end'] ?? end.end}
        options={endings.map((one) => ({ value: one, label: endingWords[one][language] }))}
      />
      <PairFields name="text" words={end.text} long />
      <Select
        label={t('o_reason')}
        name="reason"
        defaultValue={typed['reason'] ?? end.reason ?? ''}
        options={[
          { value: '', label: t('o_noReason') },
          ...reasons.map((one) => ({ value: one.code, label: one.words[language] })),
        ]}
      />
    </>
  );
}

function StepFields({ step }: { step: Step }) {
  const { tree } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  const typed = useTyped();
  const { language } = useFrame();
  return (
    <>
      <input type="hidden" name="kind" value="step" />
      <IdField id={step.id} />
      <Select
        label={t('o_stage')}
        name="stage"
        defaultValue={typed['stage'] ?? step.stage}
        options={stages.map((one) => ({ value: one, label: stageWords[one][language] }))}
      />
      <PairFields name="name" words={step.name} />
      <PairFields name="text" words={step.text} long />
      <PairFields name="hint" words={step.hint} />
      <PairFields name="note" words={step.note} />
      <Select
        label={t('o_fact')}
        name="fact"
        defaultValue={typed['fact'] ?? step.fact ?? ''}
        options={[
          { value: '', label: t('o_noFact') },
          ...factNames.map((one) => ({ value: one, label: facts[one].name[language] })),
        ]}
      />
      <label className="row">
        <input type="checkbox" name="asked" defaultChecked={step.asked} /> {t('o_asked')}
      </label>
      <AnswerRows step={step} />
      <label className="row">
        <input type="checkbox" name="first" defaultChecked={tree.start === step.id} /> {t('o_makeFirst')}
      </label>
    </>
  );
}

function AnswerRows({ step }: { step: Step }) {
  const { tree } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  const typed = useTyped();
  const nodes = [...tree.steps, ...tree.ends].map((one) => one.id);
  const values = [...new Set(Object.values(facts).flatMap((fact) => Object.keys(fact.values)))];
  const field = (name: string, label: string, value: string) => (
    <input
      className="in"
      name={name}
      aria-label={label}
      placeholder={label}
      maxLength={60}
      defaultValue={typed[name] ?? value}
    />
  );
  return (
    <fieldset className="stack">
      <legend>{t('o_answers')}</legend>
      {Array.from({ length: rowsMax }, (_, i) => step.answers[i]).map((row, i) => (
        <div className="prow" key={i}>
          {field(`answer${i}`, `${t('o_answerId')} ${i + 1}`, row?.id ?? '')}
          {field(`label${i}Zh`, `${t('o_answerZh')} ${i + 1}`, row?.label.zh ?? '')}
          {field(`label${i}En`, `${t('o_answerEn')} ${i + 1}`, row?.label.en ?? '')}
          <select
            className="in"
            name={`next${i}`}
            aria-label={`${t('o_answerNext')} ${i + 1}`}
            defaultValue={typed[`next${i}`] ?? row?.next ?? nodes[0]}
          >
            {nodes.map((node) => (
              <option key={node} value={node}>
                {node}
              </option>
            ))}
          </select>
          <select
            className="in"
            name={`value${i}`}
            aria-label={`${t('o_answerValue')} ${i + 1}`}
            defaultValue={typed[`value${i}`] ?? row?.value ?? ''}
          >
            <option value="">{t('o_noFact')}</option>
            {values.map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        </div>
      ))}
      <small>{t('o_answersHint')}</small>
    </fieldset>
  );
}
