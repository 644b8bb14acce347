import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { precedents as words } from '../text/precedents.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import type { PageHandle } from './frame.tsx';
import { PrecedentFacts } from './PrecedentCard.tsx';

export const handle: PageHandle = { static: true };

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  const number = Number(params['number']);
  const one = await found(
    api.precedents.one({ number: Number.isSafeInteger(number) && number > 0 ? number : 2_000_000_000 }),
  );
  return { one, title: textIn(words, language)('name', { number: one.number }) };
}

export default function PrecedentPage() {
  const { one, title } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.precedents(), label: t('back') }]} here={title} />
      <header className="mh">
        <h1>{reasons[one.reason].words[language]}</h1>
        <p className="mute">
          {title} · {t('month', { month: one.month })}
        </p>
      </header>
      <PrecedentFacts one={one} />
    </>
  );
}
