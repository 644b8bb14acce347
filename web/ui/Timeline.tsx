import type { ReactNode } from 'react';

export type Step = {
  readonly state: 'done' | 'now' | 'todo';
  readonly text: ReactNode;
  /** The time, or for what is to come its condition. */ readonly time?: ReactNode;
};

/** 时间线: what happened, what is on now, and what will come with its condition. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="tl">
      {steps.map((step, index) => (
        <li
          key={index}
          className={step.state === 'done' ? undefined : step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          {step.text}
          {step.time && <time>{step.time}</time>}
        </li>
      ))}
    </ol>
  );
}
