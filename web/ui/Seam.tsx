import clsx from 'clsx';

/** 契缝, the toothed line: only where something binds or is sealed, at most three places on a page. */
export function Seam({
  quiet,
  bottom,
  className,
}: {
  quiet?: boolean;
  bottom?: boolean;
  className?: string;
}) {
  return <div className={clsx('seam', quiet && 'quiet', bottom && 'b', className)} aria-hidden="true" />;
}
