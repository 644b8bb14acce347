import type { ReactNode } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/use.ts';

export type Column<Row> = {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand on the right. */
  readonly right?: boolean;
  /** The address that sorts by this column; the state of a table is in the URL. */
  readonly sortHref?: string;
  readonly sorted?: 'ascending' | 'descending' | undefined;
};

/** A plain table, paged and sorted by the server: every state has an address, so it works without JavaScript. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty: ReactNode;
}) {
  if (rows.length === 0) return empty;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="tbl">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.right ? 'r' : undefined}
                aria-sort={column.sorted}
              >
                {column.sortHref ? (
                  <a href={column.sortHref}>
                    {column.head}
                    {column.sorted && (
                      <span aria-hidden="true">{column.sorted === 'ascending' ? '↑' : '↓'}</span>
                    )}
                  </a>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} className={column.right ? 'r' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Links to the pages around this one; lists run by cursor, so there are no page numbers to jump to. */
export function Pager({
  previous,
  next,
  children,
}: {
  previous?: string | undefined;
  next?: string | undefined;
  children?: ReactNode;
}) {
  const t = useText(common);
  if (!previous && !next && !children) return null;
  return (
    <nav className="pager" aria-label={t('next')}>
      {previous && (
        <a className="btn line s" rel="prev" href={previous}>
          {t('previous')}
        </a>
      )}
      {next && (
        <a className="btn line s" rel="next" href={next}>
          {t('next')}
        </a>
      )}
      {children && <span className="end">{children}</span>}
    </nav>
  );
}
