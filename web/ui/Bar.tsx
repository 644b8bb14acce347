import clsx from 'clsx';

/** A share of 1 as a bar. An SVG, because a strict content policy forbids style attributes. Say the number in words beside it. */
export function Bar({ share, fact }: { share: number; fact?: boolean }) {
  const width = `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`;
  return (
    <svg className={clsx('bar', fact && 'fact')} aria-hidden="true">
      <rect width={width} height="100%" />
    </svg>
  );
}
