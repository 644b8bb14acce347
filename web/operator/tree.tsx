import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { endingWords, facts, stageWords, type FactName } from '../../src/aftersales/diagnosis/facts.data.ts';
import type { GoodsKind } from '../../src/catalog/content.contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { diagnosis } from '../text/diagnosis.ts';
import { listings } from '../text/listings.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

const named = (params: Readonly<Record<string, string | undefined>>) => ({
  goods: (params['goods'] ?? '') as GoodsKind,
  treeVersion: Number(params['version']),
});

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api } = page(context);
  const shown = await found(api.diagnosis.tree(named(params)));
  const done = new URL(request.url).searchParams.get('done');
  return { ...shown, done, title: `${shown.goods} ${shown.version}` };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const at = { ...named(params), sha256: text(form, 'sha256') };
  const { diagnosis: api } = keyed(context, form);
  const intent = text(form, 'intent');
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    publish: () => api.publish(at),
    withdraw: () => api.withdraw(at),
    remove: () => api.dropNode({ ...at, nodeId: text(form, 'node') }),
  };
  const act = acts[intent];
  if (!act) return redirect(paths.operatorTree(at.goods, at.treeVersion));
  const outcome = await tried(act());
  return outcome.ok
    ? redirect(paths.operatorTree(at.goods, at.treeVersion, intent), 303)
    : again(outcome.refusal, form);
}

/** One version of a tree: what is wrong with it, its steps and its ends; of a draft also the forms. */
export default function TreeVersion() {
  const { goods, version, state, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(diagnosis);
  const g = useText(listings);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.operatorTrees(), label: t('o_title') }]}
        here={t('o_versionLine', { version })}
      />
      <header className="mh">
        <h1>
          {g(`goods_${goods}`)} · {t('o_versionLine', { version })}
        </h1>
        <p className="row">
          <Tag tone={state === 'draft' ? 'hold' : undefined}>{t(`o_state_${state}`)}</Tag>
        </p>
      </header>
      <Answer refused={answer?.refusal.message} did={done && t('o_saved')} />
      <div className="two">
        <div className="stack">
          <Steps />
          <Ends />
        </div>
        <aside className="stack">
          <Report />
          {state === 'draft' ? <Gate /> : <Note tone="hold">{t('o_readOnly')}</Note>}
        </aside>
      </div>
    </>
  );
}

function Report() {
  const { findings, goods, version } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  const { language } = useFrame();
  return (
    <section className="card stack">
      <h2>{t('o_report')}</h2>
      {findings.length === 0 && <Note>{t('o_reportGood')}</Note>}
      <ul className="lines">
        {findings.map((one, index) => (
          <li key={index}>
            <Tag tone={one.level === 'fault' ? 'bad' : 'hold'}>{t(`o_${one.level}`)}</Tag>{' '}
            <a href={paths.operatorTreeNode(goods, version, one.at)} className="mono">
              {one.at}
            </a>{' '}
            {one.words[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Gate() {
  const { sha256, goods, version } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  return (
    <section className="card stack">
      <Form method="post">
        <input type="hidden" name="sha256" value={sha256} />
        <Act consequence={t('o_publishAfter')}>
          <Submit intent="publish" wide>
            {t('o_publish')}
          </Submit>
        </Act>
        <p className="row mt-3">
          <Submit intent="withdraw" kind="risk" small>
            {t('o_withdraw')}
          </Submit>
        </p>
      </Form>
      <p className="row">
        <ButtonLink kind="line" small href={paths.operatorTreeNode(goods, version, 'new', 'step')}>
          {t('o_addStep')}
        </ButtonLink>
        <ButtonLink kind="line" small href={paths.operatorTreeNode(goods, version, 'new', 'end')}>
          {t('o_addEnd')}
        </ButtonLink>
      </p>
    </section>
  );
}

function Steps() {
  const { tree } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  const { language } = useFrame();
  const factOf = (name: FactName) => facts[name].name[language];
  return (
    <section className="card">
      <h2>{t('o_steps')}</h2>
      <ol className="lines">
        {tree.steps.map((step) => (
          <li key={step.id} className="stack">
            <div className="between">
              <span>
                <span className="mono">{step.id}</span> <Tag>{stageWords[step.stage][language]}</Tag>{' '}
                {tree.start === step.id && <Tag tone="ok">{t('o_first')}</Tag>}{' '}
                {step.fact && (
                  <Tag tone="hold">
                    {factOf(step.fact)}
                    {!step.asked && ` · ${t('o_looked')}`}
                  </Tag>
                )}
              </span>
              <NodeActs node={step.id} />
            </div>
            <p>{step.text[language] || step.name[language]}</p>
            <ul className="mute">
              {step.answers.map((one) => (
                <li key={one.id}>
                  {one.value === null ? one.label[language] : valueSaid(step.fact, one.value, language)} →{' '}
                  <span className="mono">{one.next}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

const valueSaid = (fact: FactName | null, value: string, language: 'zh' | 'en'): string =>
  (fact && (facts[fact].values as Readonly<Record<string, { zh: string; en: string }>>)[value]?.[language]) ||
  value;

function Ends() {
  const { tree, reasons } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  const { language } = useFrame();
  const reasonOf = (code: string) => reasons.find((one) => one.code === code)?.words[language] ?? code;
  return (
    <section className="card">
      <h2>{t('o_ends')}</h2>
      <ul className="lines">
        {tree.ends.map((end) => (
          <li key={end.id} className="stack">
            <div className="between">
              <span>
                <span className="mono">{end.id}</span> <Tag>{endingWords[end.end][language]}</Tag>{' '}
                {end.reason && <Tag tone="hold">{reasonOf(end.reason)}</Tag>}
              </span>
              <NodeActs node={end.id} />
            </div>
            <p>{end.text[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NodeActs({ node }: { node: string }) {
  const { goods, version, state, sha256 } = useLoaderData<typeof loader>();
  const t = useText(diagnosis);
  if (state !== 'draft') return null;
  return (
    <div className="row">
      <a href={paths.operatorTreeNode(goods, version, node)}>{t('o_edit')}</a>
      <Form method="post">
        <input type="hidden" name="sha256" value={sha256} />
        <input type="hidden" name="node" value={node} />
        <Submit intent="remove" kind="line" small>
          {t('o_remove')}
        </Submit>
      </Form>
    </div>
  );
}
