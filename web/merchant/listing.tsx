import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { moment } from '../text/format.ts';
import { listings } from '../text/listings.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Tabs } from '../ui/Filters.tsx';
import { Tag } from '../ui/Tag.tsx';
import { draftOf, valuesOf } from './listing.form.ts';
import { corrected, oneMore, valuesIn } from './listing.server.ts';
import { ListingForm } from './ListingForm.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const asked = { shopId: shop.id, listingId: params['listingId'] ?? '' };
  const query = new URL(request.url).searchParams;
  const history = query.get('tab') === 'versions';
  const [listing, { categories }, versions] = await Promise.all([
    found(api.catalog.myListing(asked)),
    found(api.catalog.categories({})),
    history ? found(api.catalog.versions(asked)).then((answer) => answer.versions) : null,
  ]);
  return {
    formKey: formKey(context),
    listing,
    values: valuesOf(listing.content, listing.categoryId),
    categories: categories.map((one) => ({ value: one.id, label: one.name[language] })),
    versions,
    saved: Number(query.get('saved')) || 0,
    changed: query.has('changed'),
    list: textIn(listings, language)('title'),
    title: listing.content.title,
  };
}

const events = ['publish', 'suspend', 'resume', 'delist'] as const;

export async function action({ context, request, params }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api } = page(context);
  const form = await request.formData();
  const asked = { shopId: shop.id, listingId: params['listingId'] ?? '' };
  const here = paths.merchantListing(asked.listingId);
  const intent = text(form, 'intent');
  const event = events.find((one) => one === intent);
  if (event) {
    const outcome = await tried(keyed(context, form).catalog.change({ ...asked, event }));
    return outcome.ok ? redirect(withQuery(here, { changed: 1 })) : again(outcome.refusal, form);
  }
  const values = valuesIn(form);
  if (intent === 'more') return oneMore(values);
  if (intent === 'check') return corrected(api, shop.id, values, null);
  const outcome = await tried(
    keyed(context, form).catalog.publishVersion({
      ...asked,
      categoryId: text(form, 'categoryId'),
      content: draftOf(values),
      after: Number(text(form, 'after')),
    }),
  );
  if (!outcome.ok) return corrected(api, shop.id, values, outcome.refusal);
  return redirect(withQuery(here, { saved: outcome.value.version }));
}

const tone = { draft: undefined, live: 'ok', suspended: 'hold', delisted: 'bad' } as const;

export default function Listing() {
  const { formKey, listing, values, categories, versions, saved, changed, list, title } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(listings);
  const here = paths.merchantListing(listing.id);
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.merchantListings(), label: list }]} here={title} />
      <header className="mh">
        <h1>{title}</h1>
        <p className="row">
          <Tag tone={tone[listing.state]}>{t(`state_${listing.state}`)}</Tag>
          <span className="mute">{t('version', { version: listing.version })}</span>
          {listing.state === 'live' && <a href={paths.listing(listing.id)}>{t('seePage')}</a>}
        </p>
      </header>
      <Answer
        refused={answer && 'refusal' in answer && answer.refusal.message}
        did={!answer && saved > 0 && t('saved', { version: saved })}
      />
      <Answer did={!answer && changed && t('changed')} />
      <Tabs
        label={t('tabs')}
        links={[
          { href: here, label: t('tabEdit'), on: versions === null },
          { href: withQuery(here, { tab: 'versions' }), label: t('tabVersions'), on: versions !== null },
        ]}
      />
      <div className="g2">
        {versions === null ? (
          <ListingForm
            key={listing.version}
            values={values}
            findings={listing.findings}
            formKey={formKey}
            categories={categories}
            after={listing.version}
          />
        ) : (
          <Versions versions={versions} />
        )}
        <aside className="stack">
          <States listing={listing} />
        </aside>
      </div>
    </>
  );
}

/** What may be done with its state now; what may not be stays and says why, and what cannot be undone asks first. */
function States({ listing }: { listing: Answers['catalog']['myListing'] }) {
  const t = useText(listings);
  return (
    <section className="card stack">
      {events.map((event) => {
        if (!listing.events.includes(event))
          return (
            <Why key={event} label={t(event)} reason={t('notNow', { state: t(`state_${listing.state}`) })} />
          );
        const form = (
          <Form key={event} method="post">
            <Act consequence={t(`${event}After`)}>
              <Submit
                intent={event}
                kind={event === 'delist' ? 'risk' : event === 'suspend' ? 'line' : 'filled'}
              >
                {t(event)}
              </Submit>
            </Act>
          </Form>
        );
        if (event !== 'delist') return form;
        return (
          <Dialog key={event} kind="risk" wide label={t('delist')} title={t('delistTitle')}>
            {form}
          </Dialog>
        );
      })}
    </section>
  );
}

/** Each version with what it changed: marks as well as colour, so that the difference is read without seeing green and red. */
function Versions({ versions }: { versions: Answers['catalog']['versions']['versions'] }) {
  const t = useText(listings);
  const { now, language } = useFrame();
  return (
    <ol className="stack">
      {versions.map((one) => (
        <li key={one.version} className="card stack">
          <h3>{t('versionLine', { version: one.version, time: moment(one.at, now, language) })}</h3>
          <p className="mute mono">{t('versionHash', { hash: one.hash.slice(0, 16) })}</p>
          {one.changes.length === 0 && <p className="sub">{t('versionFirst')}</p>}
          <ul className="lines">
            {one.changes.map((change) => (
              <li key={change.field}>
                <b className="mono">{change.field}</b>
                <p>
                  <span className="sr-only">{t('before')}</span>
                  <del className="text-alarm">{change.before || t('wasEmpty')}</del>
                </p>
                <p>
                  <span className="sr-only">{t('after')}</span>
                  <ins className="text-brand">{change.after || t('wasEmpty')}</ins>
                </p>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
