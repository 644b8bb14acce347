import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { caseStateWords } from '../../src/aftersales/words.contract.ts';
import { found, page } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { cases as words } from '../text/cases.ts';
import { common } from '../text/common.ts';
import { deadline, moment, money } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Pager } from '../ui/Table.tsx';
import { Tag } from '../ui/Tag.tsx';
import { loggedIn } from './loggedIn.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const before = new URL(request.url).searchParams.get('before');
  const answer = await found(api.cases.mine(before ? { before } : {}));
  return { ...answer, title: textIn(words, language)('mine') };
}

export default function Cases() {
  const { cases: list, next } = useLoaderData<typeof loader>();
  const t = useText(words);
  const c = useText(common);
  const { now, language } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.orders(), label: c('myOrders') }]} here={t('mine')} />
      <header className="oh">
        <h1>{t('mine')}</h1>
      </header>
      {list.length === 0 ? (
        <Empty title={t('mineNone')} next={<ButtonLink href={paths.orders()}>{t('toOrders')}</ButtonLink>}>
          {t('mineNoneText')}
        </Empty>
      ) : (
        <section className="card">
          <ul className="lines">
            {list.map((one) => (
              <li key={one.caseId} className="between">
                <span>
                  <a href={paths.case(one.caseId)}>
                    {reasons[one.reason].words[language]} · {one.title} {one.variantName}
                  </a>
                  <br />
                  <span className="mute">
                    {moment(one.filedAt, now, language)} · {money(one.asked)}
                    {one.dueAt && ` · ${deadline(one.dueAt, now, language)}`}
                  </span>
                </span>
                <Tag tone={one.turn === 'buyer' ? 'hold' : undefined}>
                  {caseStateWords[one.state][language]}
                </Tag>
              </li>
            ))}
          </ul>
          <Pager next={next ? withQuery(paths.cases(), { before: next }) : undefined} />
        </section>
      )}
    </>
  );
}
