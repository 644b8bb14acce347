import type { Words } from '../../src/kit/text.ts';
import { endOfDay, moment, type At } from '../text/format.ts';
import { common } from '../text/common.ts';
import { useFrame, useText } from '../text/use.ts';
import { Cite } from './Cite.tsx';
import { Coverage } from './Coverage.tsx';

/** One row as the server computed it from the rulebook and the listing version; an order keeps its rows for ever. */
export type Right = {
  readonly name: string;
  readonly what: Words;
  readonly when: Words;
  readonly at: At | null;
  readonly otherwise: Words;
  readonly articles: readonly string[];
};

/**
 * 权益卡 of a listing (times assume a payment now) or of an order (times are fixed). The sentences are the server's, the
 * same that are stored; only a moment is said as people say it (今天 20:13). `version` is the rulebook that the order pinned.
 */
export function RightsCard({
  rows,
  lead,
  version,
}: {
  rows: readonly Right[];
  lead: string;
  version?: string | undefined;
}) {
  const t = useText(common);
  const { now, language } = useFrame();
  const when = (row: Right): string => {
    if (row.at === null) return row.when[language];
    return t('before', {
      time: row.name === 'cancel' ? endOfDay(row.at, language) : moment(row.at, now, language),
    });
  };
  return (
    <Coverage
      title={t('coverage')}
      lead={lead}
      rows={rows.map((row) => ({
        what: row.what[language],
        when: when(row),
        otherwise: (
          <>
            {row.otherwise[language]}
            {row.articles.map((article) => (
              <Cite key={article} article={article} version={version} />
            ))}
          </>
        ),
      }))}
    />
  );
}
