import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { inboxTurns } from '../../src/aftersales/bulk/contract.ts';
import { decodeId } from '../../src/kit/public-id.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { inbox } from '../text/shop-inbox.ts';
import { shopCases as words } from '../text/shop-cases.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Filters } from '../ui/Filters.tsx';
import { Pager } from '../ui/Table.tsx';
import { caseTask } from './caseTasks.ts';
import { Tasks } from './Tasks.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 64);
  if (decodeId('case', q)) throw redirect(paths.merchantCase(q));
  const turn = inboxTurns.find((one) => one === query.get('turn')) ?? (q ? 'all' : 'mine');
  const after = query.get('after') ?? undefined;
  const list = await found(
    api.cases.inbox({ shopId: shop.id, turn, ...(q && { search: q }), ...(after && { after }) }),
  );
  return {
    ...list,
    q,
    turn,
    none: query.get('none') !== null,
    title: textIn(words, language)('m_title'),
  };
}

/** The open cases of a shop, what ends first comes first; several can be agreed to at once. */
export default function ShopCases() {
  const { cases, next, q, turn, none } = useLoaderData<typeof loader>();
  const t = useText(words);
  const i = useText(inbox);
  const { now, language } = useFrame();
  const tasks = cases.map((one) => ({
    ...caseTask(one, now, language),
    ...(one.turn === 'merchant' && one.state === 'negotiation' ? { pick: one.caseId } : {}),
  }));
  const canPick = tasks.some((task) => 'pick' in task);
  return (
    <>
      <header className="mh">
        <h1>{t('m_title')}</h1>
        <p className="mute">{t('m_lead')}</p>
      </header>
      {none && (
        <div className="mb-4">
          <Note tone="hold" answer>
            {i('pickNone')}
          </Note>
        </div>
      )}
      <SearchBox q={q} action={paths.merchantCases()} />
      <Filters
        label={i('turns')}
        links={inboxTurns.map((one) => ({
          href: paths.merchantCases({ turn: one, q }),
          label: i(`turn_${one}`),
          on: turn === one,
        }))}
      />
      <form className="card" action={paths.merchantAgreement()} method="get">
        {tasks.length === 0 ? (
          q ? (
            <Empty title={i('noHit')} next={<a href={paths.merchantCases()}>{i('clear')}</a>}>
              {i('noHitText')}
            </Empty>
          ) : (
            <Empty title={t('m_none')}>{t('m_noneText')}</Empty>
          )
        ) : (
          <Tasks tasks={tasks} />
        )}
        {canPick && (
          <div className="mt-4">
            <Act consequence={i('pickAfter')}>
              <button className="btn line w" type="submit">
                {i('pickDo')}
              </button>
            </Act>
          </div>
        )}
      </form>
      <Pager next={next ? paths.merchantCases({ turn, q, after: next }) : undefined} />
    </>
  );
}

export function SearchBox({ q, action, kind }: { q: string; action: string; kind?: string | undefined }) {
  const i = useText(inbox);
  return (
    <form className="sift mb-4" role="search" action={action}>
      <input
        className="in min-w-0 flex-1"
        name="q"
        type="search"
        defaultValue={q}
        aria-label={i('search')}
        placeholder={i('search')}
        maxLength={64}
      />
      {kind && <input type="hidden" name="kind" value={kind} />}
      <button className="btn line" type="submit">
        {i('find')}
      </button>
      {q !== '' && <a href={action}>{i('clear')}</a>}
    </form>
  );
}
