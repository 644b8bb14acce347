import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { listings } from '../text/listings.ts';
import { textIn } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { draftOf, type Values } from './listing.form.ts';
import { corrected, oneMore, valuesIn } from './listing.server.ts';
import { ListingForm } from './ListingForm.tsx';
import { shopOf } from './shop.server.ts';

/** What most listings are; nothing here is a promise that the shop did not make. */
const usual: Values = {
  goods: 'card',
  'delivery.mode': 'automatic',
  'delivery.within_seconds': '60',
  keyFormat: 'free',
  'face.colour': 'pine',
  mustConfirm: 'no',
};

export async function loader({ context, request }: LoaderFunctionArgs) {
  await shopOf({ context, request });
  const { api, language } = page(context);
  const { categories } = await found(api.catalog.categories({}));
  const t = textIn(listings, language);
  return {
    formKey: formKey(context),
    categories: categories.map((one) => ({ value: one.id, label: one.name[language] })),
    list: t('title'),
    title: t('newTitle'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api } = page(context);
  const form = await request.formData();
  const values = valuesIn(form);
  const intent = text(form, 'intent');
  if (intent === 'more') return oneMore(values);
  if (intent === 'check') return corrected(api, shop.id, values, null);
  const outcome = await tried(
    keyed(context, form).catalog.create({
      shopId: shop.id,
      categoryId: text(form, 'categoryId'),
      content: draftOf(values),
      live: intent === 'live',
    }),
  );
  if (!outcome.ok) return corrected(api, shop.id, values, outcome.refusal);
  return redirect(
    withQuery(paths.merchantListing(outcome.value.listingId), { saved: outcome.value.version }),
  );
}

export default function NewListing() {
  const { formKey, categories, list, title } = useLoaderData<typeof loader>();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantListings(), label: list }]} here={title} />
      <h1>{title}</h1>
      <ListingForm values={usual} formKey={formKey} categories={categories} />
    </>
  );
}
