import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { licenceLogWords, licenceRefusals, suspensionWords } from '../../src/delivery/licence/contract.ts';
import type { Answers } from '../api.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { exact, moment } from '../text/format.ts';
import { licences as words } from '../text/licences.ts';
import { textIn, useFrame, useText, type Language, type Say } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Table, type Column } from '../ui/Table.tsx';
import { shopOf } from './shop.server.ts';

type One = Answers['licences']['logOfShop'];
type Machine = One['machines'][number];
type Entry = One['log'][number];

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const licence = await found(
    api.licences.logOfShop({ shopId: shop.id, licenceId: params['licenceId'] ?? '' }),
  );
  return { ...licence, title: textIn(words, language)('one', { key: licence.masked }), goods: licence.title };
}

/** Devices and log of one licence. */
export default function ShopLicence() {
  const { machines, log, title, goods } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language, now } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantLicences(), label: t('backToAll') }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{goods}</p>
      </header>
      <section className="card mb-4">
        <h2>{t('devices')}</h2>
        <Table
          caption={t('devices')}
          columns={deviceColumns(t, language, now)}
          rows={machines}
          rowKey={(machine) => machine.machineId}
          empty={<p className="mute">{t('noDevicesYet')}</p>}
        />
      </section>
      <section className="card">
        <h2>{t('log')}</h2>
        <Table
          caption={t('log')}
          columns={logColumns(t, language)}
          rows={log.map((entry, index) => ({ ...entry, index }))}
          rowKey={(entry) => String(entry.index)}
          empty={null}
        />
      </section>
    </>
  );
}

const deviceColumns = (t: Say<typeof words>, language: Language, now: number): Column<Machine>[] => [
  { key: 'name', head: t('colDevice'), cell: (one) => one.name || t('unnamed') },
  {
    key: 'print',
    head: t('fingerprint'),
    cell: (one) => <span className="mono break-all">{one.fingerprint}</span>,
  },
  { key: 'bound', head: t('colBound'), right: true, cell: (one) => moment(one.activatedAt, now, language) },
  { key: 'seen', head: t('colSeen'), right: true, cell: (one) => moment(one.seenAt, now, language) },
];

const logColumns = (t: Say<typeof words>, language: Language): Column<Entry & { index: number }>[] => [
  { key: 'when', head: t('colWhen'), cell: (one) => exact(one.at, language) },
  { key: 'what', head: t('colWhat'), cell: (one) => licenceLogWords[one.event][language] },
  { key: 'device', head: t('colDevice'), cell: (one) => one.device || one.fingerprint || '' },
  { key: 'why', head: t('colWhy'), cell: (one) => whyOf(one.why, language) },
  {
    key: 'by',
    head: t('colBy'),
    cell: (one) => (one.by === 'device' || one.by === 'buyer' ? t(`by_${one.by}`) : t('by_system')),
  },
];

function whyOf(why: string | null, language: Language): string {
  const known = { ...licenceRefusals, ...suspensionWords }[why as keyof typeof licenceRefusals];
  return known?.[language] ?? '';
}
