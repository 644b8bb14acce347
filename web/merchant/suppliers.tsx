import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { parseYuan, yuan } from '../../src/kit/money.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { money, moment } from '../text/format.ts';
import { supply as words } from '../text/supply.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty, Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { may, shopOf } from './shop.server.ts';
import { routeRows, RoutesCard } from './SupplyRoutes.tsx';

type Supplier = Answers['supply']['suppliers']['suppliers'][number];
type Product = Answers['supply']['products']['products'][number];
const deeds = ['saved', 'balance', 'products'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const [{ suppliers }, { variants }] = await Promise.all([
    found(api.supply.suppliers({ shopId: shop.id })),
    found(api.supply.routes({ shopId: shop.id })),
  ]);
  const catalogues = await Promise.all(
    suppliers.map(async ({ supplierId }) => ({
      supplierId,
      ...(await found(api.supply.products({ shopId: shop.id, supplierId }))),
    })),
  );
  const query = new URL(request.url).searchParams;
  return {
    suppliers,
    variants,
    catalogues,
    mayChange: may(shop, 'goods'),
    did: deeds.find((one) => one === query.get('did')),
    title: textIn(words, language)('suppliers'),
  };
}

const fenIn = (typed: string): string => parseYuan(typed === '' ? '0' : typed)?.toString() ?? typed;

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const api = keyed(context, form).supply;
  const [intent, supplierId] = [text(form, 'intent'), text(form, 'supplierId')];
  const at = { shopId: shop.id, supplierId };
  const fields = {
    name: text(form, 'name'),
    address: text(form, 'address'),
    userNo: text(form, 'userNo'),
    key: text(form, 'key'),
    isOn: text(form, 'isOn') !== 'no',
    alarm: fenIn(text(form, 'alarm')),
  };
  const outcome = await tried<string>(
    intent === 'balance'
      ? api.refreshBalance(at).then(() => 'balance')
      : intent === 'products'
        ? api.importProducts(at).then(() => 'products')
        : intent === 'routes'
          ? api
              .setRoutes({ shopId: shop.id, variantId: text(form, 'variantId'), routes: routesIn(form) })
              .then(() => 'saved')
          : intent === 'add'
            ? api.addSupplier({ shopId: shop.id, ...fields }).then(() => 'saved')
            : api.changeSupplier({ ...at, ...fields }).then(() => 'saved'),
  );
  return outcome.ok
    ? redirect(paths.merchantSuppliers({ did: outcome.value }), 303)
    : again(outcome.refusal, form, ['key']);
}

/** The routes of one variant; a row without a supplier is not there. */
const routesIn = (form: FormData) =>
  Array.from({ length: routeRows }, (_, i) => ({
    supplierId: text(form, `supplier.${i}`),
    productNo: text(form, `product.${i}`),
    maxCost: fenIn(text(form, `cap.${i}`)),
  })).filter((one) => one.supplierId !== '');

/** 供货方: who fills accounts for this shop, with balance and catalogue, and which variant goes to whom. */
export default function Suppliers() {
  const { suppliers, variants, catalogues, mayChange, did, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantSupply(), label: t('title') }]} here={title} />
      <header className="mh">
        <div>
          <h1>{title}</h1>
          <p className="mute">{t('suppliersLead')}</p>
        </div>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t(`did_${did}`)} />
      {suppliers.length === 0 && <Empty title={t('suppliersNone')}>{t('suppliersNoneText')}</Empty>}
      {suppliers.map((one) => (
        <SupplierCard
          key={one.supplierId}
          supplier={one}
          products={catalogues.find((each) => each.supplierId === one.supplierId)?.products ?? []}
          mayChange={mayChange}
        />
      ))}
      <RoutesCard variants={variants} suppliers={suppliers} mayChange={mayChange} />
      {mayChange && (
        <section className="card">
          <h2>{t('add')}</h2>
          <Form method="post" className="stack">
            <SupplierFields typed={answer?.typed} />
            <Act consequence={t('saveAfter')}>
              <Submit intent="add">{t('add')}</Submit>
            </Act>
          </Form>
        </section>
      )}
    </>
  );
}

