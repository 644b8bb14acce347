import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { GoodsKind } from '../../src/catalog/content.contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { diagnosis } from '../text/diagnosis.ts';
import { fullDay } from '../text/format.ts';
import { listings } from '../text/listings.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Submit } from '../ui/Button.tsx';
import { Table } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  const { trees } = await found(api.diagnosis.trees({}));
  return { trees, title: textIn(diagnosis, language)('o_title') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const goods = text(form, 'goods') as GoodsKind;
  const outcome = await tried(keyed(context, form).diagnosis.draft({ goods }));
  return outcome.ok
    ? redirect(paths.operatorTree(goods, outcome.value.version), 303)
    : again(outcome.refusal, form);
}

/** The trees of the self-diagnosis by kind of goods, with all their versions (F044). */
export default function Trees() {
  const { trees } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(diagnosis);
  const g = useText(listings);
  return (
    <>
      <header className="mh">
        <h1>{t('o_title')}</h1>
        <p className="mute">{t('o_lead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} />
      <section className="card">
        <Table
          caption={t('o_title')}
          rows={trees}
          rowKey={(one) => one.goods}
          empty={null}
          columns={[
            {
              key: 'goods',
              head: t('o_goods'),
              cell: (one) => (
                <a href={paths.operatorTree(one.goods, one.inForce)}>{g(`goods_${one.goods}`)}</a>
              ),
            },
            {
              key: 'force',
              head: t('o_inForce'),
              cell: (one) => t('o_versionLine', { version: one.inForce }),
            },
            {
              key: 'versions',
              head: t('o_versions'),
              cell: (one) => <Versions tree={one} />,
            },
            {
              key: 'draft',
              head: t('o_draft'),
              cell: (one) => <Draft tree={one} />,
            },
          ]}
        />
        <p className="mute mt-3">{t('o_draftAfter')}</p>
      </section>
    </>
  );
}

type Tree = ReturnType<typeof useLoaderData<typeof loader>>['trees'][number];

function Versions({ tree }: { tree: Tree }) {
  const t = useText(diagnosis);
  const { language } = useFrame();
  return (
    <ul>
      {tree.versions.map((one) => (
        <li key={one.version}>
          <a href={paths.operatorTree(tree.goods, one.version)}>
            {t('o_versionLine', { version: one.version })}
          </a>{' '}
          <Tag tone={one.state === 'draft' ? 'hold' : undefined}>{t(`o_state_${one.state}`)}</Tag>{' '}
          {one.publishedAt && fullDay(one.publishedAt, language)}
        </li>
      ))}
    </ul>
  );
}

/** The draft that is open, or the button that begins one. */
function Draft({ tree }: { tree: Tree }) {
  const t = useText(diagnosis);
  const open = tree.versions.find((one) => one.state === 'draft');
  if (open) return <a href={paths.operatorTree(tree.goods, open.version)}>{t('o_edit')}</a>;
  return (
    <Form method="post">
      <input type="hidden" name="goods" value={tree.goods} />
      <Submit kind="line" small>
        {t('o_draft')}
      </Submit>
    </Form>
  );
}
