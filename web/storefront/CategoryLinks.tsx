import { paths } from '../paths.ts';
import { count } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';

const icons: Readonly<Record<string, IconName>> = {
  cards: 'key',
  memberships: 'gift',
  topups: 'phone',
  licences: 'screen',
  items: 'game',
  accounts: 'person',
  downloads: 'download',
  goods: 'box',
};

export type Category = { readonly slug: string; readonly name: string; readonly listings: number };

/** The categories as tiles, four in a row on the phone and eight on the desk. */
export function CategoryLinks({ categories }: { categories: readonly Category[] }) {
  const t = useText(storefront);
  const language = useLanguage();
  return (
    <nav className="cats" aria-label={t('categories')}>
      {categories.map((category, index) => (
        <a key={category.slug} href={paths.category(category.slug)}>
          <Icon name={icons[category.slug] ?? 'tiles'} size={26} />
          <span>{category.name}</span>
          <small>
            {index === 0
              ? t('onSale', { count: count(category.listings, language) })
              : count(category.listings, language)}
          </small>
        </a>
      ))}
    </nav>
  );
}
