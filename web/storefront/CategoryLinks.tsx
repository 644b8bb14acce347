import type { Answers } from '../api.ts';
import { paths } from '../paths.ts';
import { count } from '../text/format.ts';
import { storefront } from '../text/storefront.ts';
import { useLanguage, useText } from '../text/use.ts';
import { Icon, isIcon } from '../ui/Icon.tsx';

export type Category = Answers['catalog']['home']['categories'][number];

/** The categories as tiles, four in a row on the phone and eight on the desk. */
export function CategoryLinks({ categories }: { categories: readonly Category[] }) {
  const t = useText(storefront);
  const language = useLanguage();
  return (
    <nav className="cats" aria-label={t('categories')}>
      {categories.map((category, index) => {
        const listings = count(category.listings, language);
        return (
          <a key={category.slug} href={paths.category(category.slug)}>
            <Icon name={isIcon(category.icon) ? category.icon : 'tiles'} size={26} />
            <span>{category.name}</span>
            <small>{index === 0 ? t('onSale', { count: listings }) : listings}</small>
          </a>
        );
      })}
    </nav>
  );
}
