import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { outcomes } from '../../src/aftersales/precedents/contract.ts';
import { reasons, type ReasonCode } from '../../src/aftersales/reasons.data.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { precedents as words } from '../text/precedents.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Empty } from '../ui/Blank.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Pager } from '../ui/Table.tsx';
import type { PageHandle } from './frame.tsx';
import { PrecedentCard } from './PrecedentCard.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const query = new URL(request.url).searchParams;
  const before = Number(query.get('before'));
  const article = query.get('article')?.trim() ?? '';
  const asked = {
    reason: (Object.keys(reasons) as ReasonCode[]).find((one) => one === query.get('reason')),
    outcome: outcomes.find((one) => one === query.get('outcome')),
    article: /^\d{1,3}$/.test(article) ? article : undefined,
    q: (query.get('q') ?? '').trim().slice(0, 60),
  };
  const { reason, outcome, q } = asked;
  const list = await found(
    api.precedents.list({
      ...(reason && { reason }),
      ...(outcome && { outcome }),
      ...(asked.article && { article: asked.article }),
      ...(q && { search: q }),
      ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
    }),
  );
  return { ...list, asked, title: textIn(words, language)('title') };
}

/** What was decided in closed cases, for everybody who wants to know what to expect. */
export default function Precedents() {
  const { precedents, next, asked } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language } = useFrame();
  const { reason, outcome, article, q } = asked;
  const isNarrow = reason !== undefined || outcome !== undefined || article !== undefined || q !== '';
  return (
    <>
      <header className="mh mt-6">
        <h1>{t('title')}</h1>
        <p className="mute">{t('lead')}</p>
        <p>
          <a href={paths.trust()}>{t('trust')}</a>
        </p>
      </header>
      <form method="get" role="search" className="card find-by mb-4">
        <Input label={t('search')} name="q" type="search" defaultValue={q} maxLength={60} />
        <Select
          label={t('scene')}
          name="reason"
          defaultValue={reason ?? ''}
          options={[
            { value: '', label: t('anyScene') },
            ...(Object.keys(reasons) as ReasonCode[]).map((code) => ({
              value: code,
              label: reasons[code].words[language],
            })),
          ]}
        />
        <Select
          label={t('result')}
          name="outcome"
          defaultValue={outcome ?? ''}
          options={[
            { value: '', label: t('anyResult') },
            ...outcomes.map((one) => ({ value: one, label: t(`outcome_${one}`) })),
          ]}
        />
        <Input
          label={t('article')}
          name="article"
          inputMode="numeric"
          pattern="\d{1,3}"
          defaultValue={article}
        />
        <p className="row">
          <button className="btn line" type="submit">
            {t('find')}
          </button>
          {isNarrow && <a href={paths.precedents()}>{t('clear')}</a>}
        </p>
      </form>
      {precedents.length === 0 && (
        <Empty title={t(isNarrow ? 'noHit' : 'none')}>{t(isNarrow ? 'noHitText' : 'noneText')}</Empty>
      )}
      <ul className="stack">
        {precedents.map((one) => (
          <PrecedentCard key={one.number} one={one} />
        ))}
      </ul>
      <Pager next={next ? paths.precedents({ reason, outcome, article, q, before: next }) : undefined} />
    </>
  );
}
