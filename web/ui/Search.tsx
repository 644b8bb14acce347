import { paths } from '../paths.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';
import { Icon } from './Icon.tsx';

/** The search box: a GET form, so that a search has an address. `large` is the one of the home page, with its button. */
export function Search({ q, large, hint }: { q?: string | undefined; large?: boolean; hint?: string }) {
  const t = useText(common);
  return (
    <form className={large ? 'hs' : 'find'} role="search" action={paths.search()} method="get">
      <Icon name="search" />
      <input
        className="in"
        type="search"
        name="q"
        defaultValue={q}
        maxLength={100}
        aria-label={t('searchLabel')}
        placeholder={hint ?? t('searchHint')}
        enterKeyHint="search"
      />
      {large && (
        <button className="btn" type="submit">
          {t('search')}
        </button>
      )}
    </form>
  );
}
