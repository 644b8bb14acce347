import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { fullDay } from '../text/format.ts';
import { rulebook } from '../text/rulebook.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { Table } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const { versions, current } = await found(api.rules.drafts({}));
  return { versions, current, title: textIn(rulebook, language)('title') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const outcome = await tried(keyed(context, form).rules.createDraft({ version: text(form, 'version') }));
  return outcome.ok ? redirect(paths.operatorRulebook(outcome.value.version)) : again(outcome.refusal, form);
}

/** 1.0.0 is followed by 1.1.0. */
const nextOf = (version: string): string => {
  const [first = 1, second = 0] = version.split('.').map(Number);
  return `${first}.${second + 1}.0`;
};

export default function RuleVersions() {
  const { versions } = useLoaderData<typeof loader>();
  const t = useText(rulebook);
  const r = useText(rulesText);
  const { language } = useFrame();
  return (
    <>
      <header className="mh">
        <h1>{t('title')}</h1>
        <p className="mute">{t('lead')}</p>
      </header>
      <section className="card mb-4">
        <Table
          caption={t('title')}
          rows={versions}
          rowKey={(one) => one.version}
          empty={null}
          columns={[
            {
              key: 'version',
              head: t('colVersion'),
              cell: (one) => <a href={paths.operatorRulebook(one.version)}>{one.version}</a>,
            },
            {
              key: 'state',
              head: t('colState'),
              cell: (one) => (
                <Tag tone={one.state === 'in_force' ? 'ok' : 'hold'}>
                  {r(`state_${one.state}` as 'state_draft')}
                </Tag>
              ),
            },
            {
              key: 'effective',
              head: t('colEffective'),
              cell: (one) => (one.effectiveAt ? fullDay(one.effectiveAt, language) : '—'),
            },
            {
              key: 'comments',
              head: t('colComments'),
              cell: (one) => (
                <a href={paths.operatorComments(one.version)}>{t('commentsLine', one.comments)}</a>
              ),
            },
          ]}
        />
      </section>
      <Create />
    </>
  );
}

function Create() {
  const { current } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulebook);
  return (
    <section className="card">
      <h2>{t('create')}</h2>
      <Answer refused={answer?.refusal.message} />
      <Form method="post" className="stack">
        <Input
          label={t('createVersion')}
          hint={t('createHint', { version: current, next: nextOf(current) })}
          name="version"
          required
          pattern="\d{1,3}\.\d{1,3}\.\d{1,3}"
          defaultValue={answer?.typed['version'] ?? ''}
          error={answer?.refusal.fields['version']}
        />
        <Act consequence={t('createAfter')}>
          <Submit>{t('createButton')}</Submit>
        </Act>
      </Form>
    </section>
  );
}
