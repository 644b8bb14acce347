import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { rulesText } from '../text/rules.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { StateCard, type Place } from '../ui/Here.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true };

/** The whole map; with an order or a case of one's own in the address, its place is marked. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { api, viewer, language } = page(context);
  const query = new URL(request.url).searchParams;
  const [order, case_] = [query.get('order') ?? '', query.get('case') ?? ''];
  const map = await found(api.community.flow({}));
  const here: Place[] = [];
  let version = map.version;
  let back: { href: string; key: 'mapBack' | 'mapBackCase' } | null = null;
  if (viewer.userId && order) {
    const guide = await tried(api.community.orderGuide({ orderId: order }));
    if (guide.ok) {
      here.push(...guide.value.here);
      version = guide.value.rulebook;
      back = { href: paths.order(order), key: 'mapBack' };
    }
  } else if (viewer.userId && case_) {
    const place = await tried(api.community.casePlace({ caseId: case_ }));
    if (place.ok) {
      here.push(place.value.here);
      version = place.value.rulebook;
      back = { href: paths.case(case_), key: 'mapBackCase' };
    }
  }
  return { map, here, version, back, title: textIn(community, language)('mapTitle') };
}

export default function RulesMap() {
  const { map, here, version, back } = useLoaderData<typeof loader>();
  const t = useText(community);
  const r = useText(rulesText);
  const language = useLanguage();
  const placed = here.map((one) => `${one.life}-${one.state}`);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.rules(), label: r('title') }]} here={t('mapTitle')} />
      <header className="list-h">
        <h1>{t('mapTitle')}</h1>
        <p className="sub">{t('mapLead')}</p>
        <p className="row">
          {map.lives.map((life) => (
            <a key={life.name} href={`#${life.name}`}>
              {life.title[language]}
            </a>
          ))}
          {back && <a href={back.href}>{t(back.key)}</a>}
        </p>
      </header>
      {here.length > 0 && (
        <div className="stack mb-4">
          {here.map((one) => (
            <StateCard
              key={`${one.life}-${one.state}`}
              state={one}
              version={version}
              here
              linkTo={(state) => `#${one.life}-${state}`}
            />
          ))}
        </div>
      )}
      {map.lives.map((life) => (
        <section key={life.name} id={life.name} className="mb-4">
          <h2>{life.title[language]}</h2>
          <div className="map">
            {life.states.map((state) => (
              <StateCard
                key={state.state}
                id={`${life.name}-${state.state}`}
                state={state}
                version={version}
                here={placed.includes(`${life.name}-${state.state}`)}
                linkTo={(to) => `#${life.name}-${to}`}
              />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
