import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { shopCases as words } from '../text/shop-cases.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { caseTask } from './caseTasks.ts';
import { Tasks } from './Tasks.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const { cases } = await found(api.cases.inbox({ shopId: shop.id }));
  return { cases, title: textIn(words, language)('m_title') };
}

export const meta = ({ loaderData }: { loaderData: { title: string } | undefined }) => [
  { title: loaderData?.title },
];

/** The open cases of a shop, what ends first comes first. */
export default function ShopCases() {
  const { cases } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { now, language } = useFrame();
  const tasks = cases
    .map((one) => caseTask(one, now, language))
    .sort((a, b) => Number(b.mine) - Number(a.mine) || (a.due ?? 0) - (b.due ?? 0));
  return (
    <>
      <header className="mh">
        <h1>{t('m_title')}</h1>
        <p className="mute">{t('m_lead')}</p>
      </header>
      <section className="card">
        {tasks.length === 0 ? <Empty title={t('m_none')}>{t('m_noneText')}</Empty> : <Tasks tasks={tasks} />}
      </section>
    </>
  );
}
