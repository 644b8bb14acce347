import {
  Form,
  redirect,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { validationWords } from '../../src/delivery/licence/contract.ts';
import { found, keyed, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { licences as words } from '../text/licences.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Copy } from '../ui/KeyCard.tsx';
import { Table } from '../ui/Table.tsx';
import { curlKeygen, curlPolar, typescript } from './licence.snippet.ts';
import { may, shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const { account, publicKey } = await found(api.licences.account({ shopId: shop.id }));
  return {
    account,
    publicKey,
    origin: new URL(request.url).origin,
    mayMake: may(shop, 'goods'),
    title: textIn(words, language)('developer'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  await found(keyed(context, await request.formData()).licences.openAccount({ shopId: shop.id }));
  throw redirect(paths.merchantLicenceGuide(), 303);
}

/** The public key of the shop and how software uses it. */
export default function LicenceGuide() {
  const { account, publicKey, origin, mayMake } = useLoaderData<typeof loader>();
  const t = useText(words);
  const { language } = useFrame();
  const shop = { account, origin, publicKey: publicKey ?? '<PUBLIC KEY>' };
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.merchantLicences(), label: t('backToAll') }]}
        here={t('developer')}
      />
      <header className="mh">
        <h1>{t('developer')}</h1>
        <p className="mute">{t('developerLead')}</p>
      </header>
      <section className="card stack mb-4">
        <Value name={t('accountId')} value={account} />
        {publicKey !== null ? (
          <Value name={t('publicKey')} value={publicKey} />
        ) : (
          mayMake && (
            <Form method="post">
              <Act consequence={t('makeKeyAfter')}>
                <Submit icon="key">{t('makeKey')}</Submit>
              </Act>
            </Form>
          )
        )}
        <p className="mute">{t('bothDialects')}</p>
      </section>
      <Code title="TypeScript" text={typescript(shop)} />
      <Code title={t('keygenWay')} text={curlKeygen(shop)} />
      <Code title={t('polarWay')} text={curlPolar(shop)} />
      <section className="card">
        <h2>{t('codesTitle')}</h2>
        <Table
          caption={t('codesTitle')}
          columns={[
            { key: 'code', head: t('code'), cell: ([code]) => <span className="mono">{code}</span> },
            { key: 'meaning', head: t('meaning'), cell: ([, said]) => said[language] },
          ]}
          rows={Object.entries(validationWords)}
          rowKey={([code]) => code}
          empty={null}
        />
      </section>
    </>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <p className="sub">{name}</p>
      <p className="row">
        <span className="mono break-all">{value}</span> <Copy what={name} text={value} />
      </p>
    </div>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <section className="card mb-4">
      <div className="row">
        <h2>{title}</h2>
        <Copy what={title} text={text} />
      </div>
      <pre className="mono overflow-x-auto whitespace-pre! break-normal!" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
