import clsx from 'clsx';
import type { ReactNode } from 'react';

/** How far a long job is, in words and as a bar. */
export const Progress = ({ label, done, of }: { label: ReactNode; done: number; of: number }) => (
  <div className="stack">
    <p className="mute" role="status">
      {label}
    </p>
    <progress className="gauge" value={done} max={Math.max(of, 1)}>
      {done} / {of}
    </progress>
  </div>
);

/** Parts of a whole, in the order good, corrected, bad. The figures stand beside it in words; `label` says them again. */
export function Proportion({
  label,
  parts,
}: {
  label: string;
  parts: readonly { tone: 'brand' | 'hold' | 'alarm'; size: number }[];
}) {
  const whole = parts.reduce((sum, part) => sum + part.size, 0) || 1;
  const fill = { brand: 'var(--brand)', hold: 'var(--hold-fill)', alarm: 'var(--alarm)' };
  let from = 0;
  return (
    <svg className="prop" role="img" aria-label={label}>
      {parts
        .filter((part) => part.size > 0)
        .map((part) => {
          const x = from;
          from += (part.size / whole) * 100;
          return (
            <rect
              key={part.tone}
              x={`${x}%`}
              width={`${Math.max((part.size / whole) * 100 - 0.3, 0.5)}%`}
              height="100%"
              fill={fill[part.tone]}
            />
          );
        })}
    </svg>
  );
}

/** Where one is in a job of several pages. */
export const Steps = ({ steps, at }: { steps: readonly ReactNode[]; at: number }) => (
  <ol className="wz">
    {steps.map((step, index) => (
      <li
        key={index}
        className={clsx(index < at && 'd', index === at && 'n')}
        aria-current={index === at ? 'step' : undefined}
      >
        {index + 1} {step}
      </li>
    ))}
  </ol>
);