function SupplierCard({
  supplier,
  products,
  mayChange,
}: {
  supplier: Supplier;
  products: readonly Product[];
  mayChange: boolean;
}) {
  const t = useText(words);
  const { supplierId, trouble } = supplier;
  return (
    <section className="card mb-4">
      <p className="row mb-2">
        <b>{supplier.name}</b>
        <Tag tone={supplier.isOn ? 'ok' : undefined}>{supplier.isOn ? t('on') : t('off')}</Tag>
        {supplier.low && <Tag tone="bad">{t('low')}</Tag>}
        {supplier.silent && <Tag tone="bad">{t('silent')}</Tag>}
      </p>
      <SupplierFacts supplier={supplier} />
      {trouble && (
        <Note tone="bad">{t('trouble', { why: trouble === 'silent' ? t('silent') : trouble })}</Note>
      )}
      <div className="row mt-3">
        {(['balance', 'products'] as const).map((intent) =>
          intent === 'products' && !mayChange ? null : (
            <Form key={intent} method="post">
              <input type="hidden" name="supplierId" value={supplierId} />
              <Submit intent={intent} kind="line" small>
                {intent === 'balance' ? t('refresh') : t('catalogue')}
              </Submit>
            </Form>
          ),
        )}
      </div>
      <Products products={products} />
      {mayChange && (
        <details className="fold">
          <summary>
            <span className="text-brand">{t('edit')}</span>
          </summary>
          <Form method="post" className="stack">
            <input type="hidden" name="supplierId" value={supplierId} />
            <SupplierFields supplier={supplier} />
            <Act consequence={t('saveAfter')}>
              <Submit intent="change" kind="line">
                {t('save')}
              </Submit>
            </Act>
          </Form>
        </details>
      )}
    </section>
  );
}

function SupplierFacts({ supplier }: { supplier: Supplier }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const { balance, balanceAt } = supplier;
  const address =
    supplier.protocol === 'sandbox' ? t('sandbox') : <span className="mono">{supplier.address}</span>;
  const known = (
    <>
      {balance === null ? t('balanceNone') : <b>{money(balance)}</b>}{' '}
      {balanceAt && <span className="sub">{t('balanceAt', { time: moment(balanceAt, now, language) })}</span>}
    </>
  );
  return (
    <Facts
      facts={[
        { name: t('address'), value: address },
        { name: t('balance'), value: known },
        { name: t('productsTitle'), value: t('products', { count: supplier.products }) },
      ]}
    />
  );
}

function Products({ products }: { products: readonly Product[] }) {
  const t = useText(words);
  return (
    <details className="fold">
      <summary>
        <span className="text-brand">{t('productsTitle')}</span>
      </summary>
      {products.length === 0 ? (
        <p className="mute">{t('productsNone')}</p>
      ) : (
        <ul className="lines text-sm">
          {products.map((one) => (
            <li key={one.productNo} className="row">
              <span className="mono">{one.productNo}</span> {one.name} <b>{money(one.price)}</b>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function SupplierFields({
  supplier,
  typed = {},
}: {
  supplier?: Supplier;
  typed?: Readonly<Record<string, string>> | undefined;
}) {
  const t = useText(words);
  const sandbox = supplier?.protocol === 'sandbox';
  return (
    <>
      <Input
        label={t('name')}
        name="name"
        required
        maxLength={40}
        defaultValue={supplier?.name ?? typed['name']}
      />
      {sandbox ? (
        <input type="hidden" name="userNo" value={supplier.userNo} />
      ) : (
        <>
          <Input
            label={t('address')}
            hint={t('addressHint')}
            name="address"
            type="url"
            required
            maxLength={200}
            defaultValue={supplier?.address ?? typed['address']}
          />
          <Input
            label={t('userNo')}
            name="userNo"
            required
            maxLength={40}
            defaultValue={supplier?.userNo ?? typed['userNo']}
          />
          <Input
            label={t('key')}
            hint={t('keyHint')}
            name="key"
            type="password"
            autoComplete="off"
            maxLength={200}
          />
        </>
      )}
      <Input
        label={t('alarm')}
        name="alarm"
        inputMode="decimal"
        defaultValue={supplier ? yuan(BigInt(supplier.alarm)) : (typed['alarm'] ?? '')}
      />
      <Select
        label={t('isOn')}
        name="isOn"
        defaultValue={supplier && !supplier.isOn ? 'no' : 'yes'}
        options={[
          { value: 'yes', label: t('on') },
          { value: 'no', label: t('off') },
        ]}
      />
    </>
  );
}
